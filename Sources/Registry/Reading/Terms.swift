internal import JSON
internal import SQLite

/// Which values of a member's JSON are its terms: what filters, groups and facets go by.
enum Terms: Sendable {
  /// A list's strings.
  case strings
  /// Those of the list `missing` in `standard_elements`.
  case missing
  /// The string with this name in each object of a list.
  case each(String)
  /// The strings of the list with this name in each object of a list.
  case lists(String)
  /// The framework of each of `levels`.
  case frameworks
  /// Each of `levels` as its code: the framework's, a hyphen, the level's name.
  case levels
  /// The EQF levels that `levels` are referenced to.
  case eqfLevels

  /// The member whose JSON they are read from.
  func member(of field: Field) -> String {
    switch self {
    case .strings, .each, .lists: field.name
    case .missing: "standard_elements"
    case .frameworks, .levels, .eqfLevels: "levels"
    }
  }

  /// The terms of `json`, which may name one twice.
  func values(of json: JSONValue, _ links: EQFLinks) -> [String] {
    switch self {
    case .strings: json.items.compactMap(\.string)
    case .missing: json["missing"]?.items.compactMap(\.string) ?? []
    case .frameworks: json.items.compactMap { $0["framework"]?.string }
    case .lists(let name): json.items.flatMap { $0[name]?.items.compactMap(\.string) ?? [] }
    case .each(let name): json.items.compactMap { $0[name]?.string }
    case .levels: json.items.compactMap(levelCode(of:))
    case .eqfLevels: json.items.compactMap { levelCode(of: $0).flatMap { links.levels[$0] } }
    }
  }
}

/// The code of a level as a credential states it.
func levelCode(of level: JSONValue) -> String? {
  guard let framework = level["framework"]?.string, let name = level["level"]?.string else {
    return nil
  }
  return "\(framework)-\(name)"
}

/// What the levels of national frameworks are referenced to, by their codes.
struct EQFLinks: Sendable {
  let levels: [String: String]

  init(_ database: borrowing Connection) throws(SQLiteError) {
    var levels: [String: String] = [:]
    let sql: SQL = "SELECT code, eqf_level FROM level WHERE eqf_level IS NOT NULL"
    try database.each(sql, []) { row in levels[row.text(0)] = row.text(1) }
    self.levels = levels
  }
}

extension JSONValue {
  var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }

  var string: String? { if case .string(let text) = self { text } else { nil } }
}
