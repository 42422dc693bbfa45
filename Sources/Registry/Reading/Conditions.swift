internal import SQLite

/// What a question leaves of a noun's rows, as a WHERE clause: literals, and the values for their
/// placeholders.
struct Conditions {
  struct Part {
    /// What was asked, each value as its column has it; nil for what nobody asked.
    let asked: Query.Condition?
    let clause: SQL
    let values: [Value]
    /// Where an index of texts or words must be asked: which rows have one of the values that are named,
    /// whether they are wanted or not.
    var found: Found?
  }

  enum Found {
    /// Answers their numbers.
    case texts(SQL, [Value])
    case words(KeptMatches.Question)
  }

  private(set) var parts: [Part] = []
  private var violations: [Violation] = []

  /// Reads what was asked in the words of `noun`'s columns.
  init(
    _ conditions: [Query.Condition], on noun: Noun, for viewer: Viewer,
    in database: borrowing Connection
  ) throws(RegistryError) {
    var conditions = conditions
    for (parameter, value) in noun.defaults
    where !conditions.contains(where: { $0.field.parameter == parameter }) {
      conditions.append(.init(noun.filter(known: parameter), [.value(value)]))
    }
    for condition in conditions {
      do throws(SQLiteError) {
        try add(condition, on: noun, in: database)
      } catch {
        throw RegistryError(error)
      }
    }
    guard violations.isEmpty else { throw .badQuery(violations) }
    if let visible = noun.visibility(for: viewer) { append(visible.sql, [visible.owner]) }
  }

  var sql: SQL { parts.sql }

  var values: [Value] { parts.flatMap(\.values) }

  mutating func append(
    _ clause: SQL, _ values: [Value], asked: Query.Condition? = nil,
    found: Found? = nil
  ) {
    parts.append(Part(asked: asked, clause: clause, values: values, found: found))
  }

  private mutating func add(
    _ condition: Query.Condition, on noun: Noun, in database: borrowing Connection
  ) throws(SQLiteError) {
    var clauses: [SQL] = []
    var values: [Value] = []
    var exact: [String] = []
    var isNone = false
    for alternative in condition.alternatives {
      switch alternative {
      case .notStated: clauses.append(condition.field.asked + "IS NULL")
      case .range(let low, let high):
        guard let (clause, bounds) = range(condition.field, low, high, on: noun) else { return }
        clauses.append(clause)
        values += bounds
      case .value("none") where condition.field.hasTerms:
        clauses.append(none(condition.field, on: noun))
        isNone = true
      case .value(let text):
        guard let value = try canonical(text, of: condition.field, in: database) else { return }
        exact.append(value)
      }
    }
    if !exact.isEmpty {
      guard let (clause, more) = equality(condition.field, exact, on: noun) else { return }
      clauses.append(clause)
      values += more
    }
    let others = condition.alternatives.filter { if case .value = $0 { false } else { true } }
    let asked = Query.Condition(
      condition.field, isNegated: condition.isNegated,
      others + (exact + (isNone ? ["none"] : [])).map { .value($0) })
    let any = clauses.joined("OR")
    let found = exact.isEmpty ? nil : try find(condition.field, exact, on: noun, in: database)
    guard condition.isNegated else { return append(any, values, asked: asked, found: found) }
    // "Not DE" is said of what states something else: not stated isn't "no".
    append(
      condition.field.asked + "IS NOT NULL AND NOT (" + any + ")", values, asked: asked,
      found: found)
  }

  private func find(
    _ field: Field, _ exact: [String], on noun: Noun, in database: borrowing Connection
  ) throws(SQLiteError) -> Found? {
    switch field.filter {
    case .text:
      return .texts(
        "SELECT" + noun.key + "FROM" + noun.table + "WHERE" + field.column + "IN ("
          + .placeholders(exact.count) + ")", exact.map(Value.text))
    case .words(let index):
      var any: [String] = []
      for text in exact {
        any.append(try SearchText(text).expression(completedBy: index.words, database))
      }
      return .words(.init(table: index.all, expression: any.joined(separator: " OR ")))
    default: return nil
    }
  }

  mutating func refuse(_ field: Field, _ detail: String) {
    violations.append(Violation(.parameter(field.parameter), detail))
  }

  /// `text` as the column has it, or nil after saying why not.
  private mutating func canonical(
    _ text: String, of field: Field, in database: borrowing Connection
  ) throws(SQLiteError) -> String? {
    switch field.filter {
    case .domain(let domain), .term(_, let domain, _, _):
      if let code = try domain.code(text, in: database) { return code }
      refuse(field, try domain.refusal(text, in: database))
      return nil
    default: return text
    }
  }

  /// Stated, and no value: an empty list.
  private func none(_ field: Field, on noun: Noun) -> SQL {
    guard case .term(let member, _, _, _) = field.filter, let terms = noun.terms else {
      return "FALSE"
    }
    return field.column + "IS NOT NULL AND" + noun.key + "NOT IN (SELECT item FROM" + terms
      + "WHERE member =" + member + ")"
  }

  private mutating func equality(
    _ field: Field, _ texts: [String], on noun: Noun
  ) -> (SQL, [Value])? {
    let slots = SQL.placeholders(texts.count)
    switch field.filter {
    case .text, .domain:
      return (field.column + "IN (" + slots + ")", texts.map(Value.text))
    case .term(let member, _, _, _):
      // Columns in memory have the terms of such a noun, and no statement asks for them.
      guard let terms = noun.terms else { return ("FALSE", []) }
      let rows: SQL = "(SELECT item FROM" + terms + "WHERE member =" + member
      return (
        noun.key + "IN" + rows + "AND value IN (" + slots + "))", texts.map(Value.text)
      )
    case .flag:
      var values: [Value] = []
      for text in texts {
        guard text == "true" || text == "false" else {
          refuse(field, "\(quoted(text)) is neither true, false nor null.")
          return nil
        }
        values.append(.integer(text == "true" ? 1 : 0))
      }
      return (field.column + "IN (" + slots + ")", values)
    case .integer, .range, .instant:
      let ranges = texts.map { range(field, $0, $0, on: noun) }
      let parts = ranges.compactMap(\.self)
      guard parts.count == texts.count else { return nil }
      return (parts.map(\.0).joined("OR"), parts.flatMap(\.1))
    case .words(let index):
      let match: SQL =
        noun.key + "IN (SELECT rowid FROM" + index.all + "WHERE" + index.all + "MATCH ?)"
      return (
        texts.map { _ in match }.joined("OR"), texts.map { .text(SearchText($0).expression) }
      )
    case .stated:
      refuse(field, "This member filters by null (not stated) and !null (stated) only.")
      return nil
    }
  }
}

extension [Conditions.Part] {
  /// All clauses, each in brackets, or a truth where there is none.
  var sql: SQL { isEmpty ? "TRUE" : map { "(" + $0.clause + ")" }.joined("AND") }
}

extension Field {
  /// True where "none" asks for an empty list.
  var hasTerms: Bool { if case .term = filter { true } else { false } }

  /// The column that is null where what the filter asks for isn't stated: a workload may be stated in
  /// days, and its hours not.
  fileprivate var asked: SQL { if case .range(let low, _) = filter { low } else { column } }
}
