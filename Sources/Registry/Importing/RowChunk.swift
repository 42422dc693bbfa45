internal import SQLite

/// Some rows of an import, read and checked.
struct RowChunk: Sendable {
  struct Item: Sendable {
    let row: ImportRow
    /// Where the next one begins.
    let end: RowPlace
    /// Nil where it wasn't prepared.
    let ahead: Ahead?
  }

  /// What was found of a row before its turn.
  struct Ahead: Sendable {
    /// The id that it names, which an item has or not.
    let id: String?
    /// What is to be stored if it is new.
    let prepared: Result<Prepared, RegistryError>
  }

  /// So many are stored, and waited for by who reads, at once.
  private static let most = 1000
  /// Bytes of the file, but for the last row: rows may be a thousand times as long as they usually are.
  private static let mostBytes = 4 << 20

  private(set) var items: [Item] = []
  /// Behind the rows.
  private(set) var reader: RowReader
  /// True when none are behind them.
  private(set) var isLast = false
  /// The writer's, before they were prepared.
  private(set) var generation: Int?

  /// No rows yet.
  init(behind reader: RowReader) { self.reader = reader }

  /// The next rows as they are.
  init(from reader: RowReader) throws(RegistryError) {
    self.reader = reader
    try read(Self.most) { _, _ in nil }
  }

  /// The next rows, prepared to be stored.
  init(
    from reader: RowReader, as kind: Writable, _ language: String, by author: Key,
    in registry: Registry
  ) throws(RegistryError) {
    self.reader = reader
    let empty = self
    self = try registry.readKnowing { (database, generation) throws(RegistryError) in
      var chunk = empty
      chunk.generation = generation
      try chunk.read(Self.most) { row, reader in
        var id: String?
        let prepared = Result { () throws(RegistryError) in
          let body = try reader.body(of: row)
          id = body.string("id")
          return try registry.prepare(kind, body, language, author, in: database)
        }
        // What isn't the row's own fault may not be one when its turn comes.
        if case .failure(let error) = prepared, error.violations == nil { return nil }
        return Ahead(id: id, prepared: prepared)
      }
      return chunk
    }
  }

  private mutating func read(
    _ most: Int, _ prepare: (ImportRow, RowReader) -> Ahead?
  ) throws(RegistryError) {
    items.reserveCapacity(most)
    let start = reader.place.offset
    while items.count < most, reader.place.offset - start < Self.mostBytes {
      guard let row = try reader.next() else {
        isLast = true
        return
      }
      items.append(Item(row: row, end: reader.place, ahead: prepare(row, reader)))
    }
  }
}
