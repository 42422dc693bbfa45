public import JSON

/// How many items have each value of a member.
public struct Facet: Sendable, Equatable {
  public struct Count: Sendable, Equatable {
    /// Null where the member isn't stated, "none" where what is stated is an empty list.
    public let value: JSONValue
    public let count: Int
  }

  /// The parameter that filters by the member.
  public let name: String
  /// The most frequent value first; an item with several values counts in each.
  public let counts: [Count]
  /// How many further values there are, where the question limits them.
  public let more: Int?
}

extension Field {
  /// True when items can be counted and grouped by its values: they are codes.
  public var hasCodes: Bool {
    switch filter {
    case .domain, .flag, .integer, .term: true
    case .stated, .text, .range, .instant, .words: false
    }
  }
}

extension Scan {
  func facets(_ query: Query, _ conditions: Conditions) -> [Facet] {
    facets(
      query.facets, limit: query.facetLimit, naming: conditions.parts.compactMap(\.asked))
  }

  /// The counts of each member's values over the rows that are left by all tests but those of the member
  /// itself: so a reader sees what another choice would give.
  ///
  /// With a limit, those that `conditions` name come behind the most frequent, however rare they are.
  func facets(
    _ fields: [Field], limit: Int? = nil, naming conditions: [Query.Condition] = []
  ) -> [Facet] {
    let asked = fields.compactMap { field in
      columns.layout.index(field.parameter).map {
        (field, Question(columns: [$0], except: field.parameter))
      }
    }
    guard !asked.isEmpty else { return [] }
    return zip(asked, count(asked.map(\.1))).map { asked, tally in
      let set = columns.sets[asked.1.columns[0]]
      let counts = ValueCounts(tally, of: set)
      let all = counts.all
      let named = conditions.filter { $0.field.parameter == asked.0.parameter }
      let first = limit.map { counts.first($0, of: all, naming: named.flatMap(\.alternatives)) }
      return Facet(
        name: asked.0.parameter, counts: counts.shown(first ?? all),
        more: first.map { all.count - $0.count })
    }
  }
}

/// A value that rows are grouped by.
enum GroupValue: Hashable {
  case notStated
  /// Stated: an empty list.
  case none
  case value(UInt32)

  func json(_ view: ValueSets.View) -> JSONValue {
    switch self {
    case .notStated: .null
    case .none: "none"
    case .value(let index): view.values[Int(index)].json
    }
  }
}

extension ColumnValue {
  var json: JSONValue {
    switch self {
    case .text(let text): .string(text)
    case .flag(let flag): .bool(flag)
    case .integer(let number): .integer(number)
    case .range(let low, let high):
      low == high ? .number(low) : .array([.number(low), .number(high)])
    }
  }
}

/// Not stated first, then by value.
func precedes(_ left: JSONValue, _ right: JSONValue) -> Bool {
  switch (left, right) {
  case (.null, .null): false
  case (.null, _): true
  case (.bool(let left), .bool(let right)): !left && right
  case (.integer(let left), .integer(let right)): left < right
  case (.number(let left), .number(let right)): left < right
  case (.string(let left), .string(let right)): left < right
  default: false
  }
}
