internal import SQLite

/// What a question asks of words: all its `q=` together.
struct SearchWords {
  let index: SearchIndex
  let text: SearchText
  /// In FTS5's words.
  let expression: String
  /// The parameter that asks for them.
  let parameter: String

  /// Nil where the question has no words.
  init?(
    _ conditions: [Query.Condition], in database: borrowing Connection
  ) throws(RegistryError) {
    var typed: [String] = []
    var found: (index: SearchIndex, parameter: String)?
    for condition in conditions {
      guard case .words(let index) = condition.field.filter else { continue }
      found = (index, condition.field.parameter)
      for case .value(let text) in condition.alternatives { typed.append(text) }
    }
    guard let found else { return nil }
    (index, parameter) = found
    let text = SearchText(typed.joined(separator: " "))
    self.text = text
    expression = try told { () throws(SQLiteError) in
      try text.expression(completedBy: found.index.words, database)
    }
  }
}

extension Registry {
  /// The page of a search, the best first.
  func search(
    _ noun: Noun, _ query: Query, for viewer: Viewer, while hasRoom: () -> Bool,
    visit: (borrowing Record) -> Void
  ) throws(RegistryError) -> PageEnd {
    let place = try query.cursor.map { (text) throws(RegistryError) in
      try Search.Place(cursor: text)
    }
    // Who counts reads all that match; for a page the words are asked of what the filters leave.
    let counts = query.counts || !query.facets.isEmpty
    let conditions = counts ? query.conditions : query.conditions.filter { !$0.field.takesWords }
    return try scan(noun, conditions, for: viewer) {
      (database, scan, conditions) throws(RegistryError) in
      guard let words = try SearchWords(query.conditions, in: database) else { return PageEnd() }
      let rows = scan.rows()
      var end = try told { () throws(SQLiteError) in
        try page(
          noun, query, words, scan, rows, after: place, in: database, while: hasRoom, visit: visit)
      }
      if query.counts { end.total = rows.count }
      end.facets = scan.facets(query, conditions)
      return end
    }
  }

  private func page(
    _ noun: Noun, _ query: Query, _ words: SearchWords, _ scan: Scan, _ chosen: RowSet,
    after place: Search.Place?,
    in database: borrowing Connection, while hasRoom: () -> Bool,
    visit: (borrowing Record) -> Void
  ) throws(SQLiteError) -> PageEnd {
    let search = Search(
      index: words.index, expression: words.expression, isWide: words.text.isWide, chosen: chosen,
      kept: scan.matches)
    // One more than the page holds says whether there is a next one.
    let rows = try search.rows(after: place, limit: query.limit + 1, in: database)
    var page = rows.prefix(query.limit)
    let members = Members(query.fields)
    for (index, row) in page.enumerated() {
      try show(row.number, members, of: noun, query, words, in: database, visit: visit)
      guard hasRoom() else {
        page = page.prefix(index + 1)
        break
      }
    }
    var end = PageEnd(next: rows.count > page.count ? page.last?.cursor : nil)
    if rows.isEmpty, place == nil {
      end.didYouMean = try words.corrected(among: scan, in: database)
    }
    return end
  }

  private func show(
    _ number: Int64, _ members: Members, of noun: Noun, _ query: Query, _ words: SearchWords,
    in database: borrowing Connection, visit: (borrowing Record) -> Void
  ) throws(SQLiteError) {
    let highlights =
      query.highlights ? try words.highlights(in: number, database) : nil
    let sql: SQL =
      "SELECT" + query.fields.map(\.column).joined(",") + "FROM" + noun.table + "WHERE" + noun.key
      + "= ?"
    try database.each(sql, [.integer(number)]) { row in
      visit(Record(row: row.lent(), members: members, number: number, highlights: highlights))
    }
  }
}
