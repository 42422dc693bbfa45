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
        let columns =
          statement.columns + [
            ("id", .text(id)), ("verified", 1), ("recorded_at", .integer(now)),
            ("source", .text(source)), ("locator", statement.locator),
          ]
        try database.run(
          "INSERT INTO statement (" + columns.map(\.column).joined(",") + ") VALUES ("
            + .placeholders(columns.count) + ")", with: columns.map(\.value))
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
