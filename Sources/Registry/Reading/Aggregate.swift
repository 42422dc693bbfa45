public import JSON
internal import SQLite

/// A question for figures about groups of items.
public struct Aggregate: Sendable {
  /// One to three members.
  public let groups: [Field]
  public let measures: [Measure]
  public let conditions: [Query.Condition]
  public let limit: Int

  public init(
    by groups: [Field], _ measures: [Measure], where conditions: [Query.Condition], limit: Int
  ) {
    self.groups = groups
    self.measures = measures
    self.conditions = conditions
    self.limit = limit
  }

  public enum Measure: Sendable {
    case count
    /// Of the items that state the member.
    case average(Field)
    case sum(Field)
    case minimum(Field)
    case maximum(Field)

    /// What the figure is called in an answer.
    public var name: String {
      switch self {
      case .count: "count"
      case .average(let field): "\(field.parameter).avg"
      case .sum(let field): "\(field.parameter).sum"
      case .minimum(let field): "\(field.parameter).min"
      case .maximum(let field): "\(field.parameter).max"
      }
    }

    var sql: SQL {
      switch self {
      case .count: "count(*)"
      case .average(let field): "avg(" + field.middle + ")"
      case .sum(let field): "total(" + field.middle + ")"
      case .minimum(let field): "min(" + field.middle + ")"
      case .maximum(let field): "max(" + field.middle + ")"
      }
    }
  }
}

extension Field {
  /// True when items can be grouped by it: its values are codes.
  public var isGroupable: Bool {
    switch filter {
    case .domain, .flag, .term, .integer: true
    case .stated, .text, .range, .instant, .words: false
    }
  }

  /// True when averages and sums of it make sense.
  public var isMeasurable: Bool { if case .range = filter { true } else { false } }

  /// A range counts with its middle.
  fileprivate var middle: SQL {
    guard case .range(let low, let high) = filter else { return column }
    return "((" + low + "+" + high + ") / 2)"
  }
}

extension Registry {
  /// Lends `visit` each group: its values in the order of `groups`, null where not stated, then its measures.
  ///
  /// An item with several values of a member counts in the group of each.
  public func aggregate(
    _ noun: Noun, _ question: Aggregate, for viewer: Viewer = .anyone,
    visit: ([JSONValue]) -> Void
  ) throws(RegistryError) {
    try read { (database) throws(RegistryError) in
      let conditions = try Conditions(question.conditions, on: noun, for: viewer, in: database)
      var from = noun.table
      var columns: [SQL] = []
      let aliases: [SQL] = ["g1", "g2", "g3"]
      for (group, alias) in zip(question.groups, aliases) {
        guard case .term(let member, _, _) = group.filter, let terms = noun.terms else {
          columns.append(group.column)
          continue
        }
        from +=
          "LEFT JOIN" + terms + "AS" + alias + "ON" + alias + ".item =" + noun.key
          + "AND" + alias + ".member =" + member
        columns.append(alias + ".value")
      }
      let places: [SQL] = ["1", "2", "3"]
      let sql: SQL =
        "SELECT" + (columns + question.measures.map(\.sql)).joined(",") + "FROM" + from
        + "WHERE" + conditions.sql
        + "GROUP BY" + places.prefix(columns.count).joined(",")
        + "ORDER BY count(*) DESC," + places.prefix(columns.count).joined(",") + "LIMIT ?"
      let values = conditions.values + [.integer(Int64(question.limit))]
      try told { () throws(SQLiteError) in
        try database.each(sql, values) { row in
          visit(
            question.groups.enumerated().map { value(of: row, $0.offset, $0.element) }
              + question.measures.indices.map { number(row.value(columns.count + $0)) })
        }
      }
    }
  }

  private func value(of row: borrowing Row, _ index: Int, _ field: Field) -> JSONValue {
    guard !row.isNull(index) else { return .null }
    if case .flag = field.filter { return .bool(row.integer(index) != 0) }
    if case .integer = field.filter { return .integer(row.integer(index)) }
    return .string(row.text(index))
  }

  private func number(_ value: Value) -> JSONValue {
    switch value {
    case .integer(let number): .integer(number)
    case .real(let number): .number(number)
    default: .null
    }
  }
}
