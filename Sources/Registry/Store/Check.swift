internal import SQLite

/// What a look through the whole database found.
public struct CheckReport: Sendable {
  /// What SQLite says of a damaged file; empty for a sound one.
  public let damages: [String]
  /// Rows that refer to nothing, by table.
  public let danglingRows: [String]
  /// Items of which something that is kept beside their rows isn't as they say; `repair` mends it.
  public let staleItems: [String]
  /// Rows by table.
  public let counts: [(table: String, rows: Int)]

  public var isSound: Bool { damages.isEmpty && danglingRows.isEmpty && staleItems.isEmpty }
}

extension Registry {
  /// Reads every page and every reference; takes seconds per gigabyte.
  public func check() throws(RegistryError) -> CheckReport {
    let stale = try staleItems()
    return try read { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        let answers = try database.all("PRAGMA integrity_check") { row in row.text(0) }
        let dangling = try database.all("PRAGMA foreign_key_check") { row in
          "\(row.text(0)), row \(row.integer(1)): nothing in \(row.text(2)) that it refers to"
        }
        var counts: [(String, Int)] = []
        for (name, table) in countedTables {
          let count = try database.first("SELECT count(*) FROM" + table) { row in row.integer(0) }
          counts.append((name, Int(count ?? 0)))
        }
        return CheckReport(
          damages: answers == ["ok"] ? [] : answers, danglingRows: dangling,
          staleItems: stale, counts: counts)
      }
    }
  }
}

private let countedTables: [(String, SQL)] = [
  ("sources", "source"), ("vocabulary values", "vocabulary_value"), ("countries", "country"),
  ("statements", "statement"), ("frameworks", "framework"), ("levels", "level"),
  ("sectors", "sector"), ("fields", "field"), ("occupations", "occupation"),
  ("languages", "language"), ("observations", "observation"), ("providers", "provider"),
  ("credentials", "credential"), ("stacking rules", "stacking_rule"), ("changes", "change"),
  ("keys", "api_key"),
]
