internal import SQLite

/// What a look through the whole database found.
public struct CheckReport: Sendable {
  /// What SQLite says of a damaged file; empty for a sound one.
  public let damages: [String]
  /// Rows that refer to nothing, by table.
  public let danglingRows: [String]
  /// Items of which something that is kept beside their rows isn't as they say; `repair` mends it.
  public internal(set) var staleItems: [String] = []
  /// Rows by table.
  public let counts: [(table: String, rows: Int)]

  public var isSound: Bool { damages.isEmpty && danglingRows.isEmpty && staleItems.isEmpty }

  /// Reads every page and every reference, and writes nothing; takes seconds per gigabyte.
  init(ofFile path: String) throws(SQLiteError) {
    // SQLite reads no CHECKs from the schema of a file that it was asked to open for reading alone.
    let database = try Connection(path: path)
    try database.run("PRAGMA query_only = 1")
    var answers: [String] = []
    do throws(SQLiteError) {
      try database.each("PRAGMA integrity_check", []) { row in answers.append(row.text(0)) }
    } catch {
      // The walk names damaged pages, and then may fall over one of them.
      guard case .corrupt = error.code else { throw error }
      answers.append(error.message)
    }
    damages = answers == ["ok"] ? [] : answers
    // A damaged table can't be walked to its end: its pages have been named.
    guard damages.isEmpty else {
      (danglingRows, counts) = ([], [])
      return
    }
    danglingRows = try database.all("PRAGMA foreign_key_check") { row in
      "\(row.text(0)), row \(row.integer(1)): nothing in \(row.text(2)) that it refers to"
    }
    counts = try countRows(in: database)
  }
}

extension Registry {
  /// Looks through the whole database.
  public func check() throws(RegistryError) -> CheckReport {
    var report: CheckReport
    do throws(RegistryError) {
      report = try told { () throws(SQLiteError) in try CheckReport(ofFile: path) }
    } catch {
      writer.note(error)
      throw error
    }
    if report.damages.isEmpty { report.staleItems = try staleItems() }
    return report
  }
}

/// Rows by table.
func countRows(in database: borrowing Connection) throws(SQLiteError) -> [(
  table: String, rows: Int
)] {
  var counts: [(String, Int)] = []
  for (name, table) in countedTables {
    let count = try database.first("SELECT count(*) FROM" + table) { row in row.integer(0) }
    counts.append((name, Int(count ?? 0)))
  }
  return counts
}

private let countedTables: [(String, SQL)] = [
  ("sources", "source"), ("vocabulary values", "vocabulary_value"), ("countries", "country"),
  ("statements", "statement"), ("frameworks", "framework"), ("levels", "level"),
  ("sectors", "sector"), ("fields", "field"), ("occupations", "occupation"),
  ("languages", "language"), ("observations", "observation"), ("providers", "provider"),
  ("credentials", "credential"), ("stacking rules", "stacking_rule"), ("changes", "change"),
  ("keys", "api_key"), ("imports", "import"), ("webhooks", "webhook"),
]
