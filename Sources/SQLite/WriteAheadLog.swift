internal import CSQLite

/// How many pages a connection's write-ahead log had at its last commit.
public final class WriteAheadLogLength {
  public fileprivate(set) var pages = 0
}

extension Connection {
  /// From here on no commit of this connection moves its log into the file, and `log` tells its length.
  public func disableAutomaticCheckpoints() {
    sqlite3_wal_hook(
      handle,
      { context, _, _, pages in
        guard let context else { return SQLITE_OK }
        Unmanaged<WriteAheadLogLength>.fromOpaque(context).takeUnretainedValue().pages = Int(pages)
        return SQLITE_OK
      }, Unmanaged.passUnretained(log).toOpaque())
  }

  /// Moves what the log holds into the file, as far as nobody is in the way; nil where another connection is at it.
  ///
  /// Tells how many pages the log has, and how many of them are in the file now.
  public func checkpoint() throws(SQLiteError) -> (pages: Int, moved: Int)? {
    // A connection that hasn't read yet doesn't know that there is a log.
    _ = try first("SELECT 1 FROM sqlite_schema LIMIT 1") { _ in true }
    let log = try first("PRAGMA wal_checkpoint(PASSIVE)") { row in
      (isBusy: row.integer(0) == 1, pages: Int(row.integer(1)), moved: Int(row.integer(2)))
    }
    guard let log, !log.isBusy else { return nil }
    return (log.pages, log.moved)
  }

  /// Has on disk what was moved into the file.
  ///
  /// SQLite itself does that only where all of the log has been moved, which whoever moves it beside a writer hardly
  /// ever sees.
  public func syncFile() throws(SQLiteError) {
    let code = csqlite_sync_file(handle)
    guard code == SQLITE_OK else { throw SQLiteError(code, on: handle) }
  }
}
