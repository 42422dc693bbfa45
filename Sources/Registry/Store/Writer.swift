internal import Resources
internal import SQLite
internal import Synchronization

/// The one connection that writes.
final class Writer: Sendable {
  private let connection: Mutex<Connection>
  private let waiting = Atomic(0)
  private let work = WorkCounter()
  /// What each handle has read.
  private let readers = Mutex<[WorkCounter]>([])
  let columns = ColumnStore()

  /// Opens the database at `path`, creating it if need be, and brings its schema up to date.
  init(path: String) throws(RegistryError) {
    let opened: Connection
    do throws(SQLiteError) { opened = try Connection(path: path) } catch {
      throw RegistryError(error)
    }
    try Self.migrate(opened)
    opened.watch(ColumnStore.nouns.map(\.name))
    connection = Mutex(opened)
  }

  private static func migrate(_ connection: borrowing Connection) throws(RegistryError) {
    let steps = Resources.migrations.map { Migration(name: $0.name, script: $0.text) }
    // Before the journal mode, which would already change a file that isn't ours.
    try migrating { () throws(MigrationError) in
      try connection.refuseForeign(applicationID, known: steps.count)
    }
    try told { () throws(SQLiteError) in
      _ = try connection.first("PRAGMA journal_mode = WAL") { row in row.text(0) }
      try connection.run("PRAGMA synchronous = FULL")
      try connection.run("PRAGMA cache_size = -65536")
    }
    try migrating { () throws(MigrationError) in
      try connection.migrate(steps, application: applicationID)
    }
  }

  private static func migrating(
    _ work: () throws(MigrationError) -> Void
  ) throws(RegistryError) {
    do throws(MigrationError) { try work() } catch { throw RegistryError(error) }
  }

  func write<T: Sendable>(
    _ work: (borrowing Connection) throws(RegistryError) -> T
  ) throws(RegistryError) -> T {
    waiting.add(1, ordering: .relaxed)
    defer { waiting.subtract(1, ordering: .relaxed) }
    return try connection.withLock { (connection) throws(RegistryError) in
      let start = monotonicNanoseconds()
      defer { self.work.add(since: start) }
      do throws(SQLiteError) { try connection.begin() } catch { throw RegistryError(error) }
      var staged: Int64?
      defer { connection.touched.forget() }
      do throws(RegistryError) {
        let result = try work(connection)
        do throws(SQLiteError) {
          staged = try columns.stage(connection)
          try connection.commit()
        } catch {
          throw RegistryError(error)
        }
        return result
      } catch {
        connection.rollBack()
        if let staged { columns.drop(staged) }
        throw error
      }
    }
  }

  /// A further reader's own to count in.
  func readCounter() -> WorkCounter {
    let counter = WorkCounter()
    readers.withLock { $0.append(counter) }
    return counter
  }

  var use: StoreUse {
    var use = StoreUse()
    for reader in readers.withLock({ $0 }) {
      let totals = reader.totals
      use.reads += totals.count
      use.readNanoseconds += totals.nanoseconds
    }
    (use.writes, use.writeNanoseconds) = work.totals
    use.writersWaiting = waiting.load(ordering: .relaxed)
    return use
  }

  /// Reads the columns of the database's latest revision, unless they are there.
  func loadColumns(_ path: String) throws(RegistryError) {
    try connection.withLock { (_) throws(RegistryError) in
      try told { () throws(SQLiteError) in try columns.load(path) }
    }
  }

  func checkpoint() {
    connection.withLock { connection in
      try? connection.run("PRAGMA optimize")
      try? connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }
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
