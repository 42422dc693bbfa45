internal import SQLite

/// What someone who types may want to type in full.
public struct Suggestion: Sendable, Equatable {
  public enum Kind: String, Sendable { case word, title }

  /// To put in the place of what was typed.
  public let text: String
  public let kind: Kind
  /// How many of the first 500 titles that match have it.
  public let count: Int
}

extension Registry {
  /// Words that what was typed may become, then titles that have it, those that begin with it first.
  ///
  /// They come from the first 500 titles that match, so that a letter costs no more than a rare word.
  public func suggestions(
    _ noun: Noun, typing text: String, limit: Int
  ) throws(RegistryError) -> [Suggestion] {
    let field = noun.fields.first(where: \.takesWords)
    guard let field, case .words(let index) = field.filter else { return [] }
    let typed = SearchText(typing: text)
    guard !typed.terms.isEmpty else { return [] }
    return try scan(noun, [], for: .anyone) { (database, scan, _) throws(RegistryError) in
      let table = index.titles
      let sql: SQL =
        "SELECT highlight(" + table + ", 0, char(2), char(3)), standing(" + table + ") FROM" + table
        + "WHERE" + table + "MATCH ? AND chosen(rowid) LIMIT 500"
      var found = FoundTitles(typed)
      try told { () throws(SQLiteError) in
        let expression = try typed.expression(completedBy: index.words, database)
        try database.choosing(scan.rows().words) { () throws(SQLiteError) in
          try database.each(sql, [.text(expression)]) { row in
            guard let text = MarkedText.first(in: row.text(0)) else { return }
            found.add(text, standing: row.integer(1))
          }
        }
      }
      return found.suggestions(limit)
    }
  }
}

/// Titles that match what was typed, and the words in them that it may become.
private struct FoundTitles {
  private let typed: SearchText
  private var words: [String: Int] = [:]
  private var titles: [String: (count: Int, first: Int64)] = [:]

  init(_ typed: SearchText) { self.typed = typed }

  mutating func add(_ text: MarkedText, standing: Int64) {
    titles[text.plain, default: (0, standing >> 20)].count += 1
    let last = typed.terms[typed.terms.count - 1].text.lowercased()
    let marked = Set(text.marked.map { $0.lowercased() })
    for word in marked where typed.terms.count == 1 || word.hasPrefix(last) {
      words[word, default: 0] += 1
    }
  }

  func suggestions(_ limit: Int) -> [Suggestion] {
    let known = typed.terms.map(\.text).joined(separator: " ").lowercased()
    let begun = typed.terms.dropLast().map(\.text)
    let words = words.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { word, count in
      Suggestion(text: (begun + [word]).joined(separator: " "), kind: .word, count: count)
    }.filter { $0.text.lowercased() != known }
    let titles = titles.sorted {
      ($0.value.first, $1.value.count, $0.key) < ($1.value.first, $0.value.count, $1.key)
    }.map { Suggestion(text: $0.key, kind: .title, count: $0.value.count) }
    let some = Array(words.prefix(max(1, limit / 3)))
    return some + titles.prefix(limit - some.count)
  }
}
