/// Rows by their numbers, a bit each.
struct RowSet: Sendable {
  private(set) var words: [UInt64]

  init(words: [UInt64] = []) { self.words = words }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  func contains(_ number: Int64) -> Bool {
    let (word, bit) = Int(number).quotientAndRemainder(dividingBy: 64)
    return word < words.count && words[word] >> UInt64(bit) & 1 == 1
  }

  mutating func insert(_ number: Int64) {
    let (word, bit) = Int(number).quotientAndRemainder(dividingBy: 64)
    while words.count <= word { words.append(0) }
    words[word] |= 1 << UInt64(bit)
  }

  /// Keeps what is in `other`, too.
  mutating func formIntersection(_ other: RowSet) {
    for index in words.indices {
      words[index] &= index < other.words.count ? other.words[index] : 0
    }
  }

  /// The others of as many rows as there are bits.
  var complement: RowSet { RowSet(words: words.map(~)) }

  /// Ascending.
  var numbers: [Int64] {
    var numbers: [Int64] = []
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        numbers.append(Int64(index * 64 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return numbers
  }
}
