internal import CSQLite

#if canImport(Glibc)
  internal import Glibc
#endif

/// The rows of some tables that a connection has written since it was last asked, as SQLite tells of them.
public final class TouchedRows {
  private(set) var tables: [String] = []
  private var rows: [[Int64]] = []
  private var whole: [Bool] = []

  /// What was written of one table.
  public enum Extent: Equatable, Sendable {
    /// These rows, ascending; some may be as they were.
    case rows([Int64])
    /// More than a list of rows says.
    case whole
  }

  func watch(_ tables: [String]) {
    self.tables = tables
    forget()
  }

  fileprivate func note(_ table: UnsafePointer<CChar>, _ row: Int64) {
    for (index, name) in tables.enumerated() where strcmp(table, name) == 0 {
      // Writes of one row come in succession.
      if rows[index].last != row { rows[index].append(row) }
    }
  }

  /// Notes that rows changed of which SQLite doesn't tell: those of tables without rowid.
  public func noteAll(_ table: String) {
    if let index = tables.firstIndex(of: table) { whole[index] = true }
  }

  public var isEmpty: Bool { rows.allSatisfy(\.isEmpty) && !whole.contains(true) }

  public func extent(_ table: String) -> Extent {
    guard let index = tables.firstIndex(of: table) else { return .rows([]) }
    return whole[index] ? .whole : .rows(Set(rows[index]).sorted())
  }

  public func forget() {
    rows = tables.map { _ in [] }
    whole = tables.map { _ in false }
  }
}

extension Connection {
  /// From here on `touched` notes the rows of `tables` that are inserted, changed or deleted.
  ///
  /// The tables
  /// have rowids. Rows of a transaction that is rolled back are noted, too.
  public func watch(_ tables: [String]) {
    touched.watch(tables)
    sqlite3_update_hook(
      handle,
      { context, _, _, table, row in
        guard let context, let table else { return }
        Unmanaged<TouchedRows>.fromOpaque(context).takeUnretainedValue().note(table, row)
      }, Unmanaged.passUnretained(touched).toOpaque())
  }
}
