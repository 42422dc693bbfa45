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
  /// A row is looked up in an index in the time in which a walk passes so many.
  private static let lookUp = 100

  let index: SearchIndex
  let expression: String
  /// Such words are ranked in titles alone.
  let isWide: Bool
  /// What the question's filters leave.
  let chosen: RowSet
  /// What is known of rows that match.
  let kept: KeptMatches

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
    if chosen.isEmpty { return [] }
    var rows: [Place] = []
    for zone in (place?.zone ?? 0)..<(index.texts == nil ? 1 : 2) {
      let last = place?.zone == zone ? place : nil
      let walk = try walk(zone, in: database)
      var end = last?.end
      if last == nil || last?.standing != nil {
        var ranked = try walk.places(
          after: 0, to: end ?? .max, last == nil ? Self.mostRanked : .max, in: database)
        if last == nil, ranked.count == Self.mostRanked { end = ranked.last?.number }
        for index in ranked.indices { ranked[index].end = end }
        if let last { ranked.removeAll { $0.rank <= last.rank } }
        ranked.sort { $0.rank < $1.rank }
        rows += ranked.prefix(limit - rows.count)
      }
      if let end, rows.count < limit {
        let start = max(end, last?.standing == nil ? last?.number ?? 0 : 0)
        let others = try walk.numbers(after: start, limit - rows.count, in: database)
        rows += others.map { Place(zone: zone, end: end, number: $0) }
      }
      if rows.count == limit { break }
    }
    return rows
  }

  private func walk(_ zone: Int, in database: borrowing Connection) throws(SQLiteError) -> Walk {
    let titles = KeptMatches.Question(table: index.titles, expression: expression)
    let inTitles =
      isWide ? try kept.allRows(titles, in: database) : try kept.rows(titles, in: database)
    guard zone > 0, let texts = index.texts else {
      return Walk(zone, titles, chosen, among: inTitles, isExact: inTitles != nil, kept)
    }
    // Who has all words in the title was in the first zone.
    var others = chosen
    if let inTitles { others.subtract(inTitles) }
    let question = KeptMatches.Question(table: texts, expression: expression)
    let inTexts =
      isWide ? try kept.allRows(question, in: database) : try kept.rows(question, in: database)
    return Walk(
      zone, question, others, among: inTexts, isExact: inTitles != nil && inTexts != nil,
      isRanked: !isWide, kept)
  }

  /// The way through the rows of a zone, in the order in which they were stored.
  private struct Walk {
    let zone: Int
    let question: KeptMatches.Question
    /// What may be of the zone.
    let chosen: RowSet
    /// True where all of it is.
    let isExact: Bool
    let isRanked: Bool
    /// What matches the question, where that is known.
    let matches: RowSet?
    let kept: KeptMatches

    init(
      _ zone: Int, _ question: KeptMatches.Question, _ chosen: RowSet, among matches: RowSet?,
      isExact: Bool, isRanked: Bool = true, _ kept: KeptMatches
    ) {
      var chosen = chosen
      if let matches { chosen.formIntersection(matches) }
      self.zone = zone
      self.question = question
      self.chosen = chosen
      self.isExact = isExact
      self.isRanked = isRanked
      self.matches = matches
      self.kept = kept
    }

    /// Rows behind one.
    func numbers(
      after start: Int64, _ limit: Int, in database: borrowing Connection
    ) throws(SQLiteError) -> [Int64] {
      if isExact { return chosen.numbers(limit, after: start, to: .max) }
      return try places(after: start, to: .max, limit, in: database).map(\.number)
    }

    /// Rows between two numbers, and how each stands.
    func places(
      after start: Int64, to end: Int64, _ limit: Int, in database: borrowing Connection
    ) throws(SQLiteError) -> [Place] {
      if !isRanked {
        return chosen.numbers(limit, after: start, to: end).map {
          Place(zone: zone, end: nil, standing: 0, number: $0)
        }
      }
      let last = isExact ? chosen.numbers(limit, after: start, to: end).last ?? start : end
      // Of a walk through unknown matches it is known only that it isn't worth many looks.
      let passed = matches?.roughCount(after: start, to: last) ?? Search.lookUp * Search.lookUp
      let looks = passed / Search.lookUp
      let few = chosen.numbers(looks + 1, after: start, to: last)
      if few.count <= looks { return try lookUp(few, limit, in: database) }
      return try walk(after: start, to: last, limit, in: database)
    }

    private var sql: SQL {
      "SELECT rowid, standing(" + question.table + ") FROM" + question.table + "WHERE"
        + question.table + "MATCH ? AND"
    }

    private func take(_ row: borrowing Row, _ rows: inout [Place]) {
      let standing = row.integer(1)
      // Who has all words in the title was in the first zone.
      if zone > 0, standing < 1 << 30 { return }
      rows.append(Place(zone: zone, end: nil, standing: standing, number: row.integer(0)))
    }

    private func lookUp(
      _ numbers: [Int64], _ limit: Int, in database: borrowing Connection
    ) throws(SQLiteError) -> [Place] {
      var rows: [Place] = []
      let sql = sql + "rowid = ?"
      for number in numbers where rows.count < limit {
        try database.each(sql, [.text(question.expression), .integer(number)]) { row in
          take(row, &rows)
        }
      }
      return rows
    }

    private func walk(
      after start: Int64, to end: Int64, _ limit: Int, in database: borrowing Connection
    ) throws(SQLiteError) -> [Place] {
      var rows: [Place] = []
      let sql = sql + "rowid > ? AND rowid <= ? AND chosen(rowid)"
      let values: [Value] = [.text(question.expression), .integer(start), .integer(end)]
      let met = try database.choosing(chosen.words) { () throws(SQLiteError) in
        try database.walk(sql, values) { row in
          take(row, &rows)
          return rows.count < limit
        }
      }
      if matches == nil, start == 0, end == .max, rows.count < limit {
        kept.keep(RowSet(words: met), for: question)
      }
      return rows
    }
  }
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
      let standing = Self.optional(parts[3]), Keyset.numbers.contains(number),
      Keyset.numbers.contains(end ?? 0)
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
