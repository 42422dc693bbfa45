internal import CSQLite

/// One step of a schema; steps are numbered from 1 in their order.
public struct Migration: Sendable {
  public let name: String
  public let script: String

  public init(name: String, script: String) {
    self.name = name
    self.script = script
  }
}

/// Why a file can't be brought to this schema.
public enum MigrationError: Error, Equatable, Sendable {
  /// The file has steps that these migrations don't know.
  case newer(version: Int, known: Int)
  /// The file is some other program's database.
  case foreign
  case failed(migration: String, SQLiteError)
  case unavailable(SQLiteError)
}

extension Connection {
  /// Brings the schema up to date: each missing step in a transaction of its own, one process at a time.
  ///
  /// `application` is what `PRAGMA application_id` says of a file that is ours; `user_version` counts
  /// the steps taken.
  public func migrate(
    _ migrations: [Migration], application: Int32
  ) throws(MigrationError) {
    _ = try version(application, known: migrations.count)
    // A step may write the schema's own text (https://www.sqlite.org/lang_altertable.html §8).
    csqlite_set(handle, SQLITE_DBCONFIG_DEFENSIVE, 0)
    defer { csqlite_set(handle, SQLITE_DBCONFIG_DEFENSIVE, 1) }
    for (index, migration) in migrations.enumerated() {
      try writing(MigrationError.unavailable) { (connection) throws(MigrationError) in
        // Another process may have taken this step while we waited for the lock.
        guard try connection.pragma("PRAGMA user_version") == index else { return }
        do throws(SQLiteError) {
          try connection.script(migration.script)
          try connection.script(
            "PRAGMA application_id = \(application); PRAGMA user_version = \(index + 1)")
        } catch {
          throw .failed(migration: migration.name, error)
        }
      }
    }
  }

  /// How many of `known` steps the file has; 0 for an empty one.
  ///
  /// Throws where it is another program's, or has more.
  public func version(_ application: Int32, known: Int) throws(MigrationError) -> Int {
    let id = try pragma("PRAGMA application_id")
    if id != application {
      let tables = try pragma("SELECT count(*) FROM sqlite_schema")
      guard id == 0, tables == 0 else { throw .foreign }
    }
    let version = try pragma("PRAGMA user_version")
    guard version <= known else { throw .newer(version: version, known: known) }
    return version
  }

  private func pragma(_ sql: SQL) throws(MigrationError) -> Int {
    do throws(SQLiteError) {
      return try first(sql) { row in Int(row.integer(0)) } ?? 0
    } catch {
      throw .unavailable(error)
    }
  }
}
