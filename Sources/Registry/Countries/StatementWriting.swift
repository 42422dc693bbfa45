public import JSON
internal import SQLite

extension Registry {
  /// Stores what a source says of a country; what it supersedes stays, and says until when it held.
  public func state(
    _ body: JSONValue, _ language: String, by author: Key, once: IdempotencyKey?
  ) throws(RegistryError) -> Written {
    try write { (database) throws(RegistryError) in
      if let once, let written = try earlier(once, author, in: database) { return written }
      let today = String(environment.now().text.prefix(10))
      let statement = try StatementDraft(
        checking: body, language, author, today: today, in: database)
      let id = environment.newID()
      let now = environment.now().milliseconds
      try told { () throws(SQLiteError) in
        let source = try statement.source(newID: environment.newID, in: database)
        let number = try nextStatementNumber(in: database)
        let columns =
          statement.columns + [
            ("id", .text(id)), ("number", .integer(number)), ("verified", 1),
            ("recorded_at", .integer(now)),
            ("source", .text(source)), ("locator", statement.locator),
          ]
        let before = try superseded(by: statement, in: database)
        try database.run(
          "INSERT INTO statement (" + columns.map(\.column).joined(",") + ") VALUES ("
            + .placeholders(columns.count) + ")", with: columns.map(\.value))
        if let before {
          try recordSuperseded(before.number, before.members, by: author, at: now, in: database)
        }
        try recordCreation(of: .statement, number, by: author, at: now, in: database)
        try noteUse(of: author, at: now, in: database)
      }
      let stored = try item(.statement, id, nil, for: .admin, in: database) { record in
        var json = JSONWriter()
        record.write(to: &json)
        return json.bytes
      }
      let written = Written(slug: id, version: 1, body: stored, isRepeated: false)
      if let once { try remember(once, author, written, in: database) }
      return written
    }
  }
}

/// What `statement` is about to supersede.
private func superseded(
  by statement: StatementDraft, in database: borrowing Connection
) throws(SQLiteError) -> (number: Int64, members: JSONValue)? {
  guard let id = statement.superseded,
    let number = try statementNumber(id, in: database)
  else { return nil }
  return (number, try members(of: .statement, number, in: database))
}

private func recordSuperseded(
  _ number: Int64, _ before: JSONValue, by author: Key, at now: Int64,
  in database: borrowing Connection
) throws(SQLiteError) {
  try database.run(
    "UPDATE statement SET version = version + 1 WHERE number = ?1", .integer(number))
  try recordChange(
    .patch, of: .statement, number, from: before,
    to: try members(of: .statement, number, in: database), by: author, at: now, in: database)
}

func statementNumber(
  _ id: String, in database: borrowing Connection
) throws(SQLiteError) -> Int64? {
  try database.first("SELECT number FROM statement WHERE id = ?1", .text(id)) { $0.integer(0) }
}

/// The number of a statement that is about to be stored.
func nextStatementNumber(in database: borrowing Connection) throws(SQLiteError) -> Int64 {
  try database.first("SELECT coalesce(max(number), 0) + 1 FROM statement") { $0.integer(0) } ?? 1
}
