internal import JSON
internal import SQLite

/// What someone wants imported, and how.
public struct ImportOrder: Sendable {
  public let kind: Writable
  public let options: ImportOptions
  public let author: Key
  public let quota: ImportQuota
  /// Nil where asking twice is two imports.
  public var once: IdempotencyKey?

  public init(_ kind: Writable, _ options: ImportOptions, by author: Key, _ quota: ImportQuota) {
    self.kind = kind
    self.options = options
    self.author = author
    self.quota = quota
  }
}

/// What came of an order whose rows have all come.
public enum BegunImport: Sendable {
  /// With where its key stands now; nil where that may import any number.
  case new(KeptImport, ImportQuota.Standing?)
  /// The same was asked for before.
  case earlier(id: String)
}

extension Registry {
  /// An id for an import that is to come, and a file for its rows.
  public func newSpool() throws(RegistryError) -> (id: String, spool: Spool) {
    let id = environment.newID()
    return (id, try Spool(path: spoolPath(id), .new))
  }

  func spoolPath(_ id: String) -> String { path + "-import-" + id }

  /// Begins an import whose rows have all come: from here on it is brought to its end, whatever happens.
  public func begin(
    _ id: String, _ spool: Spool, _ order: ImportOrder
  ) throws(RegistryError) -> BegunImport {
    let run = try ImportRun(spool, as: order.kind, order.options, by: order.author, into: self)
    let rows = try spool.rows(order.options.format)
    try forgetImports()
    let isNew = !spool.isKept
    try spool.keep()
    do throws(RegistryError) {
      let (earlier, standing) = try write { (database) throws(RegistryError) in
        try enter(id, order, rows: rows, in: database)
      }
      guard let earlier else { return .new(KeptImport(id, run, spool, work), standing) }
      spool.letGo()
      return .earlier(id: earlier)
    } catch {
      if isNew { spool.letGo() }
      throw error
    }
  }

  /// Writes the import down, unless it was asked for before or is more than its key may import now.
  private func enter(
    _ id: String, _ order: ImportOrder, rows: Int, in database: borrowing Connection
  ) throws(RegistryError) -> (earlier: String?, ImportQuota.Standing?) {
    if let once = order.once,
      let earlier = try earlierImport(once, order.author, in: database)
    {
      return (earlier, nil)
    }
    let standing =
      order.options.isDryRun
      ? nil : try admit(rows, by: order.author, order.quota, in: database)
    try put(id, order, .applying, total: rows, in: database)
    return (nil, standing)
  }

  /// Writes down an import that is new, or an upload that has become one.
  func put(
    _ id: String, _ order: ImportOrder, _ state: Import.State, total: Int = 0,
    coding: String? = nil, sha256: String? = nil, in database: borrowing Connection
  ) throws(RegistryError) {
    let options = order.options
    let columns = JSONValue.object(
      options.columns.map { .init(name: $0.key, value: .string($0.value)) })
    try told { () throws(SQLiteError) in
      try database.run(
        """
        INSERT INTO import (id, author, noun, format, mode, on_conflict, dry_run, language, columns,
          state, coding, sha256, idempotency_key, request_hash, total, offset, line, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 0, 1, ?16, ?16)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, total = excluded.total,
          updated_at = excluded.updated_at
        """, .text(id), .text(order.author.id), .text(order.kind.noun.name),
        .text(options.format.rawValue), .text(options.mode.rawValue),
        .text(options.onConflict.rawValue), .integer(options.isDryRun ? 1 : 0),
        .text(options.language), .text(columns.text), .text(state.rawValue), Value(coding),
        Value(sha256), Value(order.once?.text), order.once.map { .blob($0.request) } ?? .null,
        .integer(Int64(total)), .integer(environment.now().milliseconds))
    }
  }
}
