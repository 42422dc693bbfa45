internal import CSQLite

extension Connection {
  /// Writes every page of this database, as its open transaction sees it, over those of `other`.
  public func copy(to other: borrowing Connection) throws(SQLiteError) {
    guard let backup = sqlite3_backup_init(other.handle, "main", handle, "main") else {
      throw SQLiteError(sqlite3_errcode(other.handle), on: other.handle)
    }
    let step = sqlite3_backup_step(backup, -1)
    let code = sqlite3_backup_finish(backup)
    // Where a lock was in the way the end says nothing of it.
    guard code == SQLITE_OK else { throw SQLiteError(code, on: other.handle) }
    guard step == SQLITE_DONE else { throw SQLiteError(step, on: other.handle) }
  }
}
