/// The one of `known` that `word` most likely meant, or nil when none is near.
///
/// Nearness is the Damerau-Levenshtein distance (optimal string alignment), case ignored.
public func nearest(to word: String, among known: some Sequence<String>) -> String? {
  // A word nobody would mistype isn't compared: the table has as many cells as the lengths' product.
  guard word.utf8.count <= 64 else { return nil }
  let wanted = Array(word.lowercased().utf8)
  let most = max(1, wanted.count / 3)
  var best: (word: String, distance: Int)?
  for candidate in known {
    let given = Array(candidate.lowercased().utf8)
    guard abs(given.count - wanted.count) <= most else { continue }
    let distance = distance(wanted, given)
    if distance <= most, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.word
}

private func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var before: [Int] = []
  var above = Array(0...right.count)
  for i in left.indices {
    var row = [i + 1]
    for j in right.indices {
      var least = min(above[j + 1] + 1, row[j] + 1, above[j] + (left[i] == right[j] ? 0 : 1))
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        least = min(least, before[j - 1] + 1)
      }
      row.append(least)
    }
    before = above
    above = row
  }
  return above[right.count]
}

/// " Did you mean …?", or nothing.
func didYouMean(_ word: String, _ known: some Sequence<String>) -> String {
  nearest(to: word, among: known).map { " Did you mean \($0)?" } ?? ""
}
