internal import JSON
internal import SQLite
internal import Synchronization

/// Applies an import's rows, a batch at a time, by the code that a POST or PATCH of each would meet.
///
/// A batch is a transaction; between two of them others write.
public final class ImportRun: Sendable {
  public let options: ImportOptions
  private let kind: Writable
  private let author: Key
  /// A handle of its own: its writes go together.
  private let registry: Registry
  private let state: Mutex<State>

  private struct State {
    /// Where the next row begins.
    var place: RowPlace
    var counts = ImportCounts()
    var isDone = false
    var chunk: RowChunk
    /// Of the chunk's rows, the next.
    var next = 0
    /// The rows behind the chunk's.
    var coming: ComingChunk?
  }

  /// In nanoseconds, how long a batch goes on when nobody else waits to write, and when somebody does.
  ///
  /// The longer it is, the fewer pages are written twice.
  private static let (longest, shortest) = (2_000_000_000, 20_000_000)
  /// So many rows are stored by the same statements, for some milliseconds.
  private static let most = 1000
  /// An atomic import that fails tells as many of its reasons.
  private static let mostReasons = 1000

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
    let reader = try RowReader(spool, kind, options, from: RowPlace(offset: offset, line: line))
    self.options = options
    self.kind = kind
    self.author = author
    self.registry = try registry.handle()
    state = Mutex(
      State(place: reader.place, counts: counts, chunk: RowChunk(behind: reader)))
  }

  /// Applies the next batch and says what became of its rows, a line of JSON each; nil once all is done.
  ///
  /// `note` runs in the batch's transaction, or after it where that is undone because it was only a trial.
  public func step(
    _ note: (Registry, [UInt8], Progress) throws(RegistryError) -> Void = { _, _, _ in }
  ) throws(RegistryError) -> [UInt8]? {
    let before = state.withLock { $0 }
    if before.isDone { return nil }
    var after = before
    var lines: [UInt8] = []
    var isUndone = options.isDryRun
    do throws(RegistryError) {
      try registry.together { () throws(RegistryError) in
        (after, lines) = try apply(before)
        if options.mode == .atomic, after.counts.rejected > 0 { isUndone = true }
        if isUndone { throw .undone }
        try note(registry, lines, progress(after, isRefused: false))
      }
    } catch {
      guard isUndone, error == .undone else { throw error }
      let isRefused = !options.isDryRun
      if isRefused { after.counts = ImportCounts(rejected: after.counts.rejected) }
      try note(registry, lines, progress(after, isRefused: isRefused))
    }
    state.withLock { $0 = after }
    if after.isDone { registry.writer.giveBackMemory() }
    return lines
  }

  public var progress: Progress { progress(state.withLock { $0 }, isRefused: false) }

  private func progress(_ state: State, isRefused: Bool) -> Progress {
    Progress(
      counts: state.counts, line: state.place.line - 1, bytes: state.place.offset,
      isDone: state.isDone, isRefused: isRefused)
  }

  private func apply(_ before: State) throws(RegistryError) -> (State, [UInt8]) {
    var state = before
    var lines = JSONWriter(capacity: 64 << 10)
    var words = PendingWords(of: kind)
    do throws(RegistryError) {
      let start = monotonicNanoseconds()
      repeat {
        if state.next == state.chunk.items.count { try goOn(&state) }
        try applyRows(&state, &words, &lines)
        state.isDone = state.chunk.isLast && state.next == state.chunk.items.count
      } while !state.isDone && (options.mode == .atomic || !isTime(since: start))
      try takeIn(&words)
    } catch {
      // Nothing of this import goes on when its failure is told.
      state.coming?.settle()
      throw error
    }
    return (state, lines.bytes)
  }

  /// True where others are to write, or what was done is to be put on disk.
  private func isTime(since start: Int) -> Bool {
    let time = monotonicNanoseconds() - start
    return time > Self.longest || time > Self.shortest && registry.isAwaited
  }

  /// Goes on with the next chunk, and has the one behind it prepared.
  private func goOn(_ state: inout State) throws(RegistryError) {
    let stored = state.chunk
    // Where reading ahead failed, reading now says why.
    if let coming = state.coming, coming.start == state.place, let chunk = try? coming.get() {
      state.chunk = chunk
    } else {
      state.chunk = try chunk(behind: state.chunk.reader)
    }
    state.next = 0
    guard isPreparing, !state.chunk.isLast else { return state.coming = nil }
    state.coming = ComingChunk(from: state.chunk.reader, behind: stored) {
      [self, reader = state.chunk.reader] () throws(RegistryError) in
      try chunk(behind: reader)
    }
  }

  /// False where rows would be prepared in vain, since each batch changes what they are checked by, or is undone.
  private var isPreparing: Bool { !options.isDryRun && kind.isPreparedAhead }

  private func chunk(behind reader: RowReader) throws(RegistryError) -> RowChunk {
    guard isPreparing else { return try RowChunk(from: reader) }
    return try RowChunk(from: reader, as: kind, options.language, by: author, in: registry)
  }

  /// Applies the next row, and those behind it that are stored by the same statements.
  private func applyRows(
    _ state: inout State, _ words: inout PendingWords, _ lines: inout JSONWriter
  ) throws(RegistryError) {
    let items = state.chunk.items[state.next...].prefix(Self.most)
    let slugs = try store(items, of: state.chunk, &words)
    for (item, slug) in zip(items, slugs) {
      if let slug {
        note(.created(slug: slug), of: item, &state, &lines)
      } else {
        try takeIn(&words)
        note(try result(of: item, state.chunk), of: item, &state, &lines)
      }
    }
  }

  /// Stores rows as new items, as many as can be by the same statements, and tells their slugs: nil for one that
  /// has still to be applied.
  private func store(
    _ items: ArraySlice<RowChunk.Item>, of chunk: RowChunk, _ words: inout PendingWords
  ) throws(RegistryError) -> [String?] {
    try registry.writeChecked { (database) throws(RegistryError) in
      var prepared: [Prepared] = []
      if chunk.generation == database.known.generation.number {
        for item in items {
          guard case .success(let ahead)? = item.prepared, ahead.isToldApart(kind) else { break }
          prepared.append(ahead)
        }
      }
      // The first is stored by itself where it isn't prepared.
      if prepared.isEmpty { return [nil] }
      return try registry.store(prepared, as: kind, by: author, &words, in: database)
    }
  }

  private func takeIn(_ words: inout PendingWords) throws(RegistryError) {
    try registry.writeChecked { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in try words.takeIn(database) }
    }
  }

  private func note(
    _ result: RowResult, of item: RowChunk.Item, _ state: inout State, _ lines: inout JSONWriter
  ) {
    state.counts.count(result)
    state.next += 1
    state.place = item.end
    // Of an atomic import that fails, the reasons are what matters, and only so many.
    if options.mode == .atomic, state.counts.rejected > 0 {
      guard case .rejected = result else { return }
      if state.counts.rejected == 1 { lines = JSONWriter() }
      if state.counts.rejected > Self.mostReasons { return }
    }
    result.write(item.row.line, to: &lines)
  }

  private func result(
    of item: RowChunk.Item, _ chunk: RowChunk
  ) throws(RegistryError) -> RowResult {
    do throws(RegistryError) {
      switch try stored(item, chunk) {
      case .new(_, let slug): return .created(slug: slug)
      case .twin(let slug): return try met(slug, try chunk.reader.body(of: item.row))
      }
    } catch {
      // A rule that the row breaks is the row's; anything else ends the batch.
      guard let violations = error.violations else { throw error }
      return .rejected(violations)
    }
  }

  /// Stores the row as a new item, unless it speaks of one that is there.
  private func stored(
    _ item: RowChunk.Item, _ chunk: RowChunk
  ) throws(RegistryError) -> Stored {
    try registry.writeChecked { (database) throws(RegistryError) in
      do throws(RegistryError) {
        let prepared =
          if let ahead = item.prepared, chunk.generation == database.known.generation.number {
            try ahead.get()
          } else {
            try registry.prepare(
              kind, try chunk.reader.body(of: item.row), options.language, author, in: database)
          }
        return try registry.store(prepared, as: kind, by: author, in: database)
      } catch {
        // What is too little for a new item may change one that is there.
        guard error.violations != nil, let body = try? chunk.reader.body(of: item.row),
          let twin = try twin(of: body, in: database)
        else { throw error }
        return .twin(slug: twin)
      }
    }
  }

  /// What the row does to the item that it speaks of.
  private func met(_ slug: String, _ body: JSONValue) throws(RegistryError) -> RowResult {
    switch options.onConflict {
    case .skip: return .skipped(slug: slug)
    case .fail: throw .conflict("\(slug) has this external_id already.")
    case .update:
      let written = try registry.patch(
        kind, slug, body, language: options.language, ifAt: { _ in true }, by: author)
      return written.isRepeated ? .unchanged(written) : .updated(written)
    }
  }

  /// The item that the row speaks of, by its provider and external id.
  private func twin(
    of body: JSONValue, in database: borrowing Connection
  ) throws(RegistryError) -> String? {
    guard case .string(let externalID)? = body["external_id"] else { return nil }
    var provider: String?
    if case .string(let slug)? = body["provider"] { provider = slug }
    if provider == nil, case .provider(let slug) = author.role { provider = slug }
    return try kind.twin(externalID, of: provider, in: database)
  }
}

extension ImportCounts {
  fileprivate init(rejected: Int) { self.rejected = rejected }

  fileprivate mutating func count(_ result: RowResult) {
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
