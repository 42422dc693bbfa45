internal import Dispatch
internal import SQLite
internal import Synchronization

/// Reads columns from a database that nobody has followed.
enum ColumnLoading {
  /// All columns at the database's latest revision, read on all cores while the writer holds still; nil where another
  /// process writes meanwhile.
  static func load(_ path: String) throws(SQLiteError) -> ColumnStore.Version? {
    let revision = try reading(path) { (database) throws(SQLiteError) in
      try currentRevision(database)
    }
    var tables: [String: Columns] = [:]
    var links: EQFLinks?
    for noun in ColumnStore.nouns {
      let parts = try readInParts(noun, path)
      guard parts.allSatisfy({ $0.revision == revision }) else { return nil }
      var columns = parts[0].columns
      for part in parts.dropFirst() { columns.take(part.columns, from: part.first) }
      tables[noun.name] = columns
      links = parts[0].links
    }
    return links.map {
      ColumnStore.Version(revision: revision, tables: tables, links: $0, matches: KeptMatches())
    }
  }

  private struct Part: Sendable {
    let revision: Int64
    /// The first segment that is this part's.
    let first: Int
    let columns: Columns
    let links: EQFLinks
  }

  private static func readInParts(_ noun: Noun, _ path: String) throws(SQLiteError) -> [Part] {
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

  private static func readPart(
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

/// Runs `work` on a connection of its own.
private func reading<T>(
  _ path: String, _ work: (borrowing Connection) throws(SQLiteError) -> T
) throws(SQLiteError) -> T {
  let database = try openReader(path)
  return try work(database)
}
