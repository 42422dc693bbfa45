/// How alike texts are by their words: the share of words that both have (Dice's coefficient).
///
/// It remembers the words of texts it has met, since many credentials say the same, and compares their
/// numbers.
struct TextLikeness {
  private var known: [String: [Int]] = [:]
  private var numbers: [String: Int] = [:]
  private var spelt: [String] = []

  /// The most alike of two sides' texts, whatever language each is in.
  mutating func best(
    _ left: [String], _ right: [String]
  ) -> (score: Double, left: String, right: String) {
    var best = (score: -1.0, left: left.first ?? "", right: right.first ?? "")
    for one in left {
      for other in right where best.score < 1 {
        let score = one == other ? 1 : alike(numbered(one), numbered(other))
        if score > best.score { best = (score, one, other) }
      }
    }
    return (max(best.score, 0), best.left, best.right)
  }

  private func alike(_ left: [Int], _ right: [Int]) -> Double {
    guard !left.isEmpty, !right.isEmpty else { return 0 }
    var (i, j, shared) = (0, 0, 0)
    while i < left.count, j < right.count {
      if left[i] == right[j] { shared += 1 }
      (i, j) = (left[i] <= right[j] ? i + 1 : i, right[j] <= left[i] ? j + 1 : j)
    }
    return 2 * Double(shared) / Double(left.count + right.count)
  }

  /// The words of a text in small letters, each once, those first that were met first.
  ///
  /// Those of one or two letters say too little.
  mutating func words(in text: String) -> [String] { numbered(text).map { spelt[$0] } }

  private mutating func numbered(_ text: String) -> [Int] {
    if let words = known[text] { return words }
    var words: Set<Int> = []
    // A sentence's worth; more would say what a text is about no better.
    for part in text.prefix(1000).lowercased().split(whereSeparator: {
      !$0.isLetter && !$0.isNumber
    }) where part.utf8.count > 2 {
      words.insert(number(of: String(part)))
    }
    known[text] = words.sorted()
    return known[text] ?? []
  }

  private mutating func number(of word: String) -> Int {
    if let number = numbers[word] { return number }
    numbers[word] = spelt.count
    spelt.append(word)
    return spelt.count - 1
  }
}
