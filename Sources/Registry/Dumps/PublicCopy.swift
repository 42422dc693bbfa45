internal import SQLite

extension Registry {
  /// Writes what everyone may see, as it stands at one moment, into a new file that is a registry by itself; says up
  /// to which place in the feed it tells.
  ///
  /// Rows are taken over one by one: what isn't for everyone never is in the file, so no page of it has to be wiped.
  /// Nobody waits for it. It reads its moment of the log for as long as the taking lasts, and then only its own file.
  public func copyPublic(to path: String) throws(RegistryError) -> FeedPlace {
    let copy: Connection
    do throws(SQLiteError) { copy = try Connection(path: path) } catch {
      throw RegistryError(error)
    }
    try bringUpToDate(copy)
    do throws(SQLiteError) { return try copy.fill(from: self.path) } catch {
      throw RegistryError(error)
    }
  }

  /// Lends `visit` every item of a noun with all its members, in the order of its key.
  public func each(
    _ noun: Noun, visit: (borrowing Record) throws(RegistryError) -> Void
  ) throws(RegistryError) {
    let sql: SQL =
      "SELECT" + noun.members.map(\.column).joined(",") + "FROM" + noun.table + "ORDER BY"
      + noun.key
    try read { (database) throws(RegistryError) in
      var failure: RegistryError?
      try told { () throws(SQLiteError) in
        try database.walk(sql, []) { row in
          do throws(RegistryError) {
            try visit(Record(row: row.lent(), members: noun.shown))
          } catch {
            failure = error
          }
          return failure == nil
        }
      }
      if let failure { throw failure }
    }
  }
}

extension Connection {
  fileprivate borrowing func fill(from path: String) throws(SQLiteError) -> FeedPlace {
    // A copy that isn't finished is nobody's to read, so nothing of it need be undone or last.
    _ = try first("PRAGMA journal_mode = MEMORY") { row in row.text(0) }
    try run("PRAGMA synchronous = OFF")
    try run("PRAGMA cache_size = -65536")
    let indexes = try dropIndexes()
    try run("ATTACH ?1 AS live", .text(path))
    let place = try takeRows()
    try run("DETACH live")
    // Made of all rows at once: sorted, and not searched row by row.
    for index in indexes { try script(index) }
    for sql in searchFillings { try run(sql) }
    return place
  }

  /// What would make them again.
  fileprivate borrowing func dropIndexes() throws(SQLiteError) -> [String] {
    let indexes = try all(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
    ) { row in (name: row.text(0), sql: row.text(1)) }
    for index in indexes { try script("DROP INDEX \(index.name)") }
    return indexes.map(\.sql)
  }

  fileprivate borrowing func takeRows() throws(SQLiteError) -> FeedPlace {
    try run("BEGIN")
    // It is the registry's feed, and not one of its own.
    try run("DELETE FROM main.feed")
    for table in publicTables {
      let columns = try all(
        "SELECT name FROM pragma_table_xinfo(?1) WHERE hidden = 0", .text(table.name)
      ) { row in row.text(0) }
      let values = columns.map { table.instead[$0] ?? "each.\($0)" }
      // The names are those of the schema's tables and columns, and the rest is written down below.
      try script(
        """
        INSERT INTO main.\(table.name) (\(columns.joined(separator: ", ")))
        SELECT \(values.joined(separator: ", ")) FROM live.\(table.name) AS each \(table.rows)
        """)
    }
    let place = FeedPlace(try newestChange(of: "live.change"), of: try feed())
    try run("COMMIT")
    return place
  }
}

/// As the migrations fill them, of the rows that are there.
private let searchFillings: [SQL] = [
  "INSERT INTO provider_text (rowid, name) SELECT number, name FROM provider_words",
  """
  INSERT INTO credential_text (rowid, title, provider, learning_outcomes, description)
  SELECT number, title, provider, learning_outcomes, description FROM credential_words
  """,
  "INSERT INTO credential_title (rowid, title) SELECT rowid, title FROM credential_text",
]
