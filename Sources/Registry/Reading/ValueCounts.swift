internal import JSON

/// How many rows have each value of a member.
struct ValueCounts {
  typealias Element = (value: GroupValue, count: Int)

  private let set: ValueSets
  private let view: ValueSets.View
  private var notStated = 0
  private var none = 0
  /// By the value's index.
  private var counts: [Int]

  init(_ tally: Tally, of set: ValueSets) {
    self.set = set
    let view = set.view
    var (notStated, none) = (0, 0)
    var counts = [Int](repeating: 0, count: view.values.count)
    tally.each { code, count in
      let members = view.members(of: Int(code))
      if code == ValueSets.notStated {
        notStated += count
      } else if members.isEmpty {
        none += count
      }
      for index in members { counts[Int(index)] += count }
    }
    self.view = view
    self.notStated = notStated
    self.none = none
    self.counts = counts
  }

  /// Those that some row has.
  var all: [Element] {
    var all = [(GroupValue.notStated, notStated), (.none, none)].filter { $0.1 > 0 }
    for (index, count) in counts.enumerated() where count > 0 {
      all.append((.value(UInt32(index)), count))
    }
    return all
  }

  /// In their order.
  func shown(_ elements: [Element]) -> [Facet.Count] {
    elements.map { (key: $0.value.json(view), count: $0.count) }
      .sorted { comesFirst($0.count, $1.count, $0.key, $1.key) }
      .map { .init(value: $0.key, count: $0.count) }
  }

  /// The first `limit` in their order, and those that are named; many thousands behind them aren't sorted.
  func first(_ limit: Int, of all: [Element], naming names: [Query.Alternative]) -> [Element] {
    guard limit < all.count else { return all }
    func isBefore(_ one: Element, _ other: Element) -> Bool {
      comesFirst(one.count, other.count, one.value.json(view), other.value.json(view))
    }
    var first: [Element] = []
    var last: Element?
    for count in all {
      if let last, !isBefore(count, last) { continue }
      first.append(count)
      guard first.count >= 4 * limit + 64 else { continue }
      first = Array(first.sorted(by: isBefore).prefix(limit))
      last = first.last
    }
    first = Array(first.sorted(by: isBefore).prefix(limit))
    let named = Set(names.flatMap(values)).subtracting(first.map(\.value))
    return first + named.map { ($0, count(of: $0)) }.filter { $0.1 > 0 }
  }

  private func count(of value: GroupValue) -> Int {
    switch value {
    case .notStated: notStated
    case .none: none
    case .value(let index): Int(index) < counts.count ? counts[Int(index)] : 0
    }
  }

  /// What a filter means by a name.
  private func values(_ name: Query.Alternative) -> [GroupValue] {
    switch name {
    case .notStated: [.notStated]
    case .range: []
    case .value("none"): [.none]
    case .value(let text):
      [.text(text), Int64(text).map(ColumnValue.integer), Bool(text).map(ColumnValue.flag)]
        .compactMap { $0.flatMap(set.index).map(GroupValue.value) }
    }
  }
}

/// The more frequent value first, then the lesser one.
@inline(__always)
private func comesFirst(
  _ count: Int, _ otherCount: Int, _ value: @autoclosure () -> JSONValue,
  _ other: @autoclosure () -> JSONValue
) -> Bool {
  count != otherCount ? count > otherCount : precedes(value(), other())
}
