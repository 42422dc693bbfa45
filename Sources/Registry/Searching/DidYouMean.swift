internal import SQLite

extension SearchWords {
  /// What was probably meant, where the same question finds something with it; nil otherwise.
  ///
  /// Words that occur nowhere give way to the nearest word of titles and of providers' names.
  func corrected(
    among scan: Scan, in database: borrowing Connection
  ) throws(SQLiteError) -> String? {
    var corrected = text
    for (place, term) in text.terms.enumerated() where try !occurs(term, in: database) {
      let known = try vocabulary(near: term.text, in: database)
      guard let word = nearest(to: term.text, among: known) else { return nil }
      corrected.replace(place, with: word)
    }
    guard corrected != text else { return nil }
    let again = Search(
      index: index, expression: corrected.expression, isWide: corrected.isWide,
      chosen: scan.rows(except: parameter), kept: scan.matches)
    return try again.rows(after: nil, limit: 1, in: database).isEmpty ? nil : corrected.typed
  }

  private func occurs(
    _ term: SearchText.Term, in database: borrowing Connection
  ) throws(SQLiteError) -> Bool {
    try database.first(
      "SELECT 1 FROM" + index.all + "WHERE" + index.all + "MATCH ?1 LIMIT 1",
      .text(term.expression)
    ) { _ in true } ?? false
  }

  /// The words that begin as `word` does, the usual ones first.
  ///
  /// Or that begin with its second letter, should the first two have changed places. To read all words
  /// would take as long as to read all rows.
  private func vocabulary(
    near word: String, in database: borrowing Connection
  ) throws(SQLiteError) -> [String] {
    var words: [(text: String, rows: Int64)] = []
    for letter in Set(word.lowercased().prefix(2)) {
      for vocabulary in index.vocabularies {
        words += try database.all(
          "SELECT term, doc FROM" + vocabulary + "WHERE term >= ?1 AND term < ?2",
          .text(String(letter)), .text("\(letter)\u{10FFFF}")
        ) { row in (row.text(0), row.integer(1)) }
      }
    }
    return words.sorted { ($1.rows, $0.text) < ($0.rows, $1.text) }.map(\.text)
  }
}

extension Scan {
  /// The rows that the tests of all other members leave.
  fileprivate func rows(except member: String) -> RowSet {
    let others = tests.filter { $0.member != member }
    return Scan(columns: columns, tests: others, passing: passing, matches: matches).rows()
  }
}
