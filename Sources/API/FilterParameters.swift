internal import Registry

// What is left once a question has taken its own parameters: filters, one for each member.
extension Parameters {
  mutating func conditions(besides reserved: [String]) -> [Query.Condition] {
    let known = noun.fields.map(\.parameter)
    var conditions: [Query.Condition] = []
    for (name, value) in given {
      guard let field = noun.filter(name) else {
        refuseUnknown(name, known + reserved)
        continue
      }
      if let condition = condition(field, value) { conditions.append(condition) }
    }
    return conditions
  }

  private mutating func condition(_ field: Field, _ text: String) -> Query.Condition? {
    if field.takesWords {
      // An emptied search box asks for everything.
      return text.allSatisfy(\.isWhitespace) ? nil : .init(field, [.value(text)])
    }
    let isNegated = text.hasPrefix("!")
    var alternatives: [Query.Alternative] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let value = isNegated && part.hasPrefix("!") ? String(part.dropFirst()) : String(part)
      guard !value.isEmpty, !value.hasPrefix("!") else {
        refuse(
          field.parameter,
          value.isEmpty
            ? "\(field.parameter) has an empty value; null asks for what isn't stated."
            : "The ! stands before the whole list: it says none of these.")
        return nil
      }
      alternatives.append(alternative(value))
    }
    return .init(field, isNegated: isNegated, alternatives)
  }

  func alternative(_ value: String) -> Query.Alternative {
    if value == "null" { return .notStated }
    guard let dots = firstRange(of: "..", in: value) else { return .value(value) }
    let (low, high) = (value[..<dots.lowerBound], value[dots.upperBound...])
    return .range(low.isEmpty ? nil : String(low), high.isEmpty ? nil : String(high))
  }

  private func firstRange(of dots: String, in value: String) -> Range<String.Index>? {
    var index = value.startIndex
    while index < value.endIndex {
      if value[index...].hasPrefix(dots) { return index..<value.index(index, offsetBy: 2) }
      index = value.index(after: index)
    }
    return nil
  }
}
