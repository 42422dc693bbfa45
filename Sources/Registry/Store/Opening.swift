internal import Resources
internal import SQLite

#if canImport(Glibc)
  internal import Glibc
#endif

/// The connection that writes, once the schema is up to date; makes the file when there is none.
func openWriter(_ path: String) throws(RegistryError) -> Connection {
  let connection: Connection
  do throws(SQLiteError) { connection = try Connection(path: path, writesMuch: true) } catch {
    throw RegistryError(error)
  }
  try prepareToWrite(connection)
  return connection
}

private func prepareToWrite(_ connection: borrowing Connection) throws(RegistryError) {
  // Before the journal mode, which would already change a file that isn't ours.
  _ = try schemaVersion(of: connection)
  try told { () throws(SQLiteError) in
    _ = try connection.first("PRAGMA journal_mode = WAL") { row in row.text(0) }
    try connection.run("PRAGMA synchronous = FULL")
    // What a log had to become while somebody read for long isn't kept: when it begins anew, it is cut down to this.
    _ = try connection.first("PRAGMA journal_size_limit = " + .number(mostLogBytes)) { _ in true }
    try connection.setCacheSize(.usual)
    // Debian's library overwrites whatever is freed. Where that would write one more page, it isn't (the text indexes free
    // whole pages as their pieces are put together).
    _ = try connection.first("PRAGMA secure_delete = FAST") { _ in true }
    // What a savepoint may have to put back stays in memory, not in a file.
    try connection.run("PRAGMA temp_store = MEMORY")
  }
  try bringUpToDate(connection)
  #if !DEBUG
    // Shapes have checked what is written, and a CHECK would read each JSON text once more: tests run with
    // them, and `cairn check` holds every row to them (docs/decisions/0022).
    try told { () throws(SQLiteError) in
      try connection.run("PRAGMA ignore_check_constraints = 1")
    }
  #endif
}

private let steps = Resources.migrations.map { Migration(name: $0.name, script: $0.text) }

/// How many of this program's steps the file has; 0 for an empty one.
private func schemaVersion(of connection: borrowing Connection) throws(RegistryError) -> Int {
  do throws(MigrationError) {
    return try connection.version(applicationID, known: steps.count)
  } catch {
    throw RegistryError(error)
  }
}

/// Throws where the file is no registry, or a newer one; true where its schema is as this program knows it.
func isCurrentRegistry(_ connection: borrowing Connection) throws(RegistryError) -> Bool {
  let version = try schemaVersion(of: connection)
  guard version > 0 else { throw .unusable("The file is empty: it holds no registry.") }
  return version == steps.count
}

/// Has the schema as this program knows it.
func bringUpToDate(_ connection: borrowing Connection) throws(RegistryError) {
  do throws(MigrationError) {
    try connection.migrate(steps, application: applicationID)
  } catch {
    throw RegistryError(error)
  }
}

/// What a log comes to where nobody is in its way (`Checkpointer`).
private let mostLogBytes: Int64 = 128 << 20

/// How many of the file's pages the writer keeps.
struct PageCache: Sendable {
  private let kibibytes: Int64

  /// For posts: what isn't kept the system has.
  ///
  /// In a file of less than a gigabyte, SQLite looks through all that are kept at the end of a transaction in which
  /// pages were parted, as by most commits.
  static let usual = PageCache(kibibytes: 16 << 10)
  /// For transactions that write thousands of rows: a share of the machine's memory that neither a small machine misses
  /// nor a large one needs more than.
  static let long: PageCache = {
    let pages = Int64(sysconf(Int32(_SC_PHYS_PAGES)))
    let kibibytes = pages * Int64(sysconf(Int32(_SC_PAGESIZE))) / 1024
    return PageCache(kibibytes: min(max(kibibytes / 64, 32 << 10), 128 << 10))
  }()

  fileprivate var pragma: SQL { "PRAGMA cache_size = -" + .number(kibibytes) }
}

extension Connection {
  func setCacheSize(_ cache: PageCache) throws(SQLiteError) { try run(cache.pragma) }
}

/// "Carn": what `PRAGMA application_id` says of a registry's file.
private let applicationID: Int32 = 0x4361_726E

/// A connection that reads beside the writer.
///
/// It maps nothing of the file (docs/decisions/0009): what is read once would stay resident, for each
/// connection again.
func openReader(_ path: String) throws(SQLiteError) -> Connection {
  let connection = try Connection(path: path, access: .readOnly)
  try connection.run("PRAGMA query_only = 1")
  try connection.run("PRAGMA cache_size = -16384")
  return connection
}
