internal import JSON
internal import SQLite

/// A statement on its way into the registry, with every rule kept.
struct StatementDraft {
  private var document: Document
  private var inspection: Inspection

  /// Reads `body`; throws all that is wrong with it.
  init(
    checking body: JSONValue, _ language: String, _ author: Key, today: String,
    in database: borrowing Connection
  ) throws(RegistryError) {
    var inspection = Inspection(.statement, language: language)
    document = try told { () throws(SQLiteError) in
      try Document(body, of: .statement, &inspection, in: database)
    }
    self.inspection = inspection
    try authorise(author)
    if document["as_of"] == nil { document["as_of"] = .string(today) }
    try told { () throws(SQLiteError) in
      try checkMembers(today, in: database)
      try checkValue(in: database)
    }
    try findSuperseded(in: database)
    guard self.inspection.violations.isEmpty else {
      throw .invalid(self.inspection.violations)
    }
  }

  var columns: [(column: SQL, value: Value)] {
    [
      ("country", Value(document.text("country"))), ("topic", Value(document.text("topic"))),
      ("aspect", Value(document.text("aspect"))), ("value", Value(document.text("value"))),
      ("negated", document["negated"] == true ? 1 : 0),
      ("text", Value(document["text"]?.text)), ("details", Value(document["details"]?.text)),
      ("as_of", Value(document.text("as_of"))),
      ("supersedes", Value(document.text("supersedes"))),
    ]
  }

  /// The id of the statement that this one supersedes.
  var superseded: String? { document.text("supersedes") }

  var locator: Value { Value(text(of: "locator")) }

  /// The id of the source: the one named, one that is there already, or a new one.
  func source(
    newID: () -> String, in database: borrowing Connection
  ) throws(SQLiteError) -> String {
    if let id = text(of: "id") { return id }
    let facts = ["title", "publisher", "date", "url"].map { Value(text(of: $0)) }
    let known = try database.first(
      """
      SELECT id FROM source
      WHERE title = ?1 AND publisher IS ?2 AND date_from IS ?3 AND url IS ?4
      """, facts[0], facts[1], facts[2], facts[3]
    ) { row in row.text(0) }
    if let known { return known }
    let id = newID()
    try database.run(
      "INSERT INTO source (id, title, publisher, date_from, url) VALUES (?1, ?2, ?3, ?4, ?5)",
      .text(id), facts[0], facts[1], facts[2], facts[3])
    return id
  }

  private func text(of member: String) -> String? {
    if case .string(let text)? = document["source"]?[member] { text } else { nil }
  }

  // DESIGN §3: an authority has the facts of its country and no one else's.
  private func authorise(_ author: Key) throws(RegistryError) {
    switch author.role {
    case .admin: return
    case .authority(let country):
      guard document.text("country") == country else {
        throw .forbidden("This key is for statements of \(country) only.")
      }
    case .provider: throw .forbidden("Statements are written by authorities.")
    }
  }

  private mutating func checkMembers(
    _ today: String, in database: borrowing Connection
  ) throws(SQLiteError) {
    if document["topic"] == nil { inspection.refuseMissing("topic", "A statement has a topic.") }
    if document["source"] == nil {
      inspection.refuseMissing("source", "A statement names its source: an id, or a title.")
    } else if text(of: "id") == nil, text(of: "title") == nil {
      inspection.refuse("/source", "A source is named by the id of one, or by its title.")
    }
    if let day = document.text("as_of"), day > today {
      inspection.refuse("/as_of", "This day is to come: a statement says what holds.")
    }
    if document["value"] == nil, document["text"] == nil {
      inspection.refuse("", "A statement says something: state a value, a text, or both.")
    }
  }

  private mutating func checkValue(in database: borrowing Connection) throws(SQLiteError) {
    let value = document.text("value")
    let vocabulary: String? =
      switch document.text("topic") {
      case "policy_stage": "policy_stage"
      case "rpl_use": "rpl_use"
      case "trust": "trust_level"
      default: nil
      }
    if let vocabulary {
      guard let value else {
        inspection.refuseMissing("value", "This topic turns on a code of \(vocabulary).")
        return
      }
      if try Domain.vocabulary(vocabulary).code(value, in: database) == nil {
        inspection.refuse(
          "/value", try Domain.vocabulary(vocabulary).refusal(value, in: database))
      }
    } else if document.text("topic") == "stacking", let value, !["true", "false"].contains(value) {
      inspection.refuse("/value", "Whether credentials may be stacked is true or false.")
    } else if document.text("topic") == "credit" {
      checkHours()
    }
  }

  private mutating func checkHours() {
    let details = document["details"]
    let bounds = ["hours_per_credit_min", "hours_per_credit_max"].map { details?[$0]?.real }
    guard let least = bounds[0], let most = bounds[1], details?["system"] != nil else {
      return inspection.refuse(
        "/details", "Hours per credit have a system, hours_per_credit_min and hours_per_credit_max."
      )
    }
    if least > most {
      inspection.refuse("/details/hours_per_credit_max", "This is less than hours_per_credit_min.")
    }
  }

  /// A country has one stage of policy, and says one thing of a use of RPL: there the last word is found by itself.
  private mutating func findSuperseded(
    in database: borrowing Connection
  ) throws(RegistryError) {
    let named = document.text("supersedes")
    let topic = document.text("topic")
    guard named != nil || topic == "policy_stage" || topic == "rpl_use" else { return }
    let found = try told { () throws(SQLiteError) in
      try database.first(
        """
        SELECT id, superseded_by, country IS ?2 AND topic IS ?3, since FROM dated_statement
        WHERE id = ?1 OR (?1 IS NULL AND country IS ?2 AND topic IS ?3 AND until IS NULL
          AND (topic = 'policy_stage' OR value = ?4))
        ORDER BY since DESC LIMIT 1
        """, Value(named), Value(document.text("country")), Value(topic),
        Value(document.text("value"))
      ) { row in (row.text(0), row.optionalText(1), row.integer(2) == 1, row.optionalText(3)) }
    }
    guard let (id, later, isSame, since) = found else {
      if let named {
        inspection.refuse("/supersedes", "There is no statement \(quoted(named)).")
      }
      return
    }
    if let later { throw .conflict("The statement \(id) is superseded by \(later) already.") }
    if !isSame {
      inspection.refuse("/supersedes", "That statement is of another country or topic.")
    }
    if let since, let day = document.text("as_of"), day < since {
      inspection.refuse("/as_of", "What this supersedes is of \(since), which is later.")
    }
    document["supersedes"] = .string(id)
  }
}

extension JSONValue {
  /// A number as it counts, whole or not.
  var real: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }
}
