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
    var reader: RowReader
    var counts = ImportCounts()
    var isDone = false
    /// How many rows were last stored in about a moment.
    var pace = 200
    /// The rows behind those that are being stored.
    var coming: ComingChunk?
  }

  /// A batch takes a moment, in nanoseconds, in which nobody else writes, and its rows are kept in memory.
  private static let (moment, fewest, most) = (50_000_000, 50, 2000)
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
    let reader = try RowReader(spool, kind, options, offset: offset, line: line)
    self.options = options
    self.kind = kind
    self.author = author
    self.registry = try registry.handle()
    state = Mutex(State(reader: reader, counts: counts))
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
    return lines
  }

  public var progress: Progress { progress(state.withLock { $0 }, isRefused: false) }

  private func progress(_ state: State, isRefused: Bool) -> Progress {
    Progress(
      counts: state.counts, line: state.reader.line - 1, bytes: state.reader.offset,
      isDone: state.isDone, isRefused: isRefused)
  }

  private func apply(_ before: State) throws(RegistryError) -> (State, [UInt8]) {
    var state = before
    var lines: [UInt8] = []
    repeat {
      let chunk = try nextChunk(state)
      let generation = try registry.writeChecked { $0.known.generation }
      state.coming = chunk.isLast ? nil : coming(behind: chunk, state.pace, generation)
      let start = monotonicNanoseconds()
      try apply(chunk, generation, &state, &lines)
      let rate = Self.moment * chunk.items.count / max(1, monotonicNanoseconds() - start)
      state.pace = min(max(rate, Self.fewest), Self.most)
      state.reader = chunk.reader
      state.isDone = chunk.isLast
    } while options.mode == .atomic && !state.isDone
    return (state, lines)
  }

  private func nextChunk(_ state: State) throws(RegistryError) -> RowChunk {
    // Where reading ahead failed, reading now says why.
    if let coming = state.coming, coming.offset == state.reader.offset,
      let chunk = try? coming.get()
    {
      return chunk
    }
    return try RowChunk(state.pace, from: state.reader)
  }

  /// Has the next rows prepared while these are stored; nil where they would be prepared in vain, since each
  /// batch changes what they are checked by, or is undone.
  private func coming(behind chunk: RowChunk, _ count: Int, _ generation: Int) -> ComingChunk? {
    if options.isDryRun || kind.noun.name == Noun.provider.name { return nil }
    return ComingChunk(from: chunk.reader) {
      [registry, kind, options, author] () throws(RegistryError) in
      try RowChunk(
        count, from: chunk.reader, as: kind, options.language, by: author, generation, in: registry)
    }
  }

  private func apply(
    _ chunk: RowChunk, _ generation: Int, _ state: inout State, _ lines: inout [UInt8]
  ) throws(RegistryError) {
    for item in chunk.items {
      let row = item.row
      let result = try result(of: row, chunk.generation == generation ? item.prepared : nil)
      state.counts.count(result)
      // Of an atomic import that fails, the reasons are what matters, and only so many.
      if options.mode == .atomic, state.counts.rejected > 0 {
        if case .rejected = result {
          if state.counts.rejected == 1 { lines = [] }
          if state.counts.rejected <= Self.mostReasons { lines += result.line(row.line) }
        }
      } else {
        lines += result.line(row.line)
      }
    }
  }

  private func result(
    of row: ImportRow, _ prepared: Result<Prepared, RegistryError>?
  ) throws(RegistryError) -> RowResult {
    do throws(RegistryError) {
      let body = try row.body.get()
      guard let slug = try existing(body) else {
        return .created(
          try registry.create(kind, body, language: options.language, by: author, prepared))
      }
      switch options.onConflict {
      case .skip: return .skipped(slug: slug)
      case .fail: throw .conflict("\(slug) has this external_id already.")
      case .update:
        let written = try registry.patch(
          kind, slug, body, language: options.language, ifAt: { _ in true }, by: author)
        return written.isRepeated ? .unchanged(written) : .updated(written)
      }
    } catch {
      // A rule that the row breaks is the row's; anything else ends the batch.
      guard let violations = error.violations else { throw error }
      return .rejected(violations)
    }
  }

  /// The item that the row speaks of, by its provider and external id.
  private func existing(_ body: JSONValue) throws(RegistryError) -> String? {
    guard case .string(let externalID)? = body["external_id"] else { return nil }
    var provider: String?
    if case .string(let slug)? = body["provider"] { provider = slug }
    if provider == nil, case .provider(let slug) = author.role { provider = slug }
    let owner = provider
    return try registry.writeChecked { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.first(
          "SELECT slug FROM" + kind.noun.table + "WHERE external_id = ?1 AND" + kind.owned,
          .text(externalID), Value(owner)
        ) { row in row.text(0) }
      }
    }
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

extension Writable {
  /// Whose item it is, ?2, among those of one external id.
  fileprivate var owned: SQL {
    noun.field("provider") == nil ? "(?2 IS NULL OR true)" : "provider IS ?2"
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
