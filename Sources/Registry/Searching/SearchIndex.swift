internal import SQLite

/// Where the words of a noun's rows are: FTS5 tables whose rowid is the noun's key.
///
/// They are filled by the transaction that writes the row, from a view that tells a row's words.
struct SearchIndex: Sendable {
  /// The weightiest words, alone in a table.
  let titles: SQL
  /// All words, column by column, the weightiest first; nil where titles are all there is.
  let texts: SQL?
  /// The columns of `texts`, or else of `titles`, as highlights call them.
  let columns: [String]
  /// The fts5vocab table of every word where it stands.
  let words: SQL
  /// fts5vocab tables of what "did you mean" chooses from.
  let vocabularies: [SQL]
  /// Tells the words of the row ?1, in the order of `columns`.
  let told: SQL
  /// Takes them in: ?1 is the row, and from ?2 on are the first so many columns.
  let fill: [(sql: SQL, columns: Int)]
  /// Answers a row where the words of the row ?1 aren't those that the index has of it.
  let differs: SQL
  /// Takes the row ?1 out; before `fill`, if it was in.
  let empty: [SQL]

  /// Where every word is.
  var all: SQL { texts ?? titles }

  static let provider = SearchIndex(
    titles: "provider_text", texts: nil, columns: ["name"], words: "provider_word",
    vocabularies: ["provider_vocabulary"],
    told: "SELECT name FROM provider_words WHERE number = ?1",
    fill: [("INSERT INTO provider_text (rowid, name) VALUES (?1, ?2)", 1)],
    differs: """
      SELECT 1 FROM provider_words AS now LEFT JOIN provider_text AS kept ON kept.rowid = now.number
      WHERE now.number = ?1 AND now.name IS NOT kept.name
      """,
    empty: ["DELETE FROM provider_text WHERE rowid = ?1"])

  static let credential = SearchIndex(
    titles: "credential_title", texts: "credential_text",
    columns: ["title", "provider", "learning_outcomes", "description"],
    words: "credential_word", vocabularies: ["credential_vocabulary", "provider_vocabulary"],
    told: """
      SELECT title, provider, learning_outcomes, description FROM credential_words WHERE number = ?1
      """,
    fill: [
      (
        """
        INSERT INTO credential_text (rowid, title, provider, learning_outcomes, description)
        VALUES (?1, ?2, ?3, ?4, ?5)
        """, 4
      ), ("INSERT INTO credential_title (rowid, title) VALUES (?1, ?2)", 1),
    ],
    differs: """
      SELECT 1 FROM credential_words AS now LEFT JOIN credential_text AS kept ON kept.rowid = now.number
      WHERE now.number = ?1 AND NOT (now.title IS kept.title AND now.provider IS kept.provider
        AND now.learning_outcomes IS kept.learning_outcomes AND now.description IS kept.description)
      """,
    // The titles first: what is taken out of them is read from the texts.
    empty: [
      "DELETE FROM credential_title WHERE rowid = ?1",
      "DELETE FROM credential_text WHERE rowid = ?1",
    ])

  /// True where the index doesn't have the words that the row has.
  func isStale(_ number: Int64, _ database: borrowing Connection) throws(SQLiteError) -> Bool {
    try database.first(differs, .integer(number)) { _ in true } ?? false
  }

  /// Writes the words of a row anew.
  func refill(_ number: Int64, _ database: borrowing Connection) throws(SQLiteError) {
    for sql in empty { try database.run(sql, .integer(number)) }
    let words = try database.first(told, .integer(number)) { row in
      columns.indices.map { row.value($0) }
    }
    guard let words else { return }
    // By VALUES: an INSERT from a SELECT has a savepoint, at which FTS5 writes out all that it holds, and a
    // row of many takes a millisecond instead of some microseconds.
    for (sql, count) in fill {
      try database.run(sql, with: [.integer(number)] + words.prefix(count))
    }
  }
}

/// Between the texts of one column.
let textSeparator: Unicode.Scalar = "\u{1E}"
