internal import SQLite

/// The order of a member that columns have as a number or a moment.
///
/// To find the first rows each row is looked at once, which takes two milliseconds for a million, unless what is behind
/// can't come before those that were found: so no index of the key has to be kept.
struct Ranking {
  private enum Keys {
    case codes(column: Int, keys: [Int64])
    case moments(column: Int)
  }

  /// A row in the order that is asked for, the least key first.
  private typealias Place = (key: Int64, number: Int64)

  private let columns: Columns
  private let keys: Keys
  private let isDescending: Bool

  /// Nil where the columns don't have the order.
  init?(_ order: [Query.Order], of columns: Columns) {
    guard order.count == 1, let field = order.first?.field else { return nil }
    isDescending = order[0].isDescending
    self.columns = columns
    switch field.filter {
    case .range:
      guard let column = columns.layout.index(field.parameter) else { return nil }
      let view = columns.sets[column].view
      let keys = (0..<view.count).map { code -> Int64 in
        guard let member = view.members(of: code).first,
          case .range(let low, _) = view.values[Int(member)]
        else { return .min }
        return rank(low)
      }
      self.keys = .codes(column: column, keys: isDescending ? keys.map(~) : keys)
    case .instant:
      let column = columns.layout.moments.firstIndex { $0.field.name == field.name }
      guard let column else { return nil }
      keys = .moments(column: column)
    default: return nil
    }
  }

  /// The first of `rows`, or the first behind one of which the key and the number are known.
  func first(_ limit: Int, of rows: RowSet, after last: (key: Value, number: Int64)?) -> [Int64] {
    let last = last.map { (key: key(of: $0.key), number: $0.number) }
    var first = First(limit, isDescending, after: last)
    let least = leastKey(from: last?.key ?? .min)
    for index in columns.segments.indices {
      let place = isDescending ? columns.segments.count - 1 - index : index
      let segment = columns.segments[place]
      switch keys {
      case .moments(let column):
        let span = segment.spans[column]
        if first.needsNone(from: isDescending ? ~span.most : span.least) { continue }
        let moments = segment.moments[column]
        first.take(rows, place, moments.count) { isDescending ? ~moments[$0] : moments[$0] }
      case .codes(let column, let keys):
        if first.needsNone(from: least) { return first.numbers }
        switch segment.codes[column] {
        case .bytes(let codes): first.take(rows, place, codes.count) { keys[Int(codes[$0])] }
        case .shorts(let codes): first.take(rows, place, codes.count) { keys[Int(codes[$0])] }
        case .words(let codes): first.take(rows, place, codes.count) { keys[Int(codes[$0])] }
        }
      }
    }
    return first.numbers
  }

  /// The least key that a row may have, not less than `start`.
  private func leastKey(from start: Int64) -> Int64 {
    guard case .codes(let column, let keys) = keys else { return start }
    var least = Int64.max
    for (code, count) in columns.totals[column].enumerated()
    where count > 0 && code != Int(ValueSets.absent) && keys[code] >= start {
      least = min(least, keys[code])
    }
    return least
  }

  private func key(of value: Value) -> Int64 {
    let key: Int64
    switch (value, keys) {
    case (.integer(let number), .moments): key = number
    case (.integer(let number), .codes): key = rank(Double(number))
    case (.real(let number), _): key = rank(number)
    // NULL sorts first.
    case (.null, _), (.text, _), (.blob, _): key = .min
    }
    return isDescending ? ~key : key
  }
}

/// A whole number for each number, in the same order.
private func rank(_ number: Double) -> Int64 {
  let bits = Int64(bitPattern: (number + 0).bitPattern)
  return bits < 0 ? bits ^ .max : bits
}

/// The least of what it is shown, whose rows come in the order in which they stand where keys are the same.
private struct First {
  private let limit: Int
  private let isDescending: Bool
  private let last: (key: Int64, number: Int64)?
  private var places: [(key: Int64, number: Int64)] = []
  /// Once there are enough: what isn't less isn't one of them.
  private var bound: Int64?

  init(_ limit: Int, _ isDescending: Bool, after last: (key: Int64, number: Int64)?) {
    self.limit = limit
    self.isDescending = isDescending
    self.last = last
  }

  var numbers: [Int64] { sorted().map(\.number) }

  /// True where rows that are still to come are none of the first if their keys aren't less than `key`.
  func needsNone(from key: Int64) -> Bool { bound.map { key >= $0 } ?? false }

  private func sorted() -> ArraySlice<(key: Int64, number: Int64)> {
    places.sorted {
      $0.key != $1.key ? $0.key < $1.key : ($0.number < $1.number) != isDescending
    }.prefix(limit)
  }

  /// Looks at the rows of a segment.
  @inline(__always)
  mutating func take(_ rows: RowSet, _ place: Int, _ count: Int, _ key: (Int) -> Int64) {
    let start = place * Columns.segmentWords
    for index in 0..<(count + 63) / 64 {
      let at = isDescending ? (count + 63) / 64 - 1 - index : index
      guard start + at < rows.words.count else { continue }
      var word = rows.words[start + at]
      while word != 0 {
        let bit = isDescending ? 63 - word.leadingZeroBitCount : word.trailingZeroBitCount
        word &= ~(1 << UInt64(bit))
        let row = at * 64 + bit
        // Rows past the last aren't there.
        guard row < count else { continue }
        let key = key(row)
        if let bound, key >= bound { continue }
        take(key, Int64(place * Columns.segmentSize + row))
      }
    }
  }

  private mutating func take(_ key: Int64, _ number: Int64) {
    if let last {
      if key < last.key { return }
      if key == last.key, (number > last.number) == isDescending || number == last.number { return }
    }
    places.append((key, number))
    guard places.count >= 4 * limit + 64 else { return }
    places = Array(sorted())
    bound = places.last?.key
  }
}
