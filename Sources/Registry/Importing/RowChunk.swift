internal import Dispatch
internal import SQLite
internal import Synchronization

/// Some rows of an import, read and checked.
struct RowChunk: Sendable {
  struct Item: Sendable {
    let row: ImportRow
    /// What is to be stored if it is new; nil where it wasn't prepared.
    let prepared: Result<Prepared, RegistryError>?
  }

  private(set) var items: [Item] = []
  /// Behind the rows.
  private(set) var reader: RowReader
  /// True when none are behind them.
  private(set) var isLast = false
  /// The writer's, before they were prepared.
  private(set) var generation: Int?

  /// The next rows as they are.
  init(_ count: Int, from reader: RowReader) throws(RegistryError) {
    self.reader = reader
    try read(count) { _ in nil }
  }

  /// The next rows, prepared to be stored.
  init(
    _ count: Int, from reader: RowReader, as kind: Writable, _ language: String, by author: Key,
    _ generation: Int, in registry: Registry
  ) throws(RegistryError) {
    self.reader = reader
    self.generation = generation
    let empty = self
    self = try registry.readMoment { (database) throws(RegistryError) in
      database.keepKnownTexts()
      do throws(SQLiteError) { try database.forgetForeign() } catch { throw RegistryError(error) }
      var chunk = empty
      try chunk.read(count) { row in
        let prepared = Result { () throws(RegistryError) in
          try registry.prepare(kind, try row.body.get(), language, author, in: database)
        }
        // What isn't the row's own fault may not be one when its turn comes.
        if case .failure(let error) = prepared, error.violations == nil { return nil }
        return prepared
      }
      return chunk
    }
  }

  private mutating func read(
    _ count: Int, _ prepare: (ImportRow) -> Result<Prepared, RegistryError>?
  ) throws(RegistryError) {
    while items.count < count {
      guard let row = try reader.next() else {
        isLast = true
        return
      }
      items.append(Item(row: row, prepared: prepare(row)))
    }
  }
}

/// A chunk on its way, on another core.
final class ComingChunk: Sendable {
  private static let queue = DispatchQueue(label: "cairn.import-rows", attributes: .concurrent)
  let offset: Int
  private let group = DispatchGroup()
  private let result = Mutex<Result<RowChunk, RegistryError>?>(nil)

  init(
    from reader: RowReader, _ read: @escaping @Sendable () throws(RegistryError) -> RowChunk
  ) {
    offset = reader.offset
    Self.queue.async(group: group) { [self] in
      let read = Result { () throws(RegistryError) in try read() }
      result.withLock { $0 = read }
    }
  }

  /// Returns when it is there.
  func get() throws(RegistryError) -> RowChunk {
    group.wait()
    guard let result = result.withLock({ $0 }) else {
      preconditionFailure("What was waited for is there.")
    }
    return try result.get()
  }
}
