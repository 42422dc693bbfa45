internal import SQLite

/// The values a member may have, where they are a list that the database holds.
public final class Domain: Sendable {
  /// What one value is called in a sentence: "country", "value of participation".
  let name: String
  /// The stored code for ?1, which may be written in another of its ways; ?2 is `list`.
  private let lookup: Lookup
  /// Every code; ?2 is `list`.
  let codes: SQL
  let list: String
  /// True where a code, once found, stays: its table is reference data, or watched by whoever writes.
  private let isLasting: Bool

  init(name: String, lookup: SQL, codes: SQL, list: String, isLasting: Bool = true) {
    self.name = name
    self.lookup = Lookup(lookup, in: list)
    self.codes = codes
    self.list = list
    self.isLasting = isLasting
  }

  static let country = Domain(
    name: "country",
    lookup: "SELECT code FROM country WHERE ?2 = '' AND (code = ?1 OR cedefop_code = ?1) LIMIT 1",
    codes: "SELECT code FROM country WHERE ?2 = ''", list: "")
  static let framework = Domain(
    name: "framework", lookup: "SELECT code FROM framework WHERE ?2 = '' AND code = ?1",
    codes: "SELECT code FROM framework WHERE ?2 = ''", list: "")
  static let level = Domain(
    name: "level", lookup: "SELECT code FROM level WHERE ?2 = '' AND code = ?1",
    codes: "SELECT code FROM level WHERE ?2 = ''", list: "")
  static let section = Domain(
    name: "NACE section",
    lookup: "SELECT code FROM sector WHERE ?2 = '' AND code = ?1 AND level = 'section'",
    codes: "SELECT code FROM sector WHERE ?2 = '' AND level = 'section'", list: "")
  static let division = Domain(
    name: "NACE division",
    lookup: "SELECT code FROM sector WHERE ?2 = '' AND code = ?1 AND level = 'division'",
    codes: "SELECT code FROM sector WHERE ?2 = '' AND level = 'division'", list: "")
  static let field = Domain(
    name: "ISCED-F field", lookup: "SELECT code FROM field WHERE ?2 = '' AND code = ?1",
    codes: "SELECT code FROM field WHERE ?2 = ''", list: "")
  static let language = Domain(
    name: "language", lookup: "SELECT code FROM language WHERE ?2 = '' AND code = ?1",
    codes: "SELECT code FROM language WHERE ?2 = ''", list: "")
  static let source = Domain(
    name: "source", lookup: "SELECT id FROM source WHERE ?2 = '' AND id = ?1",
    codes: "SELECT id FROM source WHERE ?2 = ''", list: "")
  static let vocabularyName = Domain(
    name: "vocabulary",
    lookup: "SELECT vocabulary FROM vocabulary_value WHERE ?2 = '' AND vocabulary = ?1 LIMIT 1",
    codes: "SELECT DISTINCT vocabulary FROM vocabulary_value WHERE ?2 = ''", list: "")
  static let provider = Domain(
    name: "provider",
    lookup: """
      SELECT coalesce(merged_into, slug) FROM provider WHERE ?2 = '' AND (slug = ?1 OR id = ?1)
      """,
    codes: "SELECT slug FROM provider WHERE ?2 = '' ORDER BY number LIMIT 5000", list: "")

  /// A provider's names in all languages, each once, in the order of their bytes, as a search index has them.
  static let providerNames = Domain(
    name: "provider",
    lookup: """
      SELECT (SELECT group_concat(value, char(30))
        FROM (SELECT DISTINCT value FROM json_each(provider.name) ORDER BY value))
      FROM provider WHERE ?2 = '' AND slug = ?1
      """,
    codes: "SELECT slug FROM provider WHERE ?2 = '' ORDER BY number LIMIT 5000", list: "")
  /// A division's section.
  static let sectionOfDivision = Domain(
    name: "NACE section", lookup: "SELECT parent FROM sector WHERE ?2 = '' AND code = ?1",
    codes: "SELECT code FROM sector WHERE ?2 = '' AND level = 'section'", list: "")
  /// A level's framework.
  static let frameworkOfLevel = Domain(
    name: "framework", lookup: "SELECT framework FROM level WHERE ?2 = '' AND code = ?1",
    codes: "SELECT code FROM framework WHERE ?2 = ''", list: "")

  static let eqfLevel = Domain(
    name: "EQF level",
    lookup: "SELECT level FROM level WHERE framework = 'EQF' AND level = ?1 AND ?2 = ''",
    codes: "SELECT level FROM level WHERE framework = 'EQF' AND ?2 = ''",
    list: "")
  /// Values that no list closes.
  static let anyText = Domain(
    name: "value", lookup: "SELECT ?1 WHERE ?2 = ''", codes: "SELECT '' WHERE ?2 <> ''", list: "",
    isLasting: false)

  static func vocabulary(_ list: String) -> Domain {
    Domain(
      name: "value of \(list)",
      lookup: "SELECT code FROM vocabulary_value WHERE vocabulary = ?2 AND code = ?1",
      codes: "SELECT code FROM vocabulary_value WHERE vocabulary = ?2 ORDER BY position", list: list
    )
  }

  /// The code that `text` stands for, or nil.
  func code(_ text: String, in database: borrowing Connection) throws(SQLiteError) -> String? {
    if isLasting, !database.touched.has(name) {
      return try database.knownText(lookup, for: text)
    }
    return try database.text(lookup, for: text)
  }

  /// "There is no country XX. Did you mean …?"
  func refusal(_ text: String, in database: borrowing Connection) throws(SQLiteError) -> String {
    // ?1 has no part in this question, but the numbers of parameters begin with it.
    let known = try database.all(codes, .null, .text(list)) { row in row.text(0) }
    let few = (1...12).contains(known.count) ? " Known: \(known.joined(separator: ", "))." : ""
    return "There is no \(name) \(quoted(text)).\(didYouMean(text, known))\(few)"
  }
}

/// What a user wrote, cut to a length that a sentence can hold.
func quoted(_ text: String) -> String {
  text.utf8.count <= 80 ? "\"\(text)\"" : "\"\(text.prefix(40))…\""
}
