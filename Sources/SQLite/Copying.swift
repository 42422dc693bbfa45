internal import CSQLite

extension Connection {
  /// Writes every page of this database, as its open transaction sees it, over those of `other`.
  public func copy(to other: borrowing Connection) throws(SQLiteError) {
    guard let backup = sqlite3_backup_init(other.handle, "main", handle, "main") else {
      throw SQLiteError(sqlite3_errcode(other.handle), on: other.handle)
    }
    sqlite3_backup_step(backup, -1)
    // Repeats what a step that failed said.
    let code = sqlite3_backup_finish(backup)
    guard code == SQLITE_OK else { throw SQLiteError(code, on: other.handle) }
  }
}
