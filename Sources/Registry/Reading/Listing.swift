internal import Crypto
internal import JSON
internal import SQLite

/// What follows the items of a page.
public struct PageEnd: Sendable, Equatable {
  /// The cursor of the next page; nil after the last.
  public var next: String?
  /// How many items match in all, when that was asked.
  public var total: Int?
  /// In the order in which they were asked for.
  public var facets: [Facet] = []
  /// Where a search found nothing: what it would have found something with.
  public var didYouMean: String?
}

extension Registry {
  /// Lends `visit` each item of the page that `query` asks for, in order.
  ///
  /// The page ends with the first item after which there is no room.
  public func list(
    _ noun: Noun, _ query: Query, for viewer: Viewer = .anyone,
    while hasRoom: () -> Bool = { true }, visit: (borrowing Record) -> Void
  ) throws(RegistryError) -> PageEnd {
    // What is searched for has an order of its own, and its best are found without the others.
    if query.order.isEmpty, query.conditions.contains(where: \.field.takesWords) {
      return try search(noun, query, for: viewer, while: hasRoom, visit: visit)
    }
    let keyset = Keyset(query.order, on: noun)
    // Where a noun has many rows, the columns know which are left.
    let asksColumns = ColumnStore.follows(noun)
    guard asksColumns || query.counts || !query.facets.isEmpty else {
      return try read { (database) throws(RegistryError) in
        let conditions = try Conditions(query.conditions, on: noun, for: viewer, in: database)
        return try page(noun, query, conditions, keyset, in: database, while: hasRoom, visit)
      }
    }
    return try scan(noun, query.conditions, for: viewer) {
      (database, scan, conditions) throws(RegistryError) in
      var end =
        if asksColumns {
          try page(noun, query, scan, keyset, in: database, while: hasRoom, visit)
        } else {
          try page(noun, query, conditions, keyset, in: database, while: hasRoom, visit)
        }
      if query.counts { end.total = scan.rows().count }
      end.facets = scan.facets(query, conditions)
      if query.cursor == nil, let words = try SearchWords(query.conditions, in: database),
        scan.rows().isEmpty
      {
        end.didYouMean = try told { () throws(SQLiteError) in
          try words.corrected(among: scan, in: database)
        }
      }
      return end
    }
  }

  /// A page that SQLite finds.
  private func page(
    _ noun: Noun, _ query: Query, _ conditions: Conditions, _ keyset: Keyset,
    in database: borrowing Connection, while hasRoom: () -> Bool,
    _ visit: (borrowing Record) -> Void
  ) throws(RegistryError) -> PageEnd {
    let columns = query.fields.map(\.column) + keyset.columns
    var page = Page(noun, query, keyset)
    for (clause, values) in keyset.clauses(after: try keyset.values(of: query.cursor))
    where !page.hasMore {
      let sql: SQL =
        "SELECT" + columns.joined(",") + "FROM" + noun.table + "WHERE" + conditions.sql
        + "AND (" + clause + ") ORDER BY" + keyset.order + "LIMIT ?"
      let values = conditions.values + values + [.integer(Int64(page.wanted))]
      try told { () throws(SQLiteError) in
        try database.each(sql, values) { (row) throws(SQLiteError) in
          try page.take(row, marking: nil, in: database, while: hasRoom, visit)
        }
      }
    }
    return page.end
  }

  /// A page of rows that the columns choose.
  private func page(
    _ noun: Noun, _ query: Query, _ scan: Scan, _ keyset: Keyset,
    in database: borrowing Connection, while hasRoom: () -> Bool,
    _ visit: (borrowing Record) -> Void
  ) throws(RegistryError) -> PageEnd {
    let words = query.highlights ? try SearchWords(query.conditions, in: database) : nil
    var page = Page(noun, query, keyset)
    let numbers: [Int64]
    if query.order.isEmpty {
      numbers = scan.rows(page.wanted, after: try keyset.number(of: query.cursor))
    } else {
      let last = try keyset.rowValues(of: query.cursor)
      let sorted = SortedRows(
        noun: noun, columns: scan.columns, numbersDescend: query.order[0].isDescending)
      numbers = try told { () throws(SQLiteError) in
        try sorted.first(
          page.wanted, of: scan.rows(), by: query.order[...], after: last?[...], in: database)
      }
    }
    let columns = query.fields.map(\.column) + keyset.columns
    let sql: SQL =
      "SELECT" + columns.joined(",") + "FROM" + noun.table + "WHERE" + noun.key + "= ?1"
    try told { () throws(SQLiteError) in
      for number in numbers where !page.hasMore {
        try database.each(sql, [.integer(number)]) { (row) throws(SQLiteError) in
          try page.take(row, marking: words, in: database, while: hasRoom, visit)
        }
      }
    }
    return page.end
  }
}

/// A page on its way to its reader.
private struct Page {
  private let noun: Noun
  private let query: Query
  private let members: Members
  private let keyset: Keyset
  private var count = 0
  private var isFull = false
  private var last: [Value] = []
  private(set) var hasMore = false

  init(_ noun: Noun, _ query: Query, _ keyset: Keyset) {
    self.noun = noun
    self.query = query
    members = Members(query.fields)
    self.keyset = keyset
  }

  /// How many rows are still to come: one more than the page holds says whether there is a next one.
  var wanted: Int { query.limit + 1 - count }

  mutating func take(
    _ row: borrowing Row, marking words: SearchWords?, in database: borrowing Connection,
    while hasRoom: () -> Bool, _ visit: (borrowing Record) -> Void
  ) throws(SQLiteError) {
    guard !isFull else { return hasMore = true }
    count += 1
    // A keyset ends with the noun's key.
    let key = query.fields.count + keyset.columns.count - 1
    let number = noun.keyIsNumber ? row.integer(key) : nil
    var record = Record(row: row.lent(), members: members, number: number)
    if let words, let number { record.highlights = try words.highlights(in: number, database) }
    visit(record)
    isFull = count == query.limit || !hasRoom()
    if isFull {
      last = keyset.columns.indices.map { row.value(query.fields.count + $0) }
    }
  }

  var end: PageEnd { PageEnd(next: hasMore ? keyset.cursor(after: last) : nil) }
}
