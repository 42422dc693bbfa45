internal import Dispatch
internal import SQLite
internal import Synchronization

/// The columns of the nouns that have many rows, at the latest revisions of the database.
///
/// The writer notes before its commit which rows it touched, and whoever reads has the columns follow to the revision that
/// its own transaction reads in the table `revision`: so no reader meets a state that the database didn't have, a list
/// and its facets are of one moment, and no commit waits for what nobody has asked for. A few milliseconds later they
/// follow by themselves.
final class ColumnStore: Sendable {
  struct Version: Sendable {
    let revision: Int64
    var tables: [String: Columns]
    let links: EQFLinks
    /// What questions found so far, by noun, and of words.
    let passing = Dictionary(
      uniqueKeysWithValues: ColumnStore.nouns.map { ($0.name, KeptTests()) })
    let matches: KeptMatches
  }

  static let nouns: [Noun] = [.credential, .provider]

  private let path: String
  private let steps = Mutex(ColumnSteps())
  /// Remember what values mean from one revision to the next; who has them makes a version, and nobody else does.
  private let coders = Mutex(Coders())
  private let queue = DispatchQueue(label: "cairn.columns")
  private let isAwaited = Atomic(false)
  private let follower = Mutex(Follower())

  private struct Coders {
    var readers: [String: KeptReader] = [:]
  }

  private struct Follower: ~Copyable {
    var connection: Connection?
  }

  private final class KeptReader: Sendable {
    let reader: Mutex<ColumnReader>
    private let sets: ValueSets?

    init(_ reader: consuming ColumnReader, _ columns: Columns) {
      self.reader = Mutex(reader)
      sets = columns.sets.first
    }

    /// True of columns whose codes are those that it knows.
    func isFor(_ columns: Columns) -> Bool { sets === columns.sets.first }
  }

  init(_ path: String) { self.path = path }

  static func follows(_ noun: Noun) -> Bool { nouns.contains { $0.name == noun.name } }

  /// The columns at the revision that `database` reads in its transaction; nil where they have to be loaded.
  func version(in database: borrowing Connection) throws(SQLiteError) -> Version? {
    let revision = try currentRevision(database)
    if let version = steps.withLock({ $0.version(revision) }) { return version }
    return try coders.withLock { (coders) throws(SQLiteError) in
      // Another one may have made it meanwhile.
      if let version = steps.withLock({ $0.version(revision) }) { return version }
      guard let (base, touched) = steps.withLock({ $0.way(to: revision) }) else { return nil }
      let version = try follow(base, to: revision, touched, &coders, database)
      steps.withLock { $0.keep(version) }
      return version
    }
  }

  /// Takes back what `note` said: the transaction came to nothing.
  func drop(_ revision: Int64) { steps.withLock { $0.drop(from: revision) } }

  /// Gives what the writer's transaction touched a new revision, which it returns where columns are to follow to it.
  ///
  /// Columns that were never asked for, or that another process has overtaken, wait for the next reader.
  func note(_ database: borrowing Connection) throws(SQLiteError) -> Int64? {
    if database.touched.isEmpty { return nil }
    let before = try currentRevision(database)
    try database.run("UPDATE revision SET number = ?1", .integer(before + 1))
    let touched = Dictionary(
      uniqueKeysWithValues: Self.nouns.map { ($0.name, database.touched.extent($0.name)) })
    return steps.withLock { $0.add(touched, behind: before) } ? before + 1 : nil
  }

  /// Has the columns follow the commits of the next milliseconds, all at once: who reads sooner has them do so himself.
  func follow() {
    guard isAwaited.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged
    else { return }
    queue.asyncAfter(deadline: .now() + .milliseconds(5)) { [weak self] in
      guard let self else { return }
      isAwaited.store(false, ordering: .relaxed)
      // Where it fails, the next reader learns why.
      _ = try? isFollowing()
    }
  }

  /// The columns after `touched` was written.
  private func follow(
    _ base: Version, to revision: Int64, _ touched: [String: TouchedRows.Extent],
    _ coders: inout Coders, _ database: borrowing Connection
  ) throws(SQLiteError) -> Version {
    var tables = base.tables
    var links = base.links
    if touched.values.contains(.whole) {
      links = try EQFLinks(database)
      coders.readers = [:]
    }
    for noun in Self.nouns {
      switch touched[noun.name] {
      case .whole?:
        var columns = Columns(ColumnLayout(noun))
        var reader = ColumnReader(noun, for: columns, links)
        try reader.read(0...(.max), into: &columns, database)
        tables[noun.name] = columns
      case .rows(let runs)?:
        // Taken out, so that what isn't shared is changed where it is.
        guard var columns = tables.removeValue(forKey: noun.name) else { continue }
        try kept(noun, columns, links, &coders).reader.withLock { (reader) throws(SQLiteError) in
          for run in runs { try reader.read(run, into: &columns, database) }
        }
        tables[noun.name] = columns
      case nil: break
      }
    }
    return Version(
      revision: revision, tables: tables, links: links, matches: matches(base.matches, touched))
  }

  private func kept(
    _ noun: Noun, _ columns: Columns, _ links: EQFLinks, _ coders: inout Coders
  ) -> KeptReader {
    if let reader = coders.readers[noun.name], reader.isFor(columns) { return reader }
    let reader = KeptReader(ColumnReader(noun, for: columns, links), columns)
    coders.readers[noun.name] = reader
    return reader
  }

  private func matches(
    _ before: KeptMatches, _ touched: [String: TouchedRows.Extent]
  ) -> KeptMatches {
    // A provider's name is among the words of its credentials.
    guard touched[Noun.provider.name] == .rows([]),
      case .rows(let runs)? = touched[Noun.credential.name]
    else { return KeptMatches() }
    return before.followed(by: runs.flatMap { Array($0) })
  }

  /// Reads all columns anew, unless they are there by now; called while the writer holds still.
  func load() throws(SQLiteError) {
    if try isFollowing() { return }
    if let version = try ColumnLoading.load(path) { steps.withLock { $0.begin(version) } }
  }

  private func isFollowing() throws(SQLiteError) -> Bool {
    try reading { (database) throws(SQLiteError) in try version(in: database) != nil }
  }

  /// Runs `work` in a transaction of a connection that is kept for it.
  private func reading<T: Sendable>(
    _ work: (borrowing Connection) throws(SQLiteError) -> T
  ) throws(SQLiteError) -> T {
    try follower.withLock { (follower) throws(SQLiteError) in
      let kept = follower.connection.take()
      let connection = if let kept { kept } else { try openReader(path) }
      try connection.run("BEGIN")
      let result = try work(connection)
      try connection.run("COMMIT")
      follower.connection = consume connection
      return result
    }
  }
}

/// The revision of providers and credentials that this connection's transaction sees.
func currentRevision(_ database: borrowing Connection) throws(SQLiteError) -> Int64 {
  try database.first("SELECT number FROM revision") { row in row.integer(0) } ?? 0
}
