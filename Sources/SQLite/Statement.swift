internal import CSQLite

/// A prepared statement; finalized when it is no longer owned.
struct Statement: ~Copyable {
  let handle: OpaquePointer
  private let connection: OpaquePointer

  init(_ sql: SQL, on connection: OpaquePointer) throws(SQLiteError) {
    var handle: OpaquePointer?
    let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
    let code = sqlite3_prepare_v3(connection, sql.text, -1, flags, &handle, nil)
    guard code == SQLITE_OK, let handle else { throw SQLiteError(code, on: connection) }
    self.handle = handle
    self.connection = connection
  }

  deinit { sqlite3_finalize(handle) }

  /// True while there is a row to read.
  func step() throws(SQLiteError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw SQLiteError(code, on: connection)
    }
  }

  func bind(_ value: Value, at index: Int32) throws(SQLiteError) {
    let code =
      switch value {
      case .null: sqlite3_bind_null(handle, index)
      case .integer(let number): sqlite3_bind_int64(handle, index, number)
      case .real(let number): sqlite3_bind_double(handle, index, number)
      case .text(let text): csqlite_bind_text(handle, index, text, UInt64(text.utf8.count))
      case .blob(let bytes): csqlite_bind_blob(handle, index, bytes, UInt64(bytes.count))
      }
    try check(code)
  }

  func check(_ code: Int32) throws(SQLiteError) {
    guard code == SQLITE_OK else { throw SQLiteError(code, on: connection) }
  }

  /// Ends the statement's hold on the database and lets go of its values.
  func reset() {
    // The code of a reset repeats the failure that step already threw.
    _ = sqlite3_reset(handle)
    _ = sqlite3_clear_bindings(handle)
  }
}

/// A connection's prepared statements, taken out while in use.
final class KeptStatements {
  /// Where a statement is while nobody uses it.
  final class Slot {
    var statement: Statement?
  }

  // Queries are composed from literals, so there are finitely many, but more than one would keep.
  private static let most = 512
  private var slots: [SQL: Slot] = [:]

  func slot(for sql: SQL) -> Slot {
    if let slot = slots[sql] { return slot }
    if slots.count == Self.most { slots.removeAll(keepingCapacity: true) }
    let slot = Slot()
    slots[sql] = slot
    return slot
  }

  /// What is kept, in no order.
  var statements: [SQL] { Array(slots.keys) }

  func forgetAll() { slots.removeAll() }
}
