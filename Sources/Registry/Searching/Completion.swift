internal import SQLite

extension SearchText {
  /// What it may become: more words than this are left to FTS5.
  private static let mostCompletions = 32

  /// The same in FTS5's words, each prefix of four letters or more as the words that it begins.
  ///
  /// FTS5 has shorter prefixes in indexes of their own. A longer one it makes into a list of all rows that
  /// have such a word before it tells the first of them; of words it tells the first at once.
  func expression(
    completedBy words: SQL, _ database: borrowing Connection
  ) throws(SQLiteError) -> String {
    guard !terms.isEmpty else { return expression }
    var parts: [String] = []
    for term in terms {
      let known = try term.completions(among: words, most: Self.mostCompletions, database)
      parts.append(known.map { "(" + $0.joined(separator: " OR ") + ")" } ?? term.expression)
    }
    return parts.joined(separator: " AND ")
  }
}

extension SearchText.Term {
  /// The words that it begins, in quotes; nil where it isn't such a prefix, or begins none, or too many.
  fileprivate func completions(
    among words: SQL, most: Int, _ database: borrowing Connection
  ) throws(SQLiteError) -> [String]? {
    // How FTS5 folds other letters is its own affair.
    let start = text.lowercased()
    guard isPrefix, (4...64).contains(start.utf8.count),
      start.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) })
    else { return nil }
    var known: [String] = []
    var next = start
    while known.count <= most {
      let word = try database.first(
        "SELECT term FROM" + words + "WHERE term >= ?1 LIMIT 1", .text(next)
      ) { row in row.text(0) }
      guard let word, word.hasPrefix(start) else { break }
      known.append("\"\(word)\"")
      // Behind the word and all that is the same, before any that is longer.
      next = word + "\u{1}"
    }
    return known.isEmpty || known.count > most ? nil : known
  }
}
