internal import Crypto
internal import JSON
internal import SQLite

/// What follows the items of a page.
public struct PageEnd: Sendable, Equatable {
  /// The cursor of the next page; nil after the last.
  public let next: String?
  /// How many items match in all, when that was asked.
  public let total: Int?
  /// Where a search found nothing: what it would have found something with.
  public var didYouMean: String?
}

extension Registry {
  /// Lends `visit` each item of the page that `query` asks for, in order.
  public func list(
    _ noun: Noun, _ query: Query, for viewer: Viewer = .anyone,
    visit: (borrowing Record) -> Void
  ) throws(RegistryError) -> PageEnd {
    try read { (database) throws(RegistryError) in
      var conditions = try Conditions(query.conditions, on: noun, for: viewer, in: database)
      let total = try query.counts ? count(noun, conditions, in: database) : nil
      let words = try SearchWords(query.conditions, in: database)
      if query.order.isEmpty, let words {
        return try search(
          noun, query, words, for: viewer, total: total, in: database, visit: visit)
      }
      let keyset = Keyset(query.order, on: noun)
      if let cursor = query.cursor {
        let (clause, values) = try keyset.clause(after: cursor)
        conditions.append(clause, values)
      }
      let columns = query.fields.map(\.column) + keyset.columns
      let sql: SQL =
        "SELECT" + columns.joined(",") + "FROM" + noun.table + "WHERE" + conditions.sql
        + "ORDER BY" + keyset.order + "LIMIT ?"
      var count = 0
      var last: [Value] = []
      var hasMore = false
      do throws(SQLiteError) {
        // One more than the page holds says whether there is a next one.
        let values = conditions.values + [.integer(Int64(query.limit + 1))]
        try database.each(sql, values) { (row) throws(SQLiteError) in
          guard count < query.limit else { return hasMore = true }
          count += 1
          let number = noun.keyIsNumber ? row.integer(columns.count - 1) : nil
          var record = Record(row: row.lent(), fields: query.fields, number: number)
          if query.highlights, let words, let number {
            record.highlights = try words.highlights(in: number, database)
          }
          visit(record)
          if count == query.limit {
            last = keyset.columns.indices.map { row.value(query.fields.count + $0) }
          }
        }
      } catch {
        throw RegistryError(error)
      }
      return PageEnd(next: hasMore ? keyset.cursor(after: last) : nil, total: total)
    }
  }

  private func count(
    _ noun: Noun, _ conditions: Conditions, in database: borrowing Connection
  ) throws(RegistryError) -> Int {
    var count = 0
    let sql: SQL = "SELECT count(*) FROM" + noun.table + "WHERE" + conditions.sql
    try told { () throws(SQLiteError) in
      try database.each(sql, conditions.values) { row in count = Int(row.integer(0)) }
    }
    return count
  }

  /// Lends `visit` the item that the world calls `id`: its id, slug or code.
  public func item<T: Sendable>(
    _ noun: Noun, _ id: String, _ fields: [Field]? = nil, for viewer: Viewer = .anyone,
    visit: (borrowing Record) -> T
  ) throws(RegistryError) -> T {
    try read { (database) throws(RegistryError) in
      try item(noun, id, fields, for: viewer, in: database, visit: visit)
    }
  }

  func item<T: Sendable>(
    _ noun: Noun, _ id: String, _ fields: [Field]?, for viewer: Viewer,
    in database: borrowing Connection, visit: (borrowing Record) -> T
  ) throws(RegistryError) -> T {
    let sql = noun.item(fields, isSeenByAll: viewer == .admin)
    let fields = fields ?? noun.members
    var values: [Value] = [.text(id)]
    switch viewer {
    case .admin: break
    case .anyone: if noun.visible != nil { values.append(.null) }
    case .provider(let slug): if noun.visible != nil { values.append(.text(slug)) }
    }
    var found: T?
    try told { () throws(SQLiteError) in
      try database.each(sql, values) { row in
        let number = noun.keyIsNumber ? row.integer(fields.count) : nil
        found = visit(Record(row: row.lent(), fields: fields, number: number))
      }
    }
    guard let found else { throw try unknown(noun, id, in: database) }
    return found
  }

  private func unknown(
    _ noun: Noun, _ id: String, in database: borrowing Connection
  ) throws(RegistryError) -> RegistryError {
    let sql: SQL = "SELECT" + noun.key + "FROM" + noun.table + "LIMIT 1000"
    let known =
      noun.keyIsNumber
      ? [] : try told { () throws(SQLiteError) in try database.all(sql) { row in row.text(0) } }
    return .unknown(resource: noun.name, id: id, nearest: nearest(to: id, among: known))
  }
}
