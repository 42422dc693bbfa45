/// Numbers of rows, kept as runs of such as follow one another: rows that are inserted do.
struct RowRuns: Sendable, Equatable {
  /// Ascending; between two of them there is a gap.
  private(set) var runs: [ClosedRange<Int64>] = []

  var isEmpty: Bool { runs.isEmpty }

  var numbers: [Int64] { runs.flatMap { Array($0) } }

  func contains(_ row: Int64) -> Bool {
    let place = place(of: row)
    return place < runs.count && runs[place].contains(row)
  }

  /// The first run that doesn't end before `row`.
  private func place(of row: Int64) -> Int {
    var (low, high) = (0, runs.count)
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].upperBound < row { low = middle + 1 } else { high = middle }
    }
    return low
  }

  mutating func insert(_ row: Int64) {
    if let last = runs.last, last.upperBound == row - 1 {
      runs[runs.count - 1] = last.lowerBound...row
      return
    }
    let place = place(of: row)
    if place < runs.count, runs[place].contains(row) { return }
    let joinsNext = place < runs.count && runs[place].lowerBound == row + 1
    let joinsLast = place > 0 && runs[place - 1].upperBound == row - 1
    let first = joinsLast ? runs[place - 1].lowerBound : row
    let end = joinsNext ? runs[place].upperBound : row
    runs.replaceSubrange(
      (joinsLast ? place - 1 : place)..<(joinsNext ? place + 1 : place), with: [first...end])
  }

  mutating func remove(_ row: Int64) {
    let place = place(of: row)
    guard place < runs.count, runs[place].contains(row) else { return }
    let run = runs[place]
    var rest: [ClosedRange<Int64>] = []
    if run.lowerBound < row { rest.append(run.lowerBound...row - 1) }
    if row < run.upperBound { rest.append(row + 1...run.upperBound) }
    runs.replaceSubrange(place...place, with: rest)
  }
}
