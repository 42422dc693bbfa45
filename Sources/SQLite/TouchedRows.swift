internal import CSQLite

#if canImport(Glibc)
  internal import Glibc
#endif

/// The rows of some tables that a connection has written since it was last asked, as SQLite tells of them.
public final class TouchedRows {
  private(set) var tables: [String] = []
  /// The same as SQLite names them.
  private var names: [ContiguousArray<CChar>] = []
  private var written: [Written] = []

  private struct Written {
    var rows = RowRuns()
    /// New rows of which what is kept beside them is still to come, and those of which it is there.
    var (new, followed) = (RowRuns(), RowRuns())
    var hasDeleted = false
    var isWhole = false
  }

  /// What was written of one table.
  public enum Extent: Equatable, Sendable {
    /// These rows, as runs of such as follow one another, ascending; some may be as they were.
    case rows([ClosedRange<Int64>])
    /// More than a list of rows says.
    case whole
  }

  func watch(_ tables: [String]) {
    self.tables = tables
    names = tables.map(\.utf8CString)
    forget()
  }

  fileprivate func note(_ operation: Int32, _ table: UnsafePointer<CChar>, _ row: Int64) {
    for index in names.indices where names[index].withUnsafeBufferPointer({ isTable(table, $0) }) {
      switch operation {
      case SQLITE_INSERT:
        written[index].new.insert(row)
        written[index].followed.remove(row)
      // What takes the number of a row that is gone isn't new.
      case SQLITE_DELETE: written[index].hasDeleted = true
      // It says something else now.
      default: written[index].followed.remove(row)
      }
      written[index].rows.insert(row)
    }
  }

  private func isTable(_ table: UnsafePointer<CChar>, _ name: UnsafeBufferPointer<CChar>) -> Bool {
    name.baseAddress.map { strcmp(table, $0) == 0 } ?? false
  }

  /// Notes a row that is as it was, so that what is kept beside it is looked at.
  public func note(_ table: String, _ row: Int64) {
    if let index = tables.firstIndex(of: table) { written[index].rows.insert(row) }
  }

  /// Notes that what is kept beside a new row is there.
  public func noteFollowed(_ row: Int64, in table: String) {
    guard let index = tables.firstIndex(of: table) else { return }
    written[index].new.remove(row)
    written[index].followed.insert(row)
  }

  /// Notes that rows changed of which SQLite doesn't tell: those of tables without rowid.
  public func noteAll(_ table: String) {
    if let index = tables.firstIndex(of: table) { written[index].isWhole = true }
  }

  /// True where rows of this table, which is watched, were written.
  public func has(_ table: String) -> Bool {
    tables.firstIndex(of: table).map { !written[$0].rows.isEmpty || written[$0].isWhole } ?? false
  }

  public var isEmpty: Bool { written.allSatisfy { $0.rows.isEmpty && !$0.isWhole } }

  public func extent(_ table: String) -> Extent {
    guard let index = tables.firstIndex(of: table) else { return .rows([]) }
    return written[index].isWhole ? .whole : .rows(written[index].rows.runs)
  }

  /// The rows that were written and aren't followed, ascending, and which of them are new.
  public func unfollowed(_ table: String) -> (all: [Int64], new: Set<Int64>) {
    guard let index = tables.firstIndex(of: table) else { return ([], []) }
    let written = written[index]
    if written.hasDeleted { return (written.rows.numbers, []) }
    if written.rows == written.followed { return ([], []) }
    return (
      written.rows.numbers.filter { !written.followed.contains($0) }, Set(written.new.numbers)
    )
  }

  public func forget() { written = tables.map { _ in Written() } }
}

extension Connection {
  /// From here on `touched` notes the rows of `tables` that are inserted, changed or deleted.
  ///
  /// The tables have rowids. Rows of a transaction that is rolled back are noted, too.
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
