/// How many rows have each combination of codes of some columns.
struct Tally: Sendable {
  /// So many counters are quickly made and looked through; more combinations are kept by key.
  private static let most = 1 << 22

  /// How many codes each column has.
  private let sizes: [Int]
  private var counters: [UInt32] = []
  private var byKey = KeyCounts()

  init(_ dimensions: [Int], of columns: Columns, _ rows: RowSet) {
    sizes = dimensions.map { columns.sets[$0].view.count }
    var product = 1
    for size in sizes where product <= Self.most { product *= size }
    if dimensions.isEmpty {
      counters = [UInt32(rows.count)]
    } else if dimensions.count == 1 {
      countOne(dimensions[0], of: columns, rows)
    } else if product <= Self.most {
      counters = [UInt32](repeating: 0, count: product)
      countDense(dimensions, of: columns, rows)
    } else {
      countByKey(dimensions, of: columns, rows)
    }
  }

  var dimensions: Int { sizes.count }

  /// Visits each combination that some row has: its key, and how many rows.
  func each(_ visit: (UInt64, Int) -> Void) {
    for key in counters.indices where counters[key] > 0 { visit(UInt64(key), Int(counters[key])) }
    byKey.each { visit($0, Int($1)) }
  }

  /// The code that a key has of the column at this place.
  func code(_ key: UInt64, at place: Int) -> Int {
    var rest = key
    for size in sizes[(place + 1)...] { rest /= UInt64(size) }
    return Int(rest % UInt64(sizes[place]))
  }

  /// Where most rows are left, what is taken from all is quicker to count.
  private mutating func countOne(_ column: Int, of columns: Columns, _ rows: RowSet) {
    counters = [UInt32](repeating: 0, count: sizes[0])
    let isMost = rows.count * 2 > columns.segments.count * Columns.segmentSize
    let counted = isMost ? rows.complement : rows
    var bytes = ByteCounts()
    for place in columns.segments.indices {
      let start = place * Columns.segmentWords
      switch columns.segments[place].codes[column] {
      case .bytes(let codes): bytes.add(codes, counted.words, start)
      case .shorts(let codes): tally(&counters, codes, counted.words, start)
      case .words(let codes): tally(&counters, codes, counted.words, start)
      }
    }
    bytes.add(to: &counters)
    guard isMost else { return }
    for (code, total) in columns.totals[column].enumerated() {
      counters[code] = total - counters[code]
    }
  }

  private mutating func countDense(_ dimensions: [Int], of columns: Columns, _ rows: RowSet) {
    var keys = [UInt32](repeating: 0, count: Columns.segmentSize)
    for place in columns.segments.indices {
      let segment = columns.segments[place]
      for row in keys.indices { keys[row] = 0 }
      for (index, column) in dimensions.enumerated() {
        let size = UInt32(sizes[index])
        switch segment.codes[column] {
        case .bytes(let codes): extend(&keys, codes, size)
        case .shorts(let codes): extend(&keys, codes, size)
        case .words(let codes): extend(&keys, codes, size)
        }
      }
      tally(&counters, keys, rows.words, place * Columns.segmentWords)
    }
  }

  private mutating func countByKey(_ dimensions: [Int], of columns: Columns, _ rows: RowSet) {
    let sizes = sizes
    for place in columns.segments.indices {
      let segment = columns.segments[place]
      eachRow(rows.words, place * Columns.segmentWords, segment.count) { row in
        var key: UInt64 = 0
        for (index, column) in dimensions.enumerated() {
          key = key &* UInt64(sizes[index]) &+ UInt64(segment.codes[column][row])
        }
        byKey.add(key)
      }
    }
  }
}

/// Counts of codes of a byte, in two tables by turns: what is counted into one place twice in a row waits for
/// itself, and few codes are often the same.
private struct ByteCounts {
  private var even = InlineArray<256, UInt32>(repeating: 0)
  private var odd = InlineArray<256, UInt32>(repeating: 0)

  mutating func add(_ codes: [UInt8], _ words: [UInt64], _ start: Int) {
    for index in 0..<(codes.count + 63) / 64 {
      var word = words[start + index]
      if index == codes.count / 64 { word &= 1 << UInt64(codes.count % 64) &- 1 }
      while word != 0 {
        even[Int(codes[index * 64 + word.trailingZeroBitCount])] &+= 1
        word &= word &- 1
        guard word != 0 else { break }
        odd[Int(codes[index * 64 + word.trailingZeroBitCount])] &+= 1
        word &= word &- 1
      }
    }
  }

  func add(to counters: inout [UInt32]) {
    for code in counters.indices.prefix(256) { counters[code] &+= even[code] &+ odd[code] }
  }
}

private func extend<Code: FixedWidthInteger & UnsignedInteger>(
  _ keys: inout [UInt32], _ codes: [Code], _ size: UInt32
) {
  for row in codes.indices {
    keys[row] = keys[row] &* size &+ UInt32(truncatingIfNeeded: codes[row])
  }
}

private func tally<Code: FixedWidthInteger & UnsignedInteger>(
  _ counters: inout [UInt32], _ codes: [Code], _ words: [UInt64], _ start: Int
) {
  eachRow(words, start, codes.count) { row in counters[Int(codes[row])] &+= 1 }
}

/// Visits the rows of a segment whose bits are set.
@inline(__always)
private func eachRow(
  _ words: [UInt64], _ start: Int, _ count: Int, _ visit: (Int) -> Void
) {
  for index in 0..<(count + 63) / 64 {
    var word = words[start + index]
    if index == count / 64 { word &= 1 << UInt64(count % 64) &- 1 }
    while word != 0 {
      visit(index * 64 + word.trailingZeroBitCount)
      word &= word &- 1
    }
  }
}
