internal import CSQLite
internal import CWriteAheadLog

/// One connection to a database, used by one thread at a time.
///
/// Statements are prepared once and kept for as long as the connection lives.
public struct Connection: ~Copyable {
  let handle: OpaquePointer
  let kept = KeptStatements()
  let chosen = ChosenRows()
  let lent = LentRows()
  /// What it looked up and needn't look up again.
  public let known = KnownTexts()
  /// Its write-ahead log, from `disableAutomaticCheckpoints` on.
  public let log = WriteAheadLogLength()
  /// What this connection wrote of the tables it watches.
  public let touched = TouchedRows()

  /// What a connection may do to its file.
  public enum Access: Sendable {
    /// Reads and writes; makes the file when there is none.
    case readWrite
    /// Only reads, and refuses every statement that would write.
    case readOnly
    /// The same of a file that nobody writes meanwhile: no lock is taken, and no log looked for.
    case frozen
  }

  /// Opens the database at `path`; `writesMuch` has what a `commit` adds to the log written in few pieces.
  public init(
    path: String, access: Access = .readWrite, writesMuch: Bool = false
  ) throws(SQLiteError) {
    guard Self.memoryIsNotCounted else {
      throw SQLiteError(SQLITE_MISUSE, on: nil)
    }
    var handle: OpaquePointer?
    let mode =
      switch access {
      case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .readOnly: SQLITE_OPEN_READONLY
      case .frozen: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      }
    let flags = mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let name = access == .frozen ? DatabaseFile(at: path).frozenURI : path
    let code = sqlite3_open_v2(name, &handle, flags, writesMuch ? write_ahead_log_vfs() : nil)
    guard code == SQLITE_OK, let handle else {
      defer { sqlite3_close_v2(handle) }
      throw SQLiteError(code, on: handle)
    }
    do throws(SQLiteError) {
      try Self.harden(handle)
      try registerStanding(on: handle)
      try chosen.register(on: handle)
      try lent.register(on: handle)
    } catch {
      sqlite3_close_v2(handle)
      throw error
    }
    sqlite3_busy_timeout(handle, 5000)
    self.handle = handle
  }

  /// SQLite counts the bytes that it holds under a lock of the whole process, and nobody asks for that number.
  private static let memoryIsNotCounted = csqlite_count_no_memory() == SQLITE_OK

  private static func harden(_ handle: OpaquePointer) throws(SQLiteError) {
    for (flag, on) in [
      // A misspelt column in double quotes must be an error, not a string.
      (SQLITE_DBCONFIG_DQS_DML, 0), (SQLITE_DBCONFIG_DQS_DDL, 0),
      // The schema stays trusted: SQLite 3.40 allows no JSON function in a CHECK otherwise. A file
      // that isn't ours is refused before its schema is used (docs/decisions/0002).
      (SQLITE_DBCONFIG_DEFENSIVE, 1),
      (SQLITE_DBCONFIG_ENABLE_FKEY, 1),
    ] {
      let code = csqlite_set(handle, flag, Int32(on))
      guard code == SQLITE_OK else { throw SQLiteError(code, on: handle) }
    }
  }

  deinit {
    kept.forgetAll()
    sqlite3_close_v2(handle)
  }

  /// Every row of `sql`, as `read` makes it.
  public func all<T>(
    _ sql: SQL, _ values: Value..., read: (borrowing Row) throws(SQLiteError) -> T
  ) throws(SQLiteError) -> [T] {
    var all: [T] = []
    try each(sql, values) { (row) throws(SQLiteError) in all.append(try read(row)) }
    return all
  }

  /// The first row of `sql`, or nil.
  public func first<T>(
    _ sql: SQL, _ values: Value..., read: (borrowing Row) throws(SQLiteError) -> T
  ) throws(SQLiteError) -> T? {
    try prepared(sql, values) { (statement) throws(SQLiteError) in
      try statement.step() ? try read(Row(statement: statement.handle)) : nil
    }
  }

  /// Lends each row of `sql` to `visit`, in order.
  public func each(
    _ sql: SQL, _ values: [Value], visit: (borrowing Row) throws(SQLiteError) -> Void
  ) throws(SQLiteError) {
    try prepared(sql, values) { (statement) throws(SQLiteError) in
      while try statement.step() { try visit(Row(statement: statement.handle)) }
    }
  }

  /// Lends rows of `sql` to `visit`, in order, for as long as it answers true.
  public func walk(
    _ sql: SQL, _ values: [Value], visit: (borrowing Row) throws(SQLiteError) -> Bool
  ) throws(SQLiteError) {
    try prepared(sql, values) { (statement) throws(SQLiteError) in
      while try statement.step(), try visit(Row(statement: statement.handle)) {}
    }
  }

  /// Runs `sql` for its effect.
  public func run(_ sql: SQL, _ values: Value...) throws(SQLiteError) {
    try run(sql, with: values)
  }

  /// Runs `sql` for its effect.
  public func run(_ sql: SQL, with values: [Value]) throws(SQLiteError) {
    try prepared(sql, values) { (statement) throws(SQLiteError) in while try statement.step() {} }
  }

  /// Runs `sql` for its effect: its first parameters are the packed values in `range`, and `others` come behind them.
  public func run(
    _ sql: SQL, _ packed: PackedValues, _ range: Range<Int>, _ others: Value...
  ) throws(SQLiteError) {
    try prepared(sql) { (statement) throws(SQLiteError) in
      try packed.lend(range, to: statement) { (statement) throws(SQLiteError) in
        for (index, value) in others.enumerated() {
          try statement.bind(value, at: Int32(range.count + index + 1))
        }
        while try statement.step() {}
      }
    }
  }

  /// Runs a script of statements that take no values, such as a migration.
  public func script(_ text: String) throws(SQLiteError) {
    let code = sqlite3_exec(handle, text, nil, nil, nil)
    guard code == SQLITE_OK else { throw SQLiteError(code, on: handle) }
  }

  /// How many rows the last INSERT, UPDATE or DELETE touched.
  public var changes: Int { Int(sqlite3_changes64(handle)) }

  /// How many rows all statements of this connection touched that came to their end.
  public var totalChanges: Int { Int(sqlite3_total_changes64(handle)) }

  /// The rowid the last INSERT gave.
  public var lastRowID: Int64 { sqlite3_last_insert_rowid(handle) }

  private func prepared<T>(
    _ sql: SQL, _ values: [Value], _ use: (borrowing Statement) throws(SQLiteError) -> T
  ) throws(SQLiteError) -> T {
    try prepared(sql) { (statement) throws(SQLiteError) in
      for (index, value) in values.enumerated() { try statement.bind(value, at: Int32(index + 1)) }
      return try use(statement)
    }
  }

  // A statement that is in use, as a query inside the visit of its own rows is, isn't there to be
  // taken, so the inner one is prepared afresh.
  private func prepared<T>(
    _ sql: SQL, _ use: (borrowing Statement) throws(SQLiteError) -> T
  ) throws(SQLiteError) -> T {
    let slot = kept.slot(for: sql)
    let taken = slot.statement.take()
    let statement = if let taken { taken } else { try Statement(sql, on: handle) }
    let result: Result<T, SQLiteError>
    do throws(SQLiteError) { result = .success(try use(statement)) } catch {
      result = .failure(error)
    }
    statement.reset()
    slot.statement = consume statement
    return try result.get()
  }
}
