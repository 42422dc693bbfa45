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
      var found = FoundTitles()
      try told { () throws(SQLiteError) in
        let expression = try typed.expression(completedBy: index.words, database)
        try database.choosing(scan.rows().words) { () throws(SQLiteError) in
          try database.each(sql, [.text(expression)]) { row in
            found.add(row.text(0), standing: row.integer(1))
          }
        }
      }
      return found.suggestions(for: typed, limit)
    }
  }
}

/// Titles that match what was typed, and the words in them that it may become.
private struct FoundTitles {
  /// Columns of titles as they were found, marks and all; many rows have the same.
  private var found: [(column: String, count: Int, standing: Int64)] = []
  private var places: [String: Int] = [:]

  mutating func add(_ column: String, standing: Int64) {
    if let place = places[column] {
      found[place].count += 1
    } else {
      places[column] = found.count
      found.append((column, 1, standing))
    }
  }

  func suggestions(for typed: SearchText, _ limit: Int) -> [Suggestion] {
    var words: [String: Int] = [:]
    var titles: [String: (count: Int, first: Int64)] = [:]
    let last = typed.terms[typed.terms.count - 1].text.lowercased()
    for (column, count, standing) in found {
      guard let text = MarkedText.first(in: column) else { continue }
      titles[text.plain, default: (0, standing >> 20)].count += count
      for word in Set(text.marked.map { $0.lowercased() })
      where typed.terms.count == 1 || word.hasPrefix(last) {
        words[word, default: 0] += count
      }
    }
    let known = typed.terms.map(\.text).joined(separator: " ").lowercased()
    let begun = typed.terms.dropLast().map(\.text)
    let completed = words.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { word, count in
      Suggestion(text: (begun + [word]).joined(separator: " "), kind: .word, count: count)
    }.filter { $0.text.lowercased() != known }
    let whole = titles.sorted {
      ($0.value.first, $1.value.count, $0.key) < ($1.value.first, $0.value.count, $1.key)
    }.map { Suggestion(text: $0.key, kind: .title, count: $0.value.count) }
    let some = Array(completed.prefix(max(1, limit / 3)))
    return some + whole.prefix(limit - some.count)
  }
}
