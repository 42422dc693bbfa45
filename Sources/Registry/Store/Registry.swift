internal import SQLite
internal import Synchronization

/// Everything the registry knows, kept in one SQLite database.
///
/// A handle reads on a connection of its own, so that event loops share nothing; all handles write
/// through the one writer.
public final class Registry: Sendable {
  let writer: Writer
  let environment: Environment
  let path: String
  private let reader: Mutex<Reader>
  private let reads: WorkCounter

  private struct Reader: ~Copyable {
    let connection: Connection
    /// Between `beginBatch` and `endBatch`.
    var isInBatch = false
    /// A batch in which something was read has a transaction.
    var hasBegun = false
  }

  /// Opens the database at `path` and brings its schema up to date.
  public convenience init(
    path: String, environment: Environment = .live
  ) throws(RegistryError) {
    let writer = try Writer(path: path)
    try self.init(path: path, writer: writer, environment: environment)
  }

  private init(path: String, writer: Writer, environment: Environment) throws(RegistryError) {
    self.path = path
    self.writer = writer
    self.environment = environment
    reads = writer.readCounter()
    do throws(SQLiteError) {
      reader = Mutex(Reader(connection: try openReader(path)))
    } catch {
      throw RegistryError(error)
    }
  }

  /// A further handle on the same registry.
  public func handle() throws(RegistryError) -> Registry {
    try Registry(path: path, writer: writer, environment: environment)
  }

  /// Until `endBatch`, all reads of this handle see one moment of the registry.
  public func beginBatch() { reader.withLock { $0.isInBatch = true } }

  public func endBatch() {
    reader.withLock { reader in
      reader.isInBatch = false
      guard reader.hasBegun else { return }
      reader.hasBegun = false
      // A transaction that only read has nothing that could fail to last.
      try? reader.connection.run("COMMIT")
    }
  }

  /// True when the database answers.
  public var isReady: Bool {
    (try? read { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.first("SELECT 1 FROM country LIMIT 1") { _ in true }
      }
    }) != nil
  }

  /// Runs `work` on this handle's reading connection.
  func read<T: Sendable>(
    _ work: (borrowing Connection) throws(RegistryError) -> T
  ) throws(RegistryError) -> T {
    try reader.withLock { (reader) throws(RegistryError) in
      if reader.isInBatch, !reader.hasBegun {
        do throws(SQLiteError) { try reader.connection.run("BEGIN") } catch {
          throw RegistryError(error)
        }
        reader.hasBegun = true
      }
      let start = monotonicNanoseconds()
      defer { reads.add(since: start) }
      return try work(reader.connection)
    }
  }

  /// Runs `work` on this handle's reading connection, in a transaction: all it reads is of one moment.
  func readMoment<T: Sendable>(
    _ work: (borrowing Connection) throws(RegistryError) -> T
  ) throws(RegistryError) -> T {
    try reader.withLock { (reader) throws(RegistryError) in
      let isOwn = !reader.hasBegun
      if isOwn {
        do throws(SQLiteError) { try reader.connection.run("BEGIN") } catch {
          throw RegistryError(error)
        }
      }
      defer { if isOwn { try? reader.connection.run("COMMIT") } }
      return try work(reader.connection)
    }
  }

  /// Runs `work` in a transaction of the writer: all of it is on disk when this returns, or none.
  func write<T: Sendable>(
    _ work: (borrowing Connection) throws(RegistryError) -> T
  ) throws(RegistryError) -> T {
    let result = try writer.write(work)
    environment.wrote()
    return result
  }

  /// What all handles have asked the database for.
  public var use: StoreUse { writer.use }

  /// Moves what the write-ahead log holds into the database file, as far as readers allow.
  public func checkpoint() { writer.checkpoint() }
}

/// Runs `work` and tells SQLite's failures in the registry's own words.
func told<T>(_ work: () throws(SQLiteError) -> T) throws(RegistryError) -> T {
  do throws(SQLiteError) { return try work() } catch { throw RegistryError(error) }
}
