internal import JSON
internal import SQLite

/// A question with words and no order of its own: what it finds is ordered by where the words stand.
///
/// Rows with all words in their title come first, the others after them. Of each, the first 500 that
/// match are ranked: titles by where the words stand in them, the others by the weightiest columns that
/// hold them; any further ones follow as they were stored. A row's place depends on nothing but the row
/// and, for where the ranked part ends, on what the cursor remembers; so pages neither repeat nor lose
/// rows when others come and go.
struct Search {
  static let mostRanked = 500
  /// So many rows are looked up in an index in the time of a walk through it.
  private static let looksUp = 100

  let index: SearchIndex
  let expression: String
  /// What the question's filters leave.
  let chosen: RowSet

  /// Where a row stands in the order of a search.
  struct Place: Equatable {
    /// 0: all words are in the title.
    var zone = 0
    /// The last row of the zone's ranked part, where there are more than it holds.
    var end: Int64?
    /// Nil behind the ranked part.
    var standing: Int64?
    var number: Int64 = 0

    /// The order of the ranked part.
    var rank: (Int64, Int64) { (standing ?? 0, number) }
  }

  /// The rows after `place`, at most `limit`.
  func rows(
    after place: Place?, limit: Int, in database: borrowing Connection
  ) throws(SQLiteError) -> [Place] {
    var rows: [Place] = []
    for zone in (place?.zone ?? 0)..<(index.texts == nil ? 1 : 2) {
      let last = place?.zone == zone ? place : nil
      var end = last?.end
      if last == nil || last?.standing != nil {
        var ranked = try walk(
          zone, after: 0, to: end, limit: last == nil ? Self.mostRanked : .max, in: database)
        if last == nil, ranked.count == Self.mostRanked { end = ranked.last?.number }
        for index in ranked.indices { ranked[index].end = end }
        if let last { ranked.removeAll { $0.rank <= last.rank } }
        ranked.sort { $0.rank < $1.rank }
        rows += ranked.prefix(limit - rows.count)
      }
      if let end, rows.count < limit {
        let start = max(end, last?.standing == nil ? last?.number ?? 0 : 0)
        let others = try walk(
          zone, after: start, to: nil, limit: limit - rows.count, in: database)
        rows += others.map { Place(zone: zone, end: end, number: $0.number) }
      }
      if rows.count == limit { break }
    }
    return rows
  }

  /// Rows of a zone as they were stored, those between two numbers.
  private func walk(
    _ zone: Int, after start: Int64, to end: Int64?, limit: Int, in database: borrowing Connection
  ) throws(SQLiteError) -> [Place] {
    let table = zone == 0 ? index.titles : index.texts ?? index.titles
    // Who has all words in the title was in the first zone.
    let isElsewhere: SQL = zone == 0 ? "TRUE" : "standing >= 1 << 30"
    let matches: SQL =
      "SELECT place, standing FROM (SELECT rowid AS place, standing(" + table + ") AS standing FROM"
      + table + "WHERE" + table + "MATCH ? AND"
    var rows: [Place] = []
    func take(_ row: borrowing Row) {
      rows.append(Place(zone: zone, end: nil, standing: row.integer(1), number: row.integer(0)))
    }
    if let few = chosen.few(Self.looksUp) {
      let sql = matches + "rowid = ?) WHERE" + isElsewhere
      for number in few where number > start && number <= end ?? .max && rows.count < limit {
        try database.each(sql, [.text(expression), .integer(number)]) { row in take(row) }
      }
      return rows
    }
    let sql =
      matches + "rowid > ? AND rowid <= ? AND chosen(rowid)) WHERE" + isElsewhere + "LIMIT ?"
    try database.choosing(chosen.words) { () throws(SQLiteError) in
      try database.each(
        sql,
        [.text(expression), .integer(start), .integer(end ?? .max), .integer(Int64(limit))]
      ) { row in take(row) }
    }
    return rows
  }
}

extension RowSet {
  /// The rows, where there are no more than `most`.
  fileprivate func few(_ most: Int) -> [Int64]? { count <= most ? numbers : nil }
}

extension Search.Place {
  var cursor: String {
    let numbers = [Int64(zone), end, standing, number].map { $0.map(JSONValue.integer) ?? .null }
    return Keyset.cursor(of: [.string("q")] + numbers)
  }

  init(cursor: String) throws(RegistryError) {
    guard let parts = Keyset.parts(of: cursor), parts.count == 5, parts[0] == "q",
      case .integer(let zone) = parts[1], (0...1).contains(zone),
      case .integer(let number) = parts[4], let end = Self.optional(parts[2]),
      let standing = Self.optional(parts[3])
    else { throw Keyset.strange }
    self.init(zone: Int(zone), end: end, standing: standing, number: number)
  }

  private static func optional(_ value: JSONValue) -> Int64?? {
    switch value {
    case .null: .some(nil)
    case .integer(let number): number
    default: nil
    }
  }
}
