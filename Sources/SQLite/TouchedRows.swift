internal import CSQLite

#if canImport(Glibc)
  internal import Glibc
#endif

/// The rows of some tables that a connection has written since it was last asked, as SQLite tells of them.
public final class TouchedRows {
  private(set) var tables: [String] = []
  private var rows: [[Int64]] = []
  private var inserted: [Set<Int64>] = []
  private var hasDeleted: [Bool] = []
  private var whole: [Bool] = []
  private var followed: [Set<Int64>] = []

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

  fileprivate func note(_ operation: Int32, _ table: UnsafePointer<CChar>, _ row: Int64) {
    for (index, name) in tables.enumerated() where strcmp(table, name) == 0 {
      switch operation {
      case SQLITE_INSERT:
        inserted[index].insert(row)
        followed[index].remove(row)
      // What takes the number of a row that is gone isn't new.
      case SQLITE_DELETE: hasDeleted[index] = true
      // It says something else now.
      default: followed[index].remove(row)
      }
      // Writes of one row come in succession.
      if rows[index].last != row { rows[index].append(row) }
    }
  }

  /// Notes a row that is as it was, so that what is kept beside it is looked at.
  public func note(_ table: String, _ row: Int64) {
    if let index = tables.firstIndex(of: table) { rows[index].append(row) }
  }

  /// Notes that what is kept beside a new row is there.
  public func noteFollowed(_ row: Int64, in table: String) {
    guard let index = tables.firstIndex(of: table) else { return }
    inserted[index].remove(row)
    followed[index].insert(row)
  }

  /// Notes that rows changed of which SQLite doesn't tell: those of tables without rowid.
  public func noteAll(_ table: String) {
    if let index = tables.firstIndex(of: table) { whole[index] = true }
  }

  /// True where rows of this table, which is watched, were written.
  public func has(_ table: String) -> Bool {
    tables.firstIndex(of: table).map { !rows[$0].isEmpty || whole[$0] } ?? false
  }

  public var isEmpty: Bool { rows.allSatisfy(\.isEmpty) && !whole.contains(true) }

  public func extent(_ table: String) -> Extent {
    guard let index = tables.firstIndex(of: table) else { return .rows([]) }
    return whole[index] ? .whole : .rows(Set(rows[index]).sorted())
  }

  /// The rows that were written and aren't followed, ascending, and which of them are new.
  public func unfollowed(_ table: String) -> (all: [Int64], new: Set<Int64>) {
    guard let index = tables.firstIndex(of: table) else { return ([], []) }
    if hasDeleted[index] { return (Set(rows[index]).sorted(), []) }
    return (Set(rows[index]).subtracting(followed[index]).sorted(), inserted[index])
  }

  public func forget() {
    rows = tables.map { _ in [] }
    inserted = tables.map { _ in [] }
    hasDeleted = tables.map { _ in false }
    followed = tables.map { _ in [] }
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
      { context, operation, _, table, row in
        guard let context, let table else { return }
        Unmanaged<TouchedRows>.fromOpaque(context).takeUnretainedValue()
          .note(operation, table, row)
      }, Unmanaged.passUnretained(touched).toOpaque())
  }
}
