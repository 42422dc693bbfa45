extension Connection {
  /// Runs `work` in a transaction that is the only one to write: all of it lasts, or none.
  public func writing<T, E: Error>(
    _ failure: (SQLiteError) -> E, _ work: () throws(E) -> T
  ) throws(E) -> T {
    do throws(SQLiteError) { try run("BEGIN IMMEDIATE") } catch { throw failure(error) }
    do throws(E) {
      let result = try work()
      do throws(SQLiteError) { try run("COMMIT") } catch { throw failure(error) }
      return result
    } catch {
      // SQLite has rolled back by itself after some errors, a full disk among them; then this says
      // so, which changes nothing.
      try? run("ROLLBACK")
      throw error
    }
  }
}
