internal import JSON
internal import SQLite

/// Words of new rows that are taken in later in their transaction, all at once: FTS5 writes out what it holds
/// whenever a statement begins that may be undone by itself, as one of many rows may.
struct PendingWords {
  private let index: SearchIndex?
  private let table: String
  private let writer: Writer
  private var rows: [PackedRow] = []
  private var numbers: [Int64] = []

  /// So many are kept in memory.
  private static let most = 4096

  init(of kind: Writable, _ writer: Writer) {
    self.writer = writer
    index = kind.words
    table = kind.noun.name
  }

  fileprivate mutating func append(
    _ values: PackedValues, _ range: Range<Int>, of number: Int64,
    _ database: borrowing Connection
  ) throws(SQLiteError) {
    if index == nil { return }
    rows.append(PackedRow(values, range, own: .integer(number)))
    numbers.append(number)
    if rows.count == Self.most { try takeIn(database) }
  }

  /// Takes them in: before the transaction ends, and before a row of them is written once more.
  mutating func takeIn(_ database: borrowing Connection) throws(SQLiteError) {
    guard let index, !rows.isEmpty else { return }
    try index.addLent(rows, database)
    try writer.paceWords(rows.count, database)
    for number in numbers { database.touched.noteFollowed(number, in: table) }
    rows.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
  }
}

extension Registry {
  /// Stores new items, and tells each one's slug; nil for one that is to be stored by itself, since another has its
  /// slug or external id, or a rule of the schema is broken by one of them.
  func store(
    _ items: [Prepared], as kind: Writable, by author: Key, _ words: inout PendingWords,
    in database: borrowing Connection
  ) throws(RegistryError) -> [String?] {
    let now = environment.now().milliseconds
    var slugs: [String?] = []
    var rows: [PackedRow] = []
    let next = try kind.noun.nextNumber(in: database)
    for item in items {
      var candidates = SlugCandidates(item.names, number: next + Int64(rows.count))
      let slug = try? candidates.next(among: kind, in: database)
      slugs.append(slug)
      guard let slug else { continue }
      // To those behind it, it is taken.
      database.known.keep(slug, as: kind.slugs, for: slug)
      rows.append(PackedRow(item.values, item.row, own: .text(slug)))
    }
    let first: Int64
    let count: Int
    do throws(SQLiteError) {
      try database.run(kind.creations, lending: rows, .integer(now))
      count = database.changes
      first = database.lastRowID - Int64(count) + 1
    } catch {
      guard error.code ~= .constraint else { throw RegistryError(error) }
      for slug in slugs { slug.map { database.known.forget($0, as: kind.slugs) } }
      return items.map { _ in nil }
    }
    return try told { () throws(SQLiteError) in
      if count < rows.count {
        try leaveOut(&slugs, items, kind, from: first, count, database)
      }
      if count == 0 { return slugs }
      var number = first
      var side: [PackedRow] = []
      for (item, slug) in zip(items, slugs) where slug != nil {
        side += kind.side?.lent(item.values, item.side, of: number) ?? []
        try words.append(item.values, item.words, of: number, database)
        number += 1
      }
      if !side.isEmpty { try kind.side?.addLent(side, database) }
      try recordCreations(of: kind.noun, first...number - 1, by: author, at: now, in: database)
      try noteUse(of: author, at: now, in: database)
      return slugs
    }
  }

  /// Makes the slugs nil of those that aren't among the `count` rows from `first` on.
  private func leaveOut(
    _ slugs: inout [String?], _ items: [Prepared], _ kind: Writable, from first: Int64,
    _ count: Int, _ database: borrowing Connection
  ) throws(SQLiteError) {
    var stored: Set<String> = []
    if count > 0 {
      let sql: SQL = "SELECT id FROM" + kind.noun.table + "WHERE number >= ?1"
      stored = Set(try database.all(sql, .integer(first)) { row in row.text(0) })
    }
    for (index, item) in items.enumerated() {
      guard let slug = slugs[index], !stored.contains(item.id) else { continue }
      database.known.forget(slug, as: kind.slugs)
      slugs[index] = nil
    }
  }
}
