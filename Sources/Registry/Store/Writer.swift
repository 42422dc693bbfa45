internal import SQLite
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#endif

/// The one connection that writes.
final class Writer: Sendable {
  private let connection: Mutex<Connection>
  private let turns = Turns()
  /// True once a page was found damaged: writing on would make it worse.
  private let isDamaged = Atomic(false)
  private let fullFailures = Atomic(0)
  private let work = WorkCounter()
  /// What the handles that are gone have read, and each of the others.
  private let readers = Mutex([WorkCounter()])
  let columns: ColumnStore
  /// Ends when what others looked up may not hold any more.
  let generation: Generation
  private let checkpointer: Checkpointer
  private let wordPace = Mutex(WordPace())

  /// Opens the database at `path`, creating it if need be, and brings its schema up to date.
  init(path: String) throws(RegistryError) {
    let opened = try openWriter(path)
    opened.watch(ColumnStore.nouns.map(\.name))
    opened.known.isKept = true
    opened.disableAutomaticCheckpoints()
    generation = opened.known.generation
    checkpointer = Checkpointer(path)
    columns = ColumnStore(path)
    connection = Mutex(opened)
  }

  /// Runs `work` in a transaction of its own: all of it is on disk when this returns, or none.
  func write<T: Sendable>(
    _ work: (borrowing Connection) throws(RegistryError) -> T
  ) throws(RegistryError) -> T {
    try refuseDamaged()
    turns.take()
    defer { turns.pass() }
    let start = monotonicNanoseconds()
    defer { self.work.add(since: start) }
    return try connection.withLock { (connection) throws(RegistryError) in
      try begin(connection)
      defer { forgetTouched(connection) }
      let result: T
      do throws(RegistryError) { result = try work(connection) } catch {
        undo(connection)
        note(error)
        throw error
      }
      try commit(connection)
      return result
    }
  }

  /// True while somebody waits for the turn that another has.
  var isAwaited: Bool { turns.isAwaited }

  private func refuseDamaged() throws(RegistryError) {
    if isDamaged.load(ordering: .relaxed) { throw .damaged }
  }

  /// Whoever meets damage, reading or writing, or a full disk says so here.
  func note(_ error: RegistryError) {
    if error == .damaged { isDamaged.store(true, ordering: .relaxed) }
    if error == .full { fullFailures.add(1, ordering: .relaxed) }
  }

  private func begin(_ connection: borrowing Connection) throws(RegistryError) {
    if connection.hasMoved { throw .moved }
    do throws(SQLiteError) {
      try connection.begin()
      try connection.forgetForeign()
    } catch {
      undo(connection)
      throw RegistryError(error)
    }
  }

  /// Ends the transaction as if it had never been, with what was looked up in it.
  private func undo(_ connection: borrowing Connection) {
    connection.rollBack()
    connection.known.forget()
    connection.touched.forget()
  }

  private func forgetTouched(_ connection: borrowing Connection) {
    // A provider that is merged into another answers by it.
    if connection.touched.has(Noun.provider.name) { connection.known.outdate() }
    if connection.known.isOutdated { connection.known.forget() }
    connection.touched.forget()
  }

  /// Begins a transaction that several pieces of work share; `end` ends it, and the turn.
  func begin() throws(RegistryError) -> Shared {
    try refuseDamaged()
    turns.take()
    let start = monotonicNanoseconds()
    do throws(RegistryError) {
      try connection.withLock { (connection) throws(RegistryError) in try begin(connection) }
    } catch {
      turns.pass()
      throw error
    }
    return Shared(start: start)
  }

  /// A transaction that several pieces of work share.
  struct Shared {
    fileprivate let start: Int
    fileprivate(set) var isEmpty = true
    /// Why nothing of it will last.
    fileprivate(set) var failure: RegistryError?
  }

  /// Runs one piece of work: when it throws, only what it did itself is undone.
  ///
  /// What checks before it writes costs no savepoint, for which SQLite copies every page that is written; if it
  /// has written when it throws, which only a failing database brings about, all pieces are undone.
  func write<T: Sendable>(
    in shared: inout Shared, isChecked: Bool,
    _ work: (borrowing Connection) throws(RegistryError) -> T
  ) throws(RegistryError) -> T {
    if let failure = shared.failure { throw failure }
    if shared.isEmpty { return try writeFirst(in: &shared, work) }
    if isChecked { return try writeChecked(in: &shared, work) }
    return try connection.withLock { (connection) throws(RegistryError) in
      do throws(SQLiteError) { try connection.savepoint() } catch { throw RegistryError(error) }
      do throws(RegistryError) {
        let result = try work(connection)
        do throws(SQLiteError) { try connection.releaseSavepoint() } catch {
          throw RegistryError(error)
        }
        return result
      } catch {
        note(error)
        connection.known.forget()
        if !connection.rollBackToSavepoint() || error == .damaged { shared.failure = error }
        throw error
      }
    }
  }

  private func writeChecked<T: Sendable>(
    in shared: inout Shared, _ work: (borrowing Connection) throws(RegistryError) -> T
  ) throws(RegistryError) -> T {
    try connection.withLock { (connection) throws(RegistryError) in
      let changes = connection.totalChanges
      do throws(RegistryError) { return try work(connection) } catch {
        note(error)
        if connection.totalChanges != changes || !connection.isInTransaction || error == .damaged {
          shared.failure = error
        }
        throw error
      }
    }
  }

  /// Nothing else is there to be kept, so a write that is alone costs no savepoint: it is undone with the
  /// transaction, and that begins anew.
  private func writeFirst<T: Sendable>(
    in shared: inout Shared, _ work: (borrowing Connection) throws(RegistryError) -> T
  ) throws(RegistryError) -> T {
    try connection.withLock { (connection) throws(RegistryError) in
      do throws(RegistryError) {
        let result = try work(connection)
        shared.isEmpty = false
        return result
      } catch {
        note(error)
        undo(connection)
        if error == .damaged { shared.failure = error }
        do throws(RegistryError) { try begin(connection) } catch { shared.failure = error }
        throw error
      }
    }
  }

  /// Has the whole transaction on disk when it returns, or nothing of it.
  func end(_ shared: consuming Shared) throws(RegistryError) {
    defer { turns.pass() }
    defer { work.add(since: shared.start) }
    try connection.withLock { (connection) throws(RegistryError) in
      defer { forgetTouched(connection) }
      if let failure = shared.failure {
        undo(connection)
        throw failure
      }
      try commit(connection)
    }
  }

  /// Ends a transaction with the words of what it touched, which the columns are to follow, or undoes it.
  private func commit(_ connection: borrowing Connection) throws(RegistryError) {
    var noted: Int64?
    do throws(SQLiteError) {
      if !connection.touched.isEmpty {
        try Registry.followWords(connection)
        if connection.touched.has(Noun.credential.name) {
          try paceWords(0, connection)
        }
      }
      noted = try columns.note(connection)
      try connection.commit()
      if noted != nil { columns.follow() }
      checkpointer.follow(connection)
    } catch {
      undo(connection)
      if let noted { columns.drop(noted) }
      note(RegistryError(error))
      throw RegistryError(error)
    }
  }

  /// Puts pieces of the text indexes together, where one of so many rows' words was added.
  func paceWords(_ rows: Int, _ connection: borrowing Connection) throws(SQLiteError) {
    try wordPace.withLock { (pace) throws(SQLiteError) in try pace.step(rows, connection) }
  }

  /// Ends the transaction as if it had never been.
  func undo(_ shared: consuming Shared) {
    connection.withLock { connection in undo(connection) }
    work.add(since: shared.start)
    turns.pass()
  }

  /// Nothing more is read by whoever counts in it.
  func end(_ counter: WorkCounter) {
    readers.withLock { readers in
      readers.removeAll { $0 === counter }
      readers[0].add(counter)
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
    use.writersWaiting = turns.waiting
    use.fullFailures = fullFailures.load(ordering: .relaxed)
    checkpointer.tell(&use)
    return use
  }

  /// Reads the columns of the database's latest revision, unless they are there.
  func loadColumns() throws(RegistryError) {
    try connection.withLock { (_) throws(RegistryError) in
      do throws(SQLiteError) { try columns.load() } catch {
        note(RegistryError(error))
        throw RegistryError(error)
      }
    }
  }

  /// Gives back the memory of pages that were written, of which an import leaves many.
  func giveBackMemory() {
    connection.withLock { connection in
      try? connection.setCacheSize(.usual)
      try? connection.run("PRAGMA shrink_memory")
    }
  }

  /// Called, before the next, by who writes long transactions one after another, and gives back the memory then.
  func catchUp() {
    checkpointer.catchUp()
    connection.withLock { connection in try? connection.setCacheSize(.long) }
  }

  func checkpoint() {
    turns.take()
    defer { turns.pass() }
    checkpointer.settle()
    connection.withLock { connection in
      try? connection.run("PRAGMA optimize")
      try? connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }
}
