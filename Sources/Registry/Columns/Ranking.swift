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

  private let columns: Columns
  private let keys: Keys
  private let isDescending: Bool
  /// True where of rows with the same key the last made is the first.
  private let numbersDescend: Bool

  /// Nil where the columns don't have the order.
  init?(_ order: Query.Order, of columns: Columns, numbersDescend: Bool) {
    let field = order.field
    isDescending = order.isDescending
    self.numbersDescend = numbersDescend
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
    var first = First(limit, numbersDescend, after: last)
    look(through: rows, from: last?.key ?? .min, &first)
    return first.sorted.map(\.number)
  }

  /// The first rows with a key from `start` on, and all others that have one of their keys: those with the same key
  /// together, in the order of the keys.
  func groups(
    _ limit: Int, of rows: RowSet, from start: Int64
  ) -> [(key: Int64, numbers: [Int64])] {
    var first = First(limit, numbersDescend, after: (start, numbersDescend ? .max : -1))
    look(through: rows, from: start, &first)
    guard let last = first.sorted.last else { return [] }
    var ties = Ties(start...last.key, numbersDescend)
    look(through: rows, from: start, &ties)
    return ties.sorted
  }

  /// Has `looker` take the rows with a key from `start` on, and maybe others.
  private func look(through rows: RowSet, from start: Int64, _ looker: inout some Looker) {
    let least = leastKey(from: start)
    for index in columns.segments.indices {
      let place = numbersDescend ? columns.segments.count - 1 - index : index
      let segment = columns.segments[place]
      switch keys {
      case .moments(let column):
        let span = segment.spans[column]
        if looker.needsNone(from: isDescending ? ~span.most : span.least) { continue }
        let moments = segment.moments[column]
        looker.take(rows, place, moments.count) { isDescending ? ~moments[$0] : moments[$0] }
      case .codes(let column, let keys):
        if looker.needsNone(from: least) { return }
        switch segment.codes[column] {
        case .bytes(let codes): looker.take(rows, place, codes.count) { keys[Int(codes[$0])] }
        case .shorts(let codes): looker.take(rows, place, codes.count) { keys[Int(codes[$0])] }
        case .words(let codes): looker.take(rows, place, codes.count) { keys[Int(codes[$0])] }
        }
      }
    }
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

  /// Its place among the keys of rows.
  func key(of value: Value) -> Int64 {
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

/// A row in the order that is asked for, the least key first.
private typealias Placed = (key: Int64, number: Int64)

/// Takes what it needs of the rows that it is shown, in the order of their numbers.
private protocol Looker {
  var numbersDescend: Bool { get }

  /// True where it needs none of the rows still to come whose keys aren't less than `key`.
  func needsNone(from key: Int64) -> Bool

  mutating func take(_ key: Int64, _ number: Int64)
}

extension Looker {
  /// Looks at the rows of a segment.
  @inline(__always)
  fileprivate mutating func take(
    _ rows: RowSet, _ place: Int, _ count: Int, _ key: (Int) -> Int64
  ) {
    let start = place * Columns.segmentWords
    for index in 0..<(count + 63) / 64 {
      let at = numbersDescend ? (count + 63) / 64 - 1 - index : index
      guard start + at < rows.words.count else { continue }
      var word = rows.words[start + at]
      while word != 0 {
        let bit = numbersDescend ? 63 - word.leadingZeroBitCount : word.trailingZeroBitCount
        word &= ~(1 << UInt64(bit))
        let row = at * 64 + bit
        // Rows past the last aren't there.
        guard row < count else { continue }
        let key = key(row)
        if needsNone(from: key) { continue }
        take(key, Int64(place * Columns.segmentSize + row))
      }
    }
  }
}

/// The least of what it is shown, whose rows come in the order in which they stand where keys are the same.
private struct First: Looker {
  let numbersDescend: Bool
  private let limit: Int
  private let last: Placed?
  private var places: [Placed] = []
  /// Once there are enough: what isn't less isn't one of them.
  private var bound: Int64?

  init(_ limit: Int, _ numbersDescend: Bool, after last: Placed?) {
    self.limit = limit
    self.numbersDescend = numbersDescend
    self.last = last
  }

  func needsNone(from key: Int64) -> Bool { bound.map { key >= $0 } ?? false }

  var sorted: ArraySlice<Placed> {
    places.sorted {
      $0.key != $1.key ? $0.key < $1.key : ($0.number < $1.number) != numbersDescend
    }.prefix(limit)
  }

  mutating func take(_ key: Int64, _ number: Int64) {
    if let last {
      if key < last.key { return }
      if key == last.key, (number > last.number) == numbersDescend || number == last.number {
        return
      }
    }
    places.append((key, number))
    guard places.count >= 4 * limit + 64 else { return }
    places = Array(sorted)
    bound = places.last?.key
  }
}

/// All rows whose keys are between two, by their keys.
private struct Ties: Looker {
  let numbersDescend: Bool
  private let keys: ClosedRange<Int64>
  private var groups: [(key: Int64, numbers: [Int64])] = []
  private var places: [Int64: Int] = [:]
  /// Where the last row went: the next one often has the same key.
  private var last = 0

  init(_ keys: ClosedRange<Int64>, _ numbersDescend: Bool) {
    self.keys = keys
    self.numbersDescend = numbersDescend
  }

  var sorted: [(key: Int64, numbers: [Int64])] { groups.sorted { $0.key < $1.key } }

  func needsNone(from key: Int64) -> Bool { key > keys.upperBound }

  mutating func take(_ key: Int64, _ number: Int64) {
    guard keys.contains(key) else { return }
    if !groups.indices.contains(last) || groups[last].key != key {
      last = places[key] ?? groups.count
      if last == groups.count {
        places[key] = last
        groups.append((key, []))
      }
    }
    groups[last].numbers.append(number)
  }
}
