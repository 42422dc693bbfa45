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
  /// What their items take, words and all else.
  private var size = 0

  /// So many are kept in memory, with so many bytes.
  private static let (most, mostBytes) = (4096, 16 << 20)

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
    size += values.size
    if rows.count == Self.most || size >= Self.mostBytes { try takeIn(database) }
  }

  /// Takes them in: before the transaction ends, and before a row of them is written once more.
  mutating func takeIn(_ database: borrowing Connection) throws(SQLiteError) {
    guard let index, !rows.isEmpty else { return }
    try index.addLent(rows, database)
    try writer.paceWords(rows.count, database)
    for number in numbers { database.touched.noteFollowed(number, in: table) }
    rows.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
    size = 0
  }
}

/// What two items of an import have in common that are one.
private struct TwinNames: Hashable {
  private let externalID: String
  private let provider: String?

  init?(_ names: ItemNames) {
    guard let externalID = names.externalID else { return nil }
    self.externalID = externalID
    provider = names.provider
  }
}

extension Registry {
  /// Stores new items, and tells what became of each; nil for one that is to be stored by itself, behind them: a slug that
  /// it asks for is taken, or one before it has its external id.
  func store(
    _ items: [Prepared], as kind: Writable, by author: Key, _ words: inout PendingWords,
    in database: borrowing Connection
  ) throws(RegistryError) -> [Stored?] {
    var results: [Stored?] = Array(repeating: nil, count: items.count)
    var seen: Set<TwinNames> = []
    let first = items.indices.filter { index in
      TwinNames(items[index].names).map { seen.insert($0).inserted } ?? true
    }
    let leftOut = try store(
      items, first, as: kind, by: author, &results, &words, in: database)
    var again: [Int] = []
    for (index, slug) in leftOut {
      if let twin = try twin(of: items[index].names, as: kind, in: database) {
        results[index] = .twin(slug: twin)
      } else {
        // So its slug is: the next try passes it over.
        database.known.keep(slug, as: kind.slugs, for: slug)
        again.append(index)
      }
    }
    if !again.isEmpty {
      _ = try store(items, again, as: kind, by: author, &results, &words, in: database)
    }
    return results
  }

  /// Stores those of the items that are at `indices`, and tells which were left out because of the slug that was tried
  /// or of their external id, which another item has.
  private func store(
    _ items: [Prepared], _ indices: [Int], as kind: Writable, by author: Key,
    _ results: inout [Stored?], _ words: inout PendingWords, in database: borrowing Connection
  ) throws(RegistryError) -> [(index: Int, slug: String)] {
    let now = environment.now().milliseconds
    var tried: [(index: Int, slug: String)] = []
    var rows: [PackedRow] = []
    let next = try kind.noun.nextNumber(in: database)
    for index in indices {
      let item = items[index]
      var candidates = SlugCandidates(item.names, number: next + Int64(rows.count))
      guard let slug = try? candidates.next(among: kind, in: database) else { continue }
      // To those behind it, it is taken.
      database.known.keep(slug, as: kind.slugs, for: slug)
      tried.append((index, slug))
      rows.append(PackedRow(item.values, item.row, own: .text(slug)))
    }
    return try told { () throws(SQLiteError) in
      try database.run(kind.creations, lending: rows, .integer(now))
      let count = database.changes
      let first = database.lastRowID - Int64(count) + 1
      let stored = count == rows.count ? nil : try ids(kind, from: first, count, database)
      var number = first
      var side: [PackedRow] = []
      var leftOut: [(index: Int, slug: String)] = []
      for (index, slug) in tried {
        let item = items[index]
        guard stored?.contains(item.id) ?? true else {
          database.known.forget(slug, as: kind.slugs)
          leftOut.append((index, slug))
          continue
        }
        side += kind.side?.lent(item.values, item.side, of: number) ?? []
        try words.append(item.values, item.words, of: number, database)
        results[index] = .new(NewRow(item, slug: slug, madeAt: now))
        number += 1
      }
      if number == first { return leftOut }
      if !side.isEmpty { try kind.side?.addLent(side, database) }
      try recordCreations(of: kind.noun, first...number - 1, by: author, at: now, in: database)
      try noteUse(of: author, at: now, in: database)
      return leftOut
    }
  }

  /// The ids of the `count` rows from `first` on.
  private func ids(
    _ kind: Writable, from first: Int64, _ count: Int, _ database: borrowing Connection
  ) throws(SQLiteError) -> Set<String> {
    if count == 0 { return [] }
    let sql: SQL = "SELECT id FROM" + kind.noun.table + "WHERE number >= ?1"
    return Set(try database.all(sql, .integer(first)) { row in row.text(0) })
  }
}
