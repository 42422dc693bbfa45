internal import SQLite
internal import Synchronization

/// Everything the registry knows, kept in one SQLite database.
///
/// A handle reads on a connection of its own, so that event loops share nothing; all handles write
/// through the one writer.
public final class Registry: Sendable {
  // Gone before the writer, which moves the log into the file as the last to close it.
  private let reader: Mutex<Reader>
  let writer: Writer
  let environment: Environment
  let path: String
  let work: ImportWork
  private let reads: WorkCounter
  /// While writes of this handle go together.
  private let group = Mutex<Group?>(nil)

  private struct Reader: ~Copyable {
    let connection: Connection
    /// Between `beginBatch` and `endBatch`.
    var isInBatch = false
    /// A batch in which something was read has a transaction.
    var hasBegun = false
    /// The writer's, before that began.
    var generation = 0

    mutating func begin(_ generation: Generation) throws(RegistryError) {
      self.generation = generation.number
      do throws(SQLiteError) { try connection.run("BEGIN") } catch { throw RegistryError(error) }
    }
  }

  private enum Group {
    /// Nobody has written yet.
    case empty
    case writing(Writer.Shared)
    /// It couldn't begin.
    case failed(RegistryError)
  }

  /// Opens the database at `path` and brings its schema up to date.
  public convenience init(
    path: String, environment: Environment = .live
  ) throws(RegistryError) {
    let writer = try Writer(path: path)
    try self.init(path: path, writer: writer, environment: environment, ImportWork())
  }

  private init(
    path: String, writer: Writer, environment: Environment, _ work: ImportWork
  ) throws(RegistryError) {
    self.path = path
    self.work = work
    self.writer = writer
    self.environment = environment
    reads = writer.readCounter()
    do throws(SQLiteError) {
      reader = Mutex(Reader(connection: try openReader(path)))
    } catch {
      throw RegistryError(error)
    }
  }

  deinit { writer.end(reads) }

  /// A further handle on the same registry.
  public func handle() throws(RegistryError) -> Registry {
    try Registry(path: path, writer: writer, environment: environment, work)
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

  public var now: Instant { environment.now() }

  /// True when the database answers.
  public var isReady: Bool {
    do throws(RegistryError) {
      try read { (database) throws(RegistryError) in
        if database.hasMoved { throw .moved }
        _ = try told { () throws(SQLiteError) in
          try database.first("SELECT 1 FROM country LIMIT 1") { _ in true }
        }
      }
      return true
    } catch {
      return false
    }
  }

  /// Runs `work` on this handle's reading connection.
  func read<T: Sendable>(
    _ work: (borrowing Connection) throws(RegistryError) -> T
  ) throws(RegistryError) -> T {
    try reader.withLock { (reader) throws(RegistryError) in
      if reader.isInBatch, !reader.hasBegun {
        try reader.begin(writer.generation)
        reader.hasBegun = true
      }
      let start = monotonicNanoseconds()
      defer { reads.add(since: start) }
      do throws(RegistryError) { return try work(reader.connection) } catch {
        writer.note(error)
        throw error
      }
    }
  }

  /// Runs `work` on this handle's reading connection, in a transaction: all it reads is of one moment.
  func readMoment<T: Sendable>(
    _ work: (borrowing Connection) throws(RegistryError) -> T
  ) throws(RegistryError) -> T {
    try inMoment { (reader) throws(RegistryError) in try work(reader.connection) }
  }

  /// The same with what the connection has looked up before: all that `work` finds holds for as long as the writer,
  /// once it has begun, is of the generation that `work` is told.
  func readKnowing<T: Sendable>(
    _ work: (borrowing Connection, _ generation: Int) throws(RegistryError) -> T
  ) throws(RegistryError) -> T {
    try inMoment { (reader) throws(RegistryError) in
      let known = reader.connection.known
      known.forget(unless: Int64(reader.generation))
      known.isKept = true
      defer { known.isKept = false }
      return try work(reader.connection, reader.generation)
    }
  }

  private func inMoment<T: Sendable>(
    _ work: (borrowing Reader) throws(RegistryError) -> T
  ) throws(RegistryError) -> T {
    try reader.withLock { (reader) throws(RegistryError) in
      let isOwn = !reader.hasBegun
      if isOwn { try reader.begin(writer.generation) }
      defer { if isOwn { try? reader.connection.run("COMMIT") } }
      return try work(reader)
    }
  }

  /// Runs `work`, whose writes through this handle share one transaction and one commit: what they return is
  /// true once this does, and when it throws, none of it is.
  ///
  /// A write that fails takes nothing but itself back; when `work` throws, all of them are.
  public func together<T>(_ work: () throws(RegistryError) -> T) throws(RegistryError) -> T {
    group.withLock { $0 = .empty }
    let result: T
    do throws(RegistryError) { result = try work() } catch {
      if case .writing(let shared) = group.withLock({ $0.take() }) { writer.undo(shared) }
      throw error
    }
    switch group.withLock({ $0.take() }) {
    case .writing(let shared):
      try writer.end(shared)
      environment.wrote()
    case .failed(let error): throw error
    case .empty, nil: break
    }
    return result
  }

  /// Runs `work` in a transaction of the writer: all of it is on disk when this returns, or when `together`
  /// around it does, or none.
  func write<T: Sendable>(
    _ work: (borrowing Connection) throws(RegistryError) -> T
  ) throws(RegistryError) -> T {
    try write(isChecked: false, work)
  }

  /// True while somebody waits to write.
  var isAwaited: Bool { writer.isAwaited }

  /// The same for `work` that refuses before it writes: together with others it is the quicker for it, and
  /// if it fails after all once it has written, so do they.
  func writeChecked<T: Sendable>(
    _ work: (borrowing Connection) throws(RegistryError) -> T
  ) throws(RegistryError) -> T {
    try write(isChecked: true, work)
  }

  private func write<T: Sendable>(
    isChecked: Bool, _ work: (borrowing Connection) throws(RegistryError) -> T
  ) throws(RegistryError) -> T {
    var shared: Writer.Shared
    switch group.withLock({ $0 }) {
    case nil:
      let result = try writer.write(work)
      environment.wrote()
      return result
    case .failed(let error): throw error
    case .writing(let begun): shared = begun
    case .empty:
      do throws(RegistryError) { shared = try writer.begin() } catch {
        group.withLock { $0 = .failed(error) }
        throw error
      }
    }
    defer { group.withLock { $0 = .writing(shared) } }
    return try writer.write(in: &shared, isChecked: isChecked, work)
  }

  /// What all handles have asked the database for.
  public var use: StoreUse { writer.use }

  /// Moves what the write-ahead log holds into the database file, as far as readers allow.
  public func checkpoint() { writer.checkpoint() }
}

/// Runs `work` and tells SQLite's failures in the registry's own words.
func told<T: ~Copyable>(_ work: () throws(SQLiteError) -> T) throws(RegistryError) -> T {
  do throws(SQLiteError) { return try work() } catch { throw RegistryError(error) }
}
