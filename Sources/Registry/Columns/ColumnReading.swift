internal import SQLite

extension Registry {
  /// Lends `work` a scan of the rows of `noun` that the conditions leave, and the connection, both at one
  /// moment of the registry.
  func scan<T: Sendable>(
    _ noun: Noun, _ conditions: [Query.Condition], for viewer: Viewer,
    _ work: (borrowing Connection, Scan, Conditions) throws(RegistryError) -> T
  ) throws(RegistryError) -> T {
    try readColumns { (database) throws(RegistryError) in
      let conditions = try Conditions(conditions, on: noun, for: viewer, in: database)
      guard let scan = try scan(noun, conditions, for: viewer, in: database) else { return nil }
      return try work(database, scan, conditions)
    }
  }

  /// Runs `work` at one moment of the registry; it returns nil where the columns of this moment aren't there.
  func readColumns<T: Sendable>(
    _ work: (borrowing Connection) throws(RegistryError) -> T?
  ) throws(RegistryError) -> T {
    // The columns are loaded at the first question, and again when another process has written. The
    // second try finds them, unless that process writes on.
    for _ in 0..<3 {
      if let result = try readMoment(work) { return result }
      try loadColumns()
    }
    throw .unavailable("Another process writes to the database without a pause.")
  }

  /// Brings the columns into memory; else the first question does.
  public func loadColumns() throws(RegistryError) { try writer.loadColumns() }

  /// The scan at this moment; nil where its columns aren't there.
  func scan(
    _ noun: Noun, _ conditions: Conditions, for viewer: Viewer, in database: borrowing Connection
  ) throws(RegistryError) -> Scan? {
    try told { () throws(SQLiteError) in
      guard ColumnStore.follows(noun) else {
        // A noun with few rows is read for each question, those alone that have the texts asked for.
        let rest = conditions.parts.filter { $0.found != nil }
        var columns = Columns(ColumnLayout(noun))
        var reader = ColumnReader(noun, for: columns, try EQFLinks(database))
        try reader.readAll(where: rest.sql, rest.flatMap(\.values), into: &columns, database)
        let asked = conditions.parts.filter { $0.found == nil }.compactMap(\.asked)
        return Scan(
          columns: columns, tests: columns.tests(asked.map { ($0, nil) }, for: viewer, of: noun),
          passing: KeptTests(), matches: KeptMatches())
      }
      guard let version = try writer.columns.version(in: database),
        let columns = version.tables[noun.name], let passing = version.passing[noun.name]
      else { return nil }
      var asked: [(Query.Condition, RowSet?)] = []
      for part in conditions.parts {
        guard let condition = part.asked else { continue }
        var rows: RowSet?
        switch part.found {
        case nil: break
        case .texts(let sql, let values):
          var numbers = RowSet()
          try database.each(sql, values) { row in numbers.insert(row.integer(0)) }
          rows = numbers
        case .words(let question): rows = try version.matches.allRows(question, in: database)
        }
        asked.append((condition, rows))
      }
      return Scan(
        columns: columns, tests: columns.tests(asked, for: viewer, of: noun), passing: passing,
        matches: version.matches)
    }
  }
}
