internal import SQLite

/// What a look through the whole database found; nothing is written for it.
public struct CheckReport: Sendable {
  /// What is wrong with the file's pages and rows; empty for a sound one.
  public let damages: [String]
  /// Rows that refer to nothing, by table.
  public let danglingRows: [String]
  /// Items of which something that is kept beside their rows isn't as they say; `repair` mends it.
  public let staleItems: [String]
  /// Rows by table.
  public let counts: [(table: String, rows: Int)]
  /// What it passed over, and why, each a sentence.
  public let omissions: [String]

  public var isSound: Bool { isWhole && staleItems.isEmpty }
  var isWhole: Bool { damages.isEmpty && danglingRows.isEmpty }

  public enum Depth: Sendable {
    /// Every page and every reference, which takes seconds per gigabyte.
    case file
    /// What is kept beside each item, too.
    case items
  }

  public init(of path: String, _ depth: Depth) throws(RegistryError) {
    let database = try told { () throws(SQLiteError) in
      let database = try Connection.looking(at: path)
      try database.readDamaged()
      return database
    }
    let isCurrent = try Self.isCurrent(database)
    damages = try cutOff(path) + told { () throws(SQLiteError) in try damagesFound(in: database) }
    // A damaged table can't be walked to its end: its pages have been named.
    guard damages.isEmpty else {
      (danglingRows, counts, staleItems, omissions) = ([], [], [], [])
      return
    }
    (danglingRows, counts) = try told { () throws(SQLiteError) in
      (try danglingRowsFound(in: database), try countRows(in: database))
    }
    staleItems = try depth == .items && isCurrent ? Registry.staleItems(in: database) : []
    omissions =
      (database.isReadOnly ? [Self.readOnly] : []) + (isCurrent ? [] : [Self.older])
  }

  private static let readOnly = """
    The file can't be written, and then SQLite doesn't hold rows to the schema's rules: check a copy of it for that.
    """
  private static let older = """
    The file has an older schema, which `cairn serve` brings up to date: what is kept beside the items can be checked then.
    """

  private static func isCurrent(
    _ database: borrowing Connection
  ) throws(RegistryError) -> Bool {
    do throws(RegistryError) { return try isCurrentRegistry(database) } catch {
      // The pages will be named.
      guard error == .damaged else { throw error }
      return true
    }
  }
}

private func damagesFound(in database: borrowing Connection) throws(SQLiteError) -> [String] {
  var answers: [String] = []
  do throws(SQLiteError) {
    try database.each("PRAGMA integrity_check", []) { row in answers.append(row.text(0)) }
  } catch {
    switch error.code {
    case .busy, .cannotOpen, .full, .inputOutput, .readOnly: throw error
    // The walk names damaged pages, and then may fall over one of them, or over a text that a rule can't read.
    default: answers.append(error.message)
    }
  }
  return answers == ["ok"] ? [] : answers
}

private func danglingRowsFound(in database: borrowing Connection) throws(SQLiteError) -> [String] {
  try database.all("PRAGMA foreign_key_check") { row in
    "\(row.text(0)), row \(row.integer(1)): nothing in \(row.text(2)) that it refers to"
  }
}

/// Says so where the file has fewer pages than its first one tells; what a log holds is in neither number.
private func cutOff(_ path: String) throws(RegistryError) -> [String] {
  let file = DatabaseFile(at: path)
  guard Spool.size(file.log) ?? 0 == 0, let size = Spool.size(file.path) else { return [] }
  // https://www.sqlite.org/fileformat.html §1.3
  let header = try Spool(path: file.path, .reading).read(100, at: 0)
  guard header.count == 100 else { return [] }
  func number(_ range: Range<Int>) -> Int { header[range].reduce(0) { $0 << 8 | Int($1) } }
  let (pageSize, pages) = (number(16..<18), number(28..<32))
  guard pageSize > 1, size < pages * pageSize else { return [] }
  return ["The file was cut short: it has \(size / pageSize) pages of \(pages)."]
}

/// Rows by table, of the tables that the file has.
func countRows(in database: borrowing Connection) throws(SQLiteError) -> [(
  table: String, rows: Int
)] {
  var counts: [(String, Int)] = []
  for (name, table) in countedTables {
    let isThere = try database.first(
      "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1", .text(table.description)
    ) { _ in true }
    guard isThere != nil else { continue }
    let count = try database.first("SELECT count(*) FROM" + SQL(stringLiteral: table)) { row in
      row.integer(0)
    }
    counts.append((name, Int(count ?? 0)))
  }
  return counts
}

private let countedTables: [(String, StaticString)] = [
  ("sources", "source"), ("vocabulary values", "vocabulary_value"), ("countries", "country"),
  ("statements", "statement"), ("frameworks", "framework"), ("levels", "level"),
  ("sectors", "sector"), ("fields", "field"), ("occupations", "occupation"),
  ("languages", "language"), ("observations", "observation"), ("providers", "provider"),
  ("credentials", "credential"), ("stacking rules", "stacking_rule"), ("changes", "change"),
  ("keys", "api_key"), ("imports", "import"), ("webhooks", "webhook"),
]
