internal import JSON
internal import SQLite

/// Where the words of a noun's rows are: FTS5 tables whose rowid is the noun's key.
///
/// They are filled at the end of the transaction that writes the rows, from a view that tells a row's words.
final class SearchIndex: Sendable {
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
  /// Takes in the words of the rows whose numbers are the JSON array ?1.
  let fill: [SQL]
  /// Take in words as they are.
  let add: [Filling]
  /// Packs the words of a row that is being made, in the order of `columns`; the view tells the same once it is
  /// there.
  let pack:
    @Sendable (Document, inout PackedValues, borrowing Connection) throws(SQLiteError) -> Void
  /// Answers a row where the words of the row ?1 aren't those that the index has of it.
  let differs: SQL
  /// Takes these rows out; before `fill`, if they were in.
  let empty: [SQL]

  private init(
    titles: SQL, texts: SQL?, columns: [String], words: SQL, vocabularies: [SQL], fill: [SQL],
    add: [Filling],
    pack:
      @escaping @Sendable (Document, inout PackedValues, borrowing Connection) throws(SQLiteError)
      -> Void,
    differs: SQL, empty: [SQL]
  ) {
    self.titles = titles
    self.texts = texts
    self.columns = columns
    self.words = words
    self.vocabularies = vocabularies
    self.fill = fill
    self.add = add
    self.pack = pack
    self.differs = differs
    self.empty = empty
  }

  /// Takes the first so many columns of a new row into a table.
  struct Filling: Sendable {
    let columns: Int
    /// The row is the last parameter.
    let insert: SQL
    let insertLent: SQL

    init(_ columns: Int, of table: SQL, _ names: SQL) {
      self.columns = columns
      let into = "INSERT INTO" + table + "(" + names + ", rowid)"
      insert = into + "VALUES (" + .placeholders(columns + 1) + ")"
      insertLent = into + "SELECT" + .lent(columns) + ", own FROM lent"
    }
  }

  /// Where every word is.
  var all: SQL { texts ?? titles }

  static let provider = SearchIndex(
    titles: "provider_text", texts: nil, columns: ["name"], words: "provider_word",
    vocabularies: ["provider_vocabulary"],
    fill: [
      """
      INSERT INTO provider_text (rowid, name)
      SELECT number, name FROM provider_words WHERE number IN (SELECT value FROM json_each(?1))
      """
    ],
    add: [Filling(1, of: "provider_text", "name")],
    pack: { (document, values, _) throws(SQLiteError) in
      values.append(words: languageTexts(document["name"]))
    },
    differs: """
      SELECT 1 FROM provider_words AS now LEFT JOIN provider_text AS kept ON kept.rowid = now.number
      WHERE now.number = ?1 AND now.name IS NOT kept.name
      """,
    empty: ["DELETE FROM provider_text WHERE rowid IN (SELECT value FROM json_each(?1))"])

  static let credential = SearchIndex(
    titles: "credential_title", texts: "credential_text",
    columns: ["title", "provider", "learning_outcomes", "description"],
    words: "credential_word", vocabularies: ["credential_vocabulary", "provider_vocabulary"],
    fill: [
      """
      INSERT INTO credential_text (rowid, title, provider, learning_outcomes, description)
      SELECT number, title, provider, learning_outcomes, description FROM credential_words
      WHERE number IN (SELECT value FROM json_each(?1))
      """,
      """
      INSERT INTO credential_title (rowid, title)
      SELECT number, title FROM credential_words WHERE number IN (SELECT value FROM json_each(?1))
      """,
    ],
    add: [
      Filling(4, of: "credential_text", "title, provider, learning_outcomes, description"),
      Filling(1, of: "credential_title", "title"),
    ],
    pack: { (document, values, database) throws(SQLiteError) in
      values.append(words: languageTexts(document["title"]))
      values.append(words: try providerTexts(document, database))
      values.append(
        words: document.items("learning_outcomes").flatMap { languageTexts($0["text"]) })
      values.append(words: languageTexts(document["description"]))
    },
    differs: """
      SELECT 1 FROM credential_words AS now LEFT JOIN credential_text AS kept ON kept.rowid = now.number
      WHERE now.number = ?1 AND NOT (now.title IS kept.title AND now.provider IS kept.provider
        AND now.learning_outcomes IS kept.learning_outcomes AND now.description IS kept.description)
      """,
    // The titles first: what is taken out of them is read from the texts.
    empty: [
      "DELETE FROM credential_title WHERE rowid IN (SELECT value FROM json_each(?1))",
      "DELETE FROM credential_text WHERE rowid IN (SELECT value FROM json_each(?1))",
    ])

  /// True where the index doesn't have the words that the row has.
  func isStale(_ number: Int64, _ database: borrowing Connection) throws(SQLiteError) -> Bool {
    try database.first(differs, .integer(number)) { _ in true } ?? false
  }

  /// Takes in the words of a new row, which `pack` packed.
  func add(
    _ values: PackedValues, _ range: Range<Int>, of number: Int64, _ database: borrowing Connection
  ) throws(SQLiteError) {
    for filling in add {
      let columns = range.lowerBound..<range.lowerBound + filling.columns
      try database.run(filling.insert, values, columns, .integer(number))
    }
  }

  /// The same of many rows, whose own values are their numbers: they become pieces of their own, which are put
  /// together when fewer come (`mergeWords`).
  func addLent(
    _ rows: [PackedRow], _ database: borrowing Connection
  ) throws(SQLiteError) {
    for filling in add { try database.run(filling.insertLent, lending: rows) }
    // FTS5 writes out what it holds at a savepoint.
    try database.savepoint()
    try database.releaseSavepoint()
  }

  /// Takes in the words of rows that were written.
  ///
  /// Those that the view tells come by one statement for each table: at the end of one that reads as it
  /// writes, FTS5 writes out all that it holds.
  func follow(
    _ rows: (all: [Int64], new: Set<Int64>), _ database: borrowing Connection
  ) throws(SQLiteError) {
    var old: [Int64] = []
    for number in rows.all where !rows.new.contains(number) {
      if try isStale(number, database) { old.append(number) }
    }
    for sql in empty where !old.isEmpty { try database.run(sql, .text(list(old))) }
    let filled = rows.new.sorted() + old
    for sql in fill where !filled.isEmpty { try database.run(sql, .text(list(filled))) }
  }
}

private func languageTexts(_ map: JSONValue?) -> [String] {
  guard case .object(let members)? = map else { return [] }
  return members.compactMap(\.value.string)
}

/// The names of whoever offers or awards it, each once, in the order of their bytes.
private func providerTexts(
  _ document: Document, _ database: borrowing Connection
) throws(SQLiteError) -> [String] {
  let bodies = document.items("awarding_bodies")
  var slugs = [document.text("provider")].compactMap { $0 }
  for case let slug? in bodies.map({ $0["provider"]?.string }) where !slugs.contains(slug) {
    slugs.append(slug)
  }
  var texts = bodies.flatMap { languageTexts($0["name"]) }
  for slug in slugs {
    // Each once and in order by itself, so that the names of one need nothing more.
    guard let names = try Domain.providerNames.code(slug, in: database) else { continue }
    if texts.isEmpty, slugs.count == 1 { return [names] }
    texts += names.unicodeScalars.split(separator: textSeparator).map(String.init)
  }
  return Set(texts).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}

extension PackedValues {
  /// The words of a column; NULL where there are none.
  fileprivate mutating func append(words texts: [String]) {
    if texts.isEmpty { return append(.null) }
    appendText { bytes in
      for (index, text) in texts.enumerated() {
        if index > 0 { bytes.append(contentsOf: Character(textSeparator).utf8) }
        bytes.append(contentsOf: text.utf8)
      }
    }
  }
}

private func list(_ numbers: [Int64]) -> String {
  "[" + numbers.map(String.init).joined(separator: ",") + "]"
}

extension Registry {
  /// Brings the words of all rows that a transaction touched up to date, before it ends.
  static func followWords(_ database: borrowing Connection) throws(SQLiteError) {
    let providers = database.touched.unfollowed(Noun.provider.name)
    var credentials = database.touched.unfollowed(Noun.credential.name)
    // A provider's credentials are found by its name.
    for provider in providers.all where !providers.new.contains(provider) {
      guard try SearchIndex.provider.isStale(provider, database) else { continue }
      credentials.all += try database.all(
        """
        SELECT credential.number FROM provider JOIN credential ON credential.provider = provider.slug
        WHERE provider.number = ?1
        UNION
        SELECT body.credential FROM provider
          JOIN credential_awarding_body AS body ON body.provider = provider.slug
        WHERE provider.number = ?1
        """, .integer(provider)
      ) { row in row.integer(0) }
    }
    try SearchIndex.provider.follow(providers, database)
    try SearchIndex.credential.follow(
      (Set(credentials.all).sorted(), credentials.new), database)
  }
}

/// Between the texts of one column.
let textSeparator: Unicode.Scalar = "\u{1E}"
