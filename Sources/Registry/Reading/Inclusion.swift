internal import JSON
internal import SQLite

/// Items of another noun that a noun's items name, which an answer may carry along.
public struct Relation: Sendable {
  /// As `include` has it: the member that names them.
  public let name: String
  /// What an answer calls them all.
  public let plural: String
  let noun: @Sendable () -> Noun
  /// The column that items are named by.
  let key: SQL
  /// What the rows whose numbers are the JSON array ? name.
  let named: SQL

  public var related: Noun { noun() }
}

/// What an answer is to carry along, and which members of it.
public struct Inclusion: Sendable {
  public let relation: Relation
  public let fields: [Field]

  public init(_ relation: Relation, _ fields: [Field]) {
    self.relation = relation
    self.fields = fields
  }
}

extension Relation {
  static let ofCredentials = [
    Relation(
      name: "provider", plural: "providers", noun: { .provider }, key: "slug",
      named: "SELECT provider FROM credential WHERE number IN (SELECT value FROM json_each(?))"),
    Relation(
      name: "awarding_bodies", plural: "providers", noun: { .provider }, key: "slug",
      named: """
        SELECT body.value ->> '$.provider' FROM credential, json_each(awarding_bodies) AS body
        WHERE number IN (SELECT value FROM json_each(?))
        """),
    Relation(
      name: "countries", plural: "countries", noun: { .country }, key: "code",
      named: """
        SELECT country.value FROM credential, json_each(countries) AS country
        WHERE number IN (SELECT value FROM json_each(?))
        """),
    Relation(
      name: "levels", plural: "levels", noun: { .level }, key: "code",
      named: """
        SELECT (level.value ->> '$.framework') || '-' || (level.value ->> '$.level')
        FROM credential, json_each(levels) AS level
        WHERE number IN (SELECT value FROM json_each(?))
        """),
  ]

  static let ofProviders = [
    Relation(
      name: "country", plural: "countries", noun: { .country }, key: "code",
      named: "SELECT country FROM provider WHERE number IN (SELECT value FROM json_each(?))")
  ]
}

extension Registry {
  /// Lends `visit` each item that the rows with these numbers name, once, with the code that names it:
  /// one query, however many rows.
  public func included(
    _ inclusion: Inclusion, in numbers: [Int64], visit: (String, borrowing Record) -> Void
  ) throws(RegistryError) {
    let relation = inclusion.relation
    let noun = relation.related
    let sql: SQL =
      "SELECT" + (inclusion.fields.map(\.column) + [relation.key]).joined(",") + "FROM" + noun.table
      + "WHERE" + relation.key + "IN (" + relation.named + ") ORDER BY" + relation.key
    let members = Members(inclusion.fields)
    let list = JSONValue.array(numbers.map(JSONValue.integer)).text
    try read { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.each(sql, [.text(list)]) { row in
          visit(row.text(inclusion.fields.count), Record(row: row.lent(), members: members))
        }
      }
    }
  }
}
