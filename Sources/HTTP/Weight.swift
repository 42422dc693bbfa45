/// The weight among a list member's parameters (RFC 9110 §12.4.2): 1 without one, nil where it isn't
/// between 0 and 1.
func statedWeight(in parameters: ArraySlice<Substring>) -> Double? {
  for parameter in parameters {
    let parts = parameter.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, parts[0] == "q" || parts[0] == "Q" else { continue }
    guard let weight = Double(parts[1]), (0...1).contains(weight) else { return nil }
    return weight
  }
  return 1
}
