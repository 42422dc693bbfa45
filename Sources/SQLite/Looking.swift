internal import CSQLite

extension Connection {
  /// Opens a file that is there only to look at it: nothing is written, not even what a log left behind holds.
  public static func looking(at path: String) throws(SQLiteError) -> Connection {
    let file = DatabaseFile(at: path)
    let hasLog = file.hasLog
    // SQLite reads no CHECKs from the schema of a file that it was asked to open for reading alone, and leaves a log
    // beside it that wasn't there.
    let connection = try Connection(path: path, access: file.isFrozen ? .frozen : .readWrite)
    try connection.set(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, hasLog)
    try connection.run("PRAGMA query_only = 1")
    return connection
  }

  /// Reads what doesn't hang together, too.
  ///
  /// `PRAGMA integrity_check` then names the pages that a file which was cut short lacks, and a first page that can't be
  /// read; otherwise SQLite refuses both files before it looks.
  public func readDamaged() throws(SQLiteError) {
    try set(SQLITE_DBCONFIG_DEFENSIVE, false)
    try set(SQLITE_DBCONFIG_WRITABLE_SCHEMA, true)
  }

  /// True where the file can't be written.
  public var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") != 0 }

  private func set(_ flag: Int32, _ isOn: Bool) throws(SQLiteError) {
    let code = csqlite_set(handle, flag, isOn ? 1 : 0)
    guard code == SQLITE_OK else { throw SQLiteError(code, on: handle) }
  }
}
