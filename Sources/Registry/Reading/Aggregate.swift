public import JSON

/// A question for figures about groups of items.
public struct Aggregate: Sendable {
  /// One to three members that filter by codes.
  public let groups: [Field]
  public let measures: [Measure]
  public let conditions: [Query.Condition]
  /// Groups are answered whose figures are in these ranges; nil is open.
  public let having: [(measure: Measure, low: Double?, high: Double?)]
  /// What the answer is ordered by; then come the largest groups, then their values.
  public let order: [Order]
  public let limit: Int

  public struct Order: Sendable {
    public enum Key: Sendable {
      /// By its place in `groups`.
      case group(Int)
      case measure(Measure)
    }

    public let key: Key
    public let isDescending: Bool

    public init(_ key: Key, isDescending: Bool) {
      self.key = key
      self.isDescending = isDescending
    }
  }

  public init(
    by groups: [Field], _ measures: [Measure], where conditions: [Query.Condition],
    having: [(measure: Measure, low: Double?, high: Double?)] = [], order: [Order] = [],
    limit: Int
  ) {
    self.groups = groups
    self.measures = measures
    self.conditions = conditions
    self.having = having
    self.order = order
    self.limit = limit
  }

  /// All measures that the answer needs, shown or not, each once.
  var needed: [Measure] {
    var needed: [Measure] = []
    let ordering = order.compactMap {
      if case .measure(let measure) = $0.key { measure } else { nil }
    }
    for measure in measures + having.map(\.measure) + ordering where !needed.contains(measure) {
      needed.append(measure)
    }
    return needed
  }
}

extension Registry {
  /// The groups: each one's values in the order of `groups`, null where not stated and "none" for an
  /// empty list, then its measures.
  ///
  /// An item with several values of a member counts in the group of each.
  public func aggregate(
    _ noun: Noun, _ question: Aggregate, for viewer: Viewer = .anyone
  ) throws(RegistryError) -> [[JSONValue]] {
    try scan(noun, question.conditions, for: viewer) { (_, scan, _) in
      Grouping(question, of: scan.columns).rows(scan)
    }
  }
}

/// How a question's groups come out of a scan.
private struct Grouping {
  private let question: Aggregate
  private let needed: [Measure]
  private let dimensions: [Int]
  private let views: [ValueSets.View]

  init(_ question: Aggregate, of columns: Columns) {
    self.question = question
    needed = question.needed
    dimensions = question.groups.compactMap { columns.layout.index($0.parameter) }
    views = dimensions.map { columns.sets[$0].view }
  }

  func rows(_ scan: Scan) -> [[JSONValue]] {
    // What a measure is of is one more dimension: the counts of its codes say all of its figures.
    let layout = scan.columns.layout
    let measured = needed.map { measure -> Int? in
      switch measure.member {
      case nil: nil
      case .coded(let parameter): layout.index(parameter)
      case .other: layout.statedIndex
      }
    }
    let columns = Set(measured.compactMap(\.self)).sorted()
    let tallies = scan.count(
      [.init(columns: dimensions)] + columns.map { .init(columns: dimensions + [$0]) })
    var groups = Groups(views, measured: columns.count)
    groups.count(tallies[0])
    for index in columns.indices { groups.measure(index, tallies[index + 1]) }
    let figures = zip(needed, measured).map { measure, column in
      Figure(
        measure, column.map { ($0, columns.firstIndex(of: $0) ?? 0) }, of: scan.columns)
    }
    return answer(
      groups.all.map { group in
        Row(
          values: groups.values(group).enumerated().map { $0.element.json(views[$0.offset]) },
          count: group.count, figures: figures.map { $0.value(of: group) })
      })
  }

  private struct Row {
    let values: [JSONValue]
    let count: Int
    /// In the order of `needed`; nil where nothing is stated to make a figure of.
    let figures: [Double?]
  }

  private func answer(_ rows: [Row]) -> [[JSONValue]] {
    let kept = rows.filter { row in
      question.having.allSatisfy { condition in
        guard let figure = figure(condition.measure, row) else { return false }
        return (condition.low ?? -.infinity) <= figure && figure <= (condition.high ?? .infinity)
      }
    }
    return kept.sorted(by: isBefore).prefix(question.limit).map { row in
      row.values + question.measures.map { figure($0, row).map(JSONValue.number) ?? .null }
    }
  }

  private func figure(_ measure: Measure, _ row: Row) -> Double? {
    needed.firstIndex(of: measure).flatMap { row.figures[$0] }
  }

  private func isBefore(_ left: Row, _ right: Row) -> Bool {
    for order in question.order {
      let isLess: Bool
      let isMore: Bool
      switch order.key {
      case .group(let index):
        isLess = precedes(left.values[index], right.values[index])
        isMore = precedes(right.values[index], left.values[index])
      case .measure(let measure):
        // No figure sorts first, as null does in lists.
        let (left, right) = (figure(measure, left), figure(measure, right))
        isLess = (left ?? -.infinity) < (right ?? -.infinity)
        isMore = (right ?? -.infinity) < (left ?? -.infinity)
      }
      if isLess != isMore { return order.isDescending ? isMore : isLess }
    }
    if left.count != right.count { return left.count > right.count }
    for (left, right) in zip(left.values, right.values) {
      if precedes(left, right) { return true }
      if precedes(right, left) { return false }
    }
    return false
  }
}
