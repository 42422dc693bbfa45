internal import SQLite

/// Revisions that followed one another: the columns of some of them, and what each touched that they don't have yet.
struct ColumnSteps {
  typealias Touched = [String: TouchedRows.Extent]

  private struct Step {
    let touched: Touched
    var version: ColumnStore.Version?
  }

  /// Readers hold transactions for milliseconds; one that is behind more versions begins anew.
  private static let mostVersions = 8
  /// Where columns can't follow for so many, they are loaded when somebody asks.
  private static let mostSteps = 10_000

  /// The revision of the first step, of which there are columns.
  private var first: Int64 = 0
  private var steps: [Step] = []

  func version(_ revision: Int64) -> ColumnStore.Version? {
    index(revision).flatMap { steps[$0].version }
  }

  private func index(_ revision: Int64) -> Int? {
    let index = Int(revision - first)
    return steps.indices.contains(index) ? index : nil
  }

  /// The latest columns up to `revision`, and what has been touched since; nil where that isn't known.
  func way(to revision: Int64) -> (from: ColumnStore.Version, touched: Touched)? {
    guard let end = index(revision),
      let start = steps[...end].lastIndex(where: { $0.version != nil }),
      let version = steps[start].version
    else { return nil }
    let touched = steps[(start + 1)...].prefix(end - start).map(\.touched)
    let names = Set(touched.flatMap(\.keys))
    return (
      version,
      Dictionary(
        uniqueKeysWithValues: names.map { name in (name, union(touched.compactMap { $0[name] })) })
    )
  }

  /// Forgets all others.
  mutating func begin(_ version: ColumnStore.Version) {
    first = version.revision
    steps = [Step(touched: [:], version: version)]
  }

  /// Adds a revision behind another one; false where that isn't the last of these.
  mutating func add(_ touched: Touched, behind last: Int64) -> Bool {
    guard !steps.isEmpty, last == first + Int64(steps.count) - 1 else { return false }
    if steps.count == Self.mostSteps {
      steps = []
      return false
    }
    steps.append(Step(touched: touched))
    return true
  }

  mutating func keep(_ version: ColumnStore.Version) {
    guard let index = index(version.revision) else { return }
    steps[index].version = version
    let known = steps.indices.filter { steps[$0].version != nil }
    guard known.count > Self.mostVersions else { return }
    let passed = known[known.count - Self.mostVersions]
    steps.removeFirst(passed)
    first += Int64(passed)
  }

  mutating func drop(from revision: Int64) {
    if let index = index(revision) { steps.removeSubrange(index...) }
  }
}

private func union(_ extents: [TouchedRows.Extent]) -> TouchedRows.Extent {
  var runs: [ClosedRange<Int64>] = []
  for extent in extents {
    guard case .rows(let rows) = extent else { return .whole }
    runs += rows
  }
  runs.sort { $0.lowerBound < $1.lowerBound }
  var union: [ClosedRange<Int64>] = []
  for run in runs {
    if let last = union.last, run.lowerBound <= last.upperBound + 1 {
      union[union.count - 1] = last.lowerBound...max(last.upperBound, run.upperBound)
    } else {
      union.append(run)
    }
  }
  return .rows(union)
}
