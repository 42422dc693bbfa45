internal import Dispatch
internal import SQLite
internal import Synchronization

/// The columns of the nouns that have many rows, at the latest revisions of the database.
///
/// The writer adds a revision's columns before its commit, and a reader takes those of the revision that
/// its own transaction reads in the table `revision`: so no reader meets a state that the database didn't
/// have, and a list and its facets are of one moment.
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

  /// Readers hold transactions for milliseconds; one that is behind more revisions begins anew.
  private static let most = 8
  /// Ascending by revision.
  private let versions = Mutex<[Version]>([])
  /// The writer's, which remember what values mean from one commit to the next.
  private let readers = Mutex<[String: KeptReader]>([:])

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

  static func follows(_ noun: Noun) -> Bool { nouns.contains { $0.name == noun.name } }

  func version(_ revision: Int64) -> Version? {
    versions.withLock { versions in versions.last { $0.revision == revision } }
  }

  private func add(_ version: Version) {
    versions.withLock { versions in
      versions.removeAll { $0.revision >= version.revision }
      versions.append(version)
      if versions.count > Self.most { versions.removeFirst() }
    }
  }

  /// Takes back what `stage` added: the transaction came to nothing.
  func drop(_ revision: Int64) { versions.withLock { $0.removeAll { $0.revision == revision } } }

  /// Ends the writer's transaction: gives what it touched a new revision, and that its columns.
  ///
  /// Columns that were never asked for, or that another process has overtaken, wait for the next reader.
  func stage(_ database: borrowing Connection) throws(SQLiteError) -> Int64? {
    let touched = database.touched
    guard !touched.isEmpty else { return nil }
    let before = try currentRevision(database)
    try database.run("UPDATE revision SET number = ?1", .integer(before + 1))
    guard var next = version(before) else { return nil }
    var links = next.links
    if Self.nouns.contains(where: { touched.extent($0.name) == .whole }) {
      links = try EQFLinks(database)
      readers.withLock { $0 = [:] }
    }
    for noun in Self.nouns {
      switch touched.extent(noun.name) {
      case .whole:
        var columns = Columns(ColumnLayout(noun))
        var reader = ColumnReader(noun, for: columns, links)
        try reader.read(0...(.max), into: &columns, database)
        next.tables[noun.name] = columns
      case .rows(let runs):
        guard var columns = next.tables.removeValue(forKey: noun.name) else { continue }
        try kept(noun, columns, links).reader.withLock { (reader) throws(SQLiteError) in
          for run in runs { try reader.read(run, into: &columns, database) }
        }
        next.tables[noun.name] = columns
      }
    }
    add(
      Version(
        revision: before + 1, tables: next.tables, links: links,
        matches: matches(next.matches, touched)))
    return before + 1
  }

  private func kept(_ noun: Noun, _ columns: Columns, _ links: EQFLinks) -> KeptReader {
    readers.withLock { readers in
      if let reader = readers[noun.name], reader.isFor(columns) { return reader }
      let reader = KeptReader(ColumnReader(noun, for: columns, links), columns)
      readers[noun.name] = reader
      return reader
    }
  }

  private func matches(_ before: KeptMatches, _ touched: TouchedRows) -> KeptMatches {
    // A provider's name is among the words of its credentials.
    guard touched.extent(Noun.provider.name) == .rows([]),
      case .rows(let runs) = touched.extent(Noun.credential.name)
    else { return KeptMatches() }
    return before.followed(by: runs.flatMap { Array($0) })
  }

  /// Reads all columns anew, on all cores, while the writer holds still.
  func load(_ path: String) throws(SQLiteError) {
    let revision = try reading(path) { (database) throws(SQLiteError) in
      try currentRevision(database)
    }
    if version(revision) != nil { return }
    var tables: [String: Columns] = [:]
    var links: EQFLinks?
    for noun in Self.nouns {
      let parts = try readInParts(noun, path)
      // Another process wrote meanwhile: the next reader asks again.
      guard parts.allSatisfy({ $0.revision == revision }) else { return }
      var columns = parts[0].columns
      for part in parts.dropFirst() { columns.take(part.columns, from: part.first) }
      tables[noun.name] = columns
      links = parts[0].links
    }
    guard let links else { return }
    add(Version(revision: revision, tables: tables, links: links, matches: KeptMatches()))
  }

  private struct Part: Sendable {
    let revision: Int64
    /// The first segment that is this part's.
    let first: Int
    let columns: Columns
    let links: EQFLinks
  }

  private func readInParts(_ noun: Noun, _ path: String) throws(SQLiteError) -> [Part] {
    let last = try reading(path) { (database) throws(SQLiteError) in
      try database.first("SELECT max(" + noun.key + ") FROM" + noun.table) { $0.integer(0) } ?? 0
    }
    let segments = Int(last) / Columns.segmentSize + 1
    let count = min(segments, 2)
    let share = (segments + count - 1) / count
    let empty = Columns(ColumnLayout(noun))
    let results = Mutex<[Int: Result<Part, SQLiteError>]>([:])
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let first = index * share
      let result: Result<Part, SQLiteError>
      do throws(SQLiteError) {
        result = .success(try readPart(noun, path, empty, first..<(first + share)))
      } catch {
        result = .failure(error)
      }
      results.withLock { $0[index] = result }
    }
    let parts = results.withLock { $0 }
    var read: [Part] = []
    for index in 0..<count {
      if let part = parts[index] { read.append(try part.get()) }
    }
    return read
  }

  private func readPart(
    _ noun: Noun, _ path: String, _ empty: Columns, _ segments: Range<Int>
  ) throws(SQLiteError) -> Part {
    try reading(path) { (database) throws(SQLiteError) in
      try database.run("BEGIN")
      let revision = try currentRevision(database)
      let links = try EQFLinks(database)
      var columns = empty
      var reader = ColumnReader(noun, for: columns, links)
      let size = Int64(Columns.segmentSize)
      let numbers = Int64(segments.lowerBound) * size...Int64(segments.upperBound) * size - 1
      try reader.read(numbers, into: &columns, database)
      try database.run("COMMIT")
      return Part(
        revision: revision, first: segments.lowerBound, columns: columns, links: links)
    }
  }
}

/// The revision of providers and credentials that this connection's transaction sees.
func currentRevision(_ database: borrowing Connection) throws(SQLiteError) -> Int64 {
  try database.first("SELECT number FROM revision") { row in row.integer(0) } ?? 0
}

/// Runs `work` on a connection of its own.
private func reading<T>(
  _ path: String, _ work: (borrowing Connection) throws(SQLiteError) -> T
) throws(SQLiteError) -> T {
  let database = try openReader(path)
  return try work(database)
}
