internal import JSON
internal import SQLite

extension Registry {
  /// Lends `visit` the credentials most like `id`, the most alike first, each with why.
  ///
  /// Some hundreds of candidates are compared exactly: the first that share all words of a title
  /// or of a learning outcome; where these are few, those that share a word of the title or a field of
  /// education.
  public func similar(
    to id: String, where conditions: [Query.Condition], fields: [Field], limit: Int,
    for viewer: Viewer = .anyone, visit: (borrowing Record, Likeness) -> Void
  ) throws(RegistryError) {
    let noun = Noun.credential
    try scan(noun, conditions, for: viewer) { (database, scan, _) throws(RegistryError) in
      let number = try item(noun, id, [], for: viewer, in: database) { $0.number }
      try told { () throws(SQLiteError) in
        guard let number, let this = try profile(number, in: database) else { return }
        var texts = TextLikeness()
        var candidates = Candidates()
        try database.choosing(scan.rows().words) { () throws(SQLiteError) in
          try candidates.find(this, &texts, in: database)
        }
        for field in this.fields where candidates.numbers.count < Candidates.enough {
          candidates.take(scan.having(field, as: "isced_f", for: viewer).rows(60, after: nil))
        }
        var found: [(number: Int64, likeness: Likeness)] = []
        for candidate in candidates.numbers where candidate != number {
          guard let that = try profile(candidate, in: database) else { continue }
          found.append((candidate, Likeness(of: this, and: that, &texts)))
        }
        found.sort { ($1.likeness.score, $0.number) < ($0.likeness.score, $1.number) }
        let sql: SQL =
          "SELECT" + (fields.map(\.column) + [noun.key]).joined(",") + "FROM" + noun.table
          + "WHERE number = ?"
        let members = Members(fields)
        for found in found.prefix(limit) where found.likeness.score > 0 {
          try database.each(sql, [.integer(found.number)]) { row in
            visit(Record(row: row.lent(), members: members, number: found.number), found.likeness)
          }
        }
      }
    }
  }

  private func profile(
    _ number: Int64, in database: borrowing Connection
  ) throws(SQLiteError) -> Profile? {
    try database.first(
      "SELECT" + Profile.columns.joined(",") + "FROM credential WHERE number = ?1", .integer(number)
    ) { row in Profile(row, from: 0) }
  }
}

/// Credentials that may be like one, by what the indexes find at once.
private struct Candidates {
  /// With so many, no more are looked for.
  static let enough = 60
  private(set) var numbers: Set<Int64> = []

  mutating func find(
    _ this: Profile, _ texts: inout TextLikeness, in database: borrowing Connection
  ) throws(SQLiteError) {
    let titles = this.titles.map { texts.words(in: $0) }.filter { !$0.isEmpty }
    let outcomes = this.outcomes.prefix(5).flatMap(\.texts).map { texts.words(in: $0) }
      .filter { !$0.isEmpty }
    for title in titles.prefix(5) {
      try take(150, "credential_title", all(title), in: database)
    }
    for outcome in outcomes.prefix(5) {
      try take(30, "credential_text", "learning_outcomes : (\(all(outcome)))", in: database)
    }
    for word in Set(titles.joined()).sorted() where numbers.count < Self.enough {
      try take(30, "credential_title", all([word]), in: database)
    }
  }

  mutating func take(_ others: [Int64]) { numbers.formUnion(others) }

  /// Words are letters and digits, so none has a quote in it.
  private func all(_ words: [String]) -> String {
    words.prefix(16).map { "\"\($0)\"" }.joined(separator: " ")
  }

  private mutating func take(
    _ limit: Int, _ table: SQL, _ expression: String, in database: borrowing Connection
  ) throws(SQLiteError) {
    try database.each(
      "SELECT rowid FROM" + table + "WHERE" + table + "MATCH ? AND chosen(rowid) LIMIT ?",
      [.text(expression), .integer(Int64(limit))]
    ) { row in numbers.insert(row.integer(0)) }
  }
}
