/// Rows by their numbers, a bit each.
struct RowSet: Hashable, Sendable {
  private(set) var words: [UInt64]

  init(words: [UInt64] = []) { self.words = words }

  init(_ numbers: [Int64]) {
    words = Array(repeating: 0, count: numbers.max().map { Int($0) / 64 + 1 } ?? 0)
    for number in numbers { insert(number) }
  }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  func contains(_ number: Int64) -> Bool {
    let (word, bit) = Int(number).quotientAndRemainder(dividingBy: 64)
    return word < words.count && words[word] >> UInt64(bit) & 1 == 1
  }

  mutating func insert(_ number: Int64) { set(number, to: true) }

  mutating func set(_ number: Int64, to isIn: Bool) {
    let (word, bit) = Int(number).quotientAndRemainder(dividingBy: 64)
    while words.count <= word { words.append(0) }
    words[word] = words[word] & ~(1 << UInt64(bit)) | (isIn ? 1 : 0) << UInt64(bit)
  }

  /// Keeps what is in `other`, too.
  mutating func formIntersection(_ other: RowSet) {
    for index in words.indices {
      words[index] &= index < other.words.count ? other.words[index] : 0
    }
  }

  /// Keeps what isn't in `other`.
  mutating func subtract(_ other: RowSet) {
    for index in 0..<min(words.count, other.words.count) { words[index] &= ~other.words[index] }
  }

  /// The others of as many rows as there are bits.
  var complement: RowSet { RowSet(words: words.map(~)) }

  /// Ascending.
  var numbers: [Int64] { numbers(.max, after: -1, to: .max) }

  /// The first so many after one and up to another, ascending.
  func numbers(_ limit: Int, after start: Int64, to end: Int64) -> [Int64] {
    var numbers: [Int64] = []
    var index = Int(max(start + 1, 0) / 64)
    while index < words.count, numbers.count < limit, Int64(index) * 64 <= end {
      var rest = words[index]
      while rest != 0, numbers.count < limit {
        let number = Int64(index * 64 + rest.trailingZeroBitCount)
        if number > start && number <= end { numbers.append(number) }
        rest &= rest - 1
      }
      index += 1
    }
    return numbers
  }

  /// How many there are after one and up to another, to the next 64.
  func roughCount(after start: Int64, to end: Int64) -> Int {
    let first = min(Int(max(start, 0) / 64), words.count)
    let last = min(Int(min(end, Int64(words.count) * 64) / 64) + 1, words.count)
    return first < last ? words[first..<last].reduce(0) { $0 + $1.nonzeroBitCount } : 0
  }
}
