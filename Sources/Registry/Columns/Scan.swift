/// Looks through columns for the rows that pass some tests.
struct Scan: Sendable {
  let columns: Columns
  let tests: [ColumnTest]
  /// What is known of tests and of words at the columns' revision.
  let passing: KeptTests
  let matches: KeptMatches

  /// What is to be counted: how many rows have each combination of codes of some columns.
  struct Question: Sendable {
    let columns: [Int]
    /// The member whose own tests don't count.
    var except: String?
  }

  func count(_ questions: [Question]) -> [Tally] {
    let passing = tests.map(rows)
    var known: [String?: RowSet] = [:]
    return questions.map { question in
      let rows = known[question.except] ?? all(passing, except: question.except)
      known[question.except] = rows
      return Tally(question.columns, of: columns, rows)
    }
  }

  /// A scan of those rows alone that have `value` among those of a credential's member.
  func having(_ value: String, as member: String, for viewer: Viewer) -> Scan {
    let asked = Query.Condition(Noun.credential.filter(known: member), [.value(value)])
    return Scan(
      columns: columns,
      tests: tests + columns.tests([(asked, nil)], for: viewer, of: .credential),
      passing: passing, matches: matches)
  }

  /// All rows that pass.
  func rows() -> RowSet { all(tests.map(rows), except: nil) }

  /// The numbers of the first rows that pass after `number`.
  func rows(_ limit: Int, after number: Int64?) -> [Int64] {
    var found: [Int64] = []
    let next = (number ?? -1) + 1
    let size = Int64(Columns.segmentSize)
    for place in Int(next / size)..<max(columns.segments.count, Int(next / size)) {
      var rows = [UInt64](repeating: .max, count: Columns.segmentWords)
      for test in tests { keep(test, place, &rows, 0) }
      for row in RowSet(words: rows).numbers {
        let row = Int64(place) * size + row
        if row >= next { found.append(row) }
        if found.count == limit { return found }
      }
    }
    return found
  }

  private func all(_ passing: [RowSet], except member: String?) -> RowSet {
    var rows = RowSet(
      words: Array(repeating: .max, count: columns.segments.count * Columns.segmentWords))
    for (test, passed) in zip(tests, passing) where member == nil || test.member != member {
      rows.formIntersection(passed)
    }
    return rows
  }

  private func rows(_ test: ColumnTest) -> RowSet {
    passing.rows(test) {
      var words = Array(
        repeating: UInt64.max, count: columns.segments.count * Columns.segmentWords)
      for place in columns.segments.indices {
        keep(test, place, &words, place * Columns.segmentWords)
      }
      return RowSet(words: words)
    }
  }

  /// Clears the bits, from the word `start` on, of the segment's rows that don't pass.
  private func keep(_ test: ColumnTest, _ place: Int, _ words: inout [UInt64], _ start: Int) {
    if test.alternatives.count == 1 {
      return keep(test.alternatives[0], place, &words, start)
    }
    var any = [UInt64](repeating: 0, count: Columns.segmentWords)
    for alternative in test.alternatives {
      var one = [UInt64](repeating: .max, count: Columns.segmentWords)
      keep(alternative, place, &one, 0)
      for index in any.indices { any[index] |= one[index] }
    }
    for index in any.indices { words[start + index] &= any[index] }
  }

  private func keep(
    _ alternative: ColumnTest.Alternative, _ place: Int, _ words: inout [UInt64], _ start: Int
  ) {
    let segment = columns.segments[place]
    switch alternative {
    case .codes(let column, let accepted):
      switch segment.codes[column] {
      case .bytes(let codes):
        // As many as a byte can tell apart, so that no code needs a check.
        var table = InlineArray<256, UInt8>(repeating: 0)
        for code in accepted.indices.prefix(256) { table[code] = accepted[code] }
        mark(codes, &words, start) { table[Int($0)] }
      case .shorts(let codes): mark(codes, &words, start) { accepted[Int($0)] }
      case .words(let codes): mark(codes, &words, start) { accepted[Int($0)] }
      }
    case .moments(let column, let ranges, let isNegated):
      let not: UInt8 = isNegated ? 1 : 0
      // A list of ranges is looked through row by row; one or two are compared without a branch.
      if ranges.count <= 2, let first = ranges.first, let last = ranges.last {
        mark(segment.moments[column], &words, start) { moment in
          (first.has(moment) | last.has(moment)) ^ not
        }
      } else {
        mark(segment.moments[column], &words, start) { moment in
          (ranges.contains { $0.contains(moment) } ? 1 : 0) ^ not
        }
      }
    case .rows(let set, let isNegated):
      for index in 0..<Columns.segmentWords {
        let word = place * Columns.segmentWords + index
        let bits = word < set.words.count ? set.words[word] : 0
        words[start + index] &= isNegated ? ~bits : bits
      }
    }
  }
}

extension ClosedRange<Int64> {
  fileprivate func has(_ moment: Int64) -> UInt8 {
    (moment >= lowerBound ? 1 : 0) & (moment <= upperBound ? 1 : 0)
  }
}

/// Clears the bits of the rows that `passes` says 0 of; those past the last aren't there.
@inline(__always)
private func mark<Value>(
  _ values: [Value], _ words: inout [UInt64], _ start: Int, _ passes: (Value) -> UInt8
) {
  let whole = values.count / 64
  for index in 0..<Columns.segmentWords {
    var word: UInt64 = 0
    if index < whole {
      for row in stride(from: index * 64, to: index * 64 + 64, by: 8) {
        var byte = passes(values[row])
        byte |= passes(values[row + 1]) << 1
        byte |= passes(values[row + 2]) << 2
        byte |= passes(values[row + 3]) << 3
        byte |= passes(values[row + 4]) << 4
        byte |= passes(values[row + 5]) << 5
        byte |= passes(values[row + 6]) << 6
        byte |= passes(values[row + 7]) << 7
        word |= UInt64(byte) << UInt64(row % 64)
      }
    } else {
      for row in index * 64..<max(index * 64, min(values.count, index * 64 + 64)) {
        word |= UInt64(passes(values[row])) << UInt64(row % 64)
      }
    }
    words[start + index] &= word
  }
}
