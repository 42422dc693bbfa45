internal import JSON
internal import SQLite
internal import Synchronization

/// Applies an import's rows, a batch at a time, by the code that a POST or PATCH of each would meet.
///
/// A batch is a transaction; between two of them others write.
public final class ImportRun: Sendable {
  public let options: ImportOptions
  let kind: Writable
  /// A handle of its own: its writes go together.
  let registry: Registry
  private let state: Mutex<State>

  struct State {
    /// Whose rows they are, as the key stood before the batch.
    var author: Key
    /// Why nothing more is written with the key.
    var refusal: RegistryError?
    /// Where the next row begins.
    var place: RowPlace
    var counts = ImportCounts()
    var isDone = false
    var chunk: RowChunk
    /// Of the chunk's rows, the next.
    var next = 0
    /// The rows behind the chunk's.
    var coming: ComingChunks?
  }

  /// An atomic import that fails tells as many of its reasons.
  static let mostReasons = 1000

  /// In nanoseconds, how long a batch goes on when nobody else waits to write, and when somebody does.
  ///
  /// The longer it is, the fewer pages are written twice.
  private static let (longest, shortest) = (2_000_000_000, 20_000_000)

  /// Where a run is.
  public struct Progress: Sendable {
    public let counts: ImportCounts
    /// The last line that is done.
    public let line: Int
    /// As much of the file.
    public let bytes: Int
    public let isDone: Bool
    /// True for an atomic import of which a row was rejected.
    public let isRefused: Bool
  }

  /// Reads the header, where the format has one.
  public init(
    _ spool: Spool, as kind: Writable, _ options: ImportOptions, by author: Key,
    into registry: Registry,
    from offset: Int = 0, line: Int = 1, _ counts: ImportCounts = ImportCounts()
  ) throws(RegistryError) {
    let reader = try RowReader(
      spool, kind, options, by: author.role, from: RowPlace(offset: offset, line: line))
    self.options = options
    self.kind = kind
    self.registry = try registry.handle()
    state = Mutex(
      State(author: author, place: reader.place, counts: counts, chunk: RowChunk(behind: reader)))
  }

  /// Applies the next batch and says what became of its rows, a line of JSON each; nil once all is done.
  ///
  /// `note` runs in the batch's transaction, or after it where that is undone: a trial's, or a refused import's.
  public func step(
    _ note: (Registry, [UInt8], Progress) throws(RegistryError) -> Void = { _, _, _ in }
  ) throws(RegistryError) -> [UInt8]? {
    let before = state.withLock { $0 }
    if before.isDone { return nil }
    var after = before
    var lines: [UInt8] = []
    var isUndone = options.isDryRun
    registry.writer.catchUp()
    do throws(RegistryError) {
      try registry.together { () throws(RegistryError) in
        try renewAuthor(&after)
        lines = try apply(&after)
        if isRefused(after) { isUndone = true }
        if isUndone { throw .undone }
        try note(registry, lines, progress(after, isRefused: false))
      }
    } catch {
      guard isUndone, error == .undone else {
        // Nothing of this import goes on when its failure is told. What was read ahead is behind rows that weren't
        // stored.
        after.coming?.settle()
        state.withLock { $0.coming = nil }
        throw error
      }
      let isRefused = isRefused(after)
      if isRefused { after.counts = ImportCounts(rejected: after.counts.rejected) }
      try note(registry, lines, progress(after, isRefused: isRefused))
    }
    state.withLock { $0 = after }
    if after.isDone { registry.writer.giveBackMemory() }
    return lines
  }

  private func isRefused(_ state: State) -> Bool {
    options.mode == .atomic && state.counts.rejected > 0
  }

  public var progress: Progress { progress(state.withLock { $0 }, isRefused: false) }

  private func progress(_ state: State, isRefused: Bool) -> Progress {
    Progress(
      counts: state.counts, line: state.place.line - 1, bytes: state.place.offset,
      isDone: state.isDone, isRefused: isRefused)
  }

  /// Looks whether the key still writes, and for whom: its provider may have become one with another.
  private func renewAuthor(_ state: inout State) throws(RegistryError) {
    let id = state.author.id
    let author = try registry.writeChecked { (database) throws(RegistryError) in
      try registry.key(id: id, in: database)
    }
    state.refusal = author.refusal(at: registry.now)
    if state.refusal != nil || author.role != state.author.role {
      // What was read ahead was checked as if the key were what it was.
      state.coming?.settle()
      state.coming = nil
    }
    state.author = author
  }

  private func apply(_ state: inout State) throws(RegistryError) -> [UInt8] {
    var lines = JSONWriter(capacity: 64 << 10)
    var words = PendingWords(of: kind, registry.writer)
    let start = monotonicNanoseconds()
    repeat {
      if state.next == state.chunk.items.count { try goOn(&state) }
      try applyRows(&state, &words, &lines)
      state.isDone =
        state.chunk.isLast && state.next == state.chunk.items.count
        || isRefused(state) && state.counts.rejected >= Self.mostReasons
    } while !state.isDone && (isOneBatch(state) || !isTime(since: start))
    try takeIn(&words)
    return lines.bytes
  }

  /// Of an atomic import that is refused nothing lasts, so others may write between its rows.
  private func isOneBatch(_ state: State) -> Bool {
    options.mode == .atomic && !isRefused(state)
  }

  /// True where others are to write, or what was done is to be put on disk.
  private func isTime(since start: Int) -> Bool {
    let time = monotonicNanoseconds() - start
    return time > Self.longest || time > Self.shortest && registry.isAwaited
  }

  /// Goes on with the next chunk.
  private func goOn(_ state: inout State) throws(RegistryError) {
    let stored = state.chunk
    let reader = stored.reader
    state.next = 0
    guard isPreparing, state.refusal == nil else { return state.chunk = try RowChunk(from: reader) }
    let prepare: @Sendable (RowReader) throws(RegistryError) -> RowChunk = {
      [registry, kind, author = state.author, options] (reader) throws(RegistryError) in
      try RowChunk(from: reader, as: kind, options.language, by: author, in: registry)
    }
    let coming = state.coming ?? ComingChunks(behind: reader, prepare)
    state.coming = coming
    if let chunk = coming.next(behind: stored),
      chunk.generation == registry.writer.generation.number
    {
      return state.chunk = chunk
    }
    // What rows are checked by has changed since they were read; or reading ahead failed, and reading now says why.
    coming.settle()
    state.chunk = try prepare(reader)
    state.coming = state.chunk.isLast ? nil : ComingChunks(behind: state.chunk.reader, prepare)
  }

  /// False where rows would be prepared in vain, since each batch changes what they are checked by, or is undone.
  private var isPreparing: Bool { !options.isDryRun && kind.isPreparedAhead }
}

extension ImportCounts {
  fileprivate init(rejected: Int) { self.rejected = rejected }

  mutating func count(_ result: RowResult) {
    switch result {
    case .created: created += 1
    case .updated: updated += 1
    case .unchanged: unchanged += 1
    case .skipped: skipped += 1
    case .rejected: rejected += 1
    }
  }
}

extension RegistryError {
  /// Never seen outside: a trial's transaction is undone by it.
  fileprivate static let undone = RegistryError.unavailable("This was only a trial.")

  /// What an item or its writer did wrong; nil where the registry itself failed.
  var violations: [Violation]? {
    switch self {
    case .invalid(let violations), .badQuery(let violations): violations
    case .conflict(let detail), .forbidden(let detail): [Violation(.pointer(""), detail)]
    case .unknown, .merged, .stale, .otherRequest: [Violation(.pointer(""), description)]
    case .full, .readOnly, .damaged, .unusable, .unavailable, .tooManyRows, .tooManyImports: nil
    }
  }
}
