internal import CSQLite
internal import CWriteAheadLog

extension Connection {
  /// Runs `work` in a transaction that is the only one to write: all of it lasts, or none.
  public func writing<T, E: Error>(
    _ failure: (SQLiteError) -> E, _ work: (borrowing Connection) throws(E) -> T
  ) throws(E) -> T {
    do throws(SQLiteError) { try begin() } catch { throw failure(error) }
    do throws(E) {
      let result = try work(self)
      do throws(SQLiteError) { try commit() } catch { throw failure(error) }
      return result
    } catch {
      rollBack()
      throw error
    }
  }

  /// Begins a transaction that holds the lock for writing from the start.
  public func begin() throws(SQLiteError) { try run("BEGIN IMMEDIATE") }

  /// False once SQLite has undone a transaction by itself.
  public var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// True once another file, or none, is where the database was opened: what is written goes with the last who has it open.
  public var hasMoved: Bool { csqlite_has_moved(handle) != 0 }

  public func commit() throws(SQLiteError) {
    write_ahead_log_gather(handle, 1)
    defer { write_ahead_log_gather(handle, 0) }
    try run("COMMIT")
  }

  /// Marks where a transaction can be rolled back to.
  public func savepoint() throws(SQLiteError) { try run("SAVEPOINT part") }

  public func releaseSavepoint() throws(SQLiteError) { try run("RELEASE part") }

  /// Undoes what came behind the savepoint, which ends, and says whether the transaction goes on: after some failures, a
  /// full disk among them, SQLite has undone the whole of it.
  public func rollBackToSavepoint() -> Bool {
    guard isInTransaction else { return false }
    do throws(SQLiteError) {
      try run("ROLLBACK TO part")
      try run("RELEASE part")
      return true
    } catch {
      rollBack()
      return false
    }
  }

  /// Ends the transaction as if it had never been.
  public func rollBack() {
    // SQLite has rolled back by itself after some errors, a full disk among them; then this fails,
    // which changes nothing.
    try? run("ROLLBACK")
  }
}
