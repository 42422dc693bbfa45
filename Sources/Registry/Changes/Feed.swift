internal import JSON
internal import SQLite

/// A question for changes in the order of commits, or the other way round.
public struct FeedQuery: Sendable {
  public var conditions: [Query.Condition]
  /// The sequence number after which to begin.
  public var since: Int64
  /// The sequence number before which to end, where the newest come first; nil where they come last.
  public var before: Int64?
  public var limit: Int

  public init(_ conditions: [Query.Condition] = [], since: Int64 = 0, limit: Int = 50) {
    self.conditions = conditions
    self.since = since
    self.limit = limit
  }
}

/// What follows the changes of a page.
public struct FeedEnd: Sendable, Equatable {
  /// The sequence number up to which the page tells everything, or down to which; the next one begins behind it.
  public let last: Int64
  /// False where nothing was left when the page was read.
  public let hasMore: Bool
}

/// How many changes a page looks at, whatever it leaves out: so no filter makes one slow.
private let window: Int64 = 50_000

extension FeedQuery {
  /// The sequence numbers that a page looks at, the first one left out.
  fileprivate func stretch(_ newest: Int64) -> (after: Int64, to: Int64) {
    guard let before else {
      return (since, since >= newest - window ? newest : since + window)
    }
    let end = min(newest, max(before, 1) - 1)
    return (max(0, end - window), end)
  }
}

extension Registry {
  /// Lends `visit` the changes that `query` asks for, in the order that it asks for, at least one where there is one
  /// and the others while there is room.
  public func changes(
    _ query: FeedQuery, for viewer: Viewer = .anyone, while hasRoom: () -> Bool = { true },
    visit: (Change) -> Void
  ) throws(RegistryError) -> FeedEnd {
    try read { (database) throws(RegistryError) in
      let conditions = try feedConditions(query.conditions, for: viewer, in: database)
      // Before the rows: what is written meanwhile is for the next page.
      let newest = try told { () throws(SQLiteError) in try database.newestChange() }
      let stretch = query.stretch(newest)
      let range: [Value] = [
        .integer(stretch.after), .integer(stretch.to), .integer(Int64(query.limit + 1)),
      ]
      let order: SQL =
        query.before == nil ? "ORDER BY number LIMIT ?" : "ORDER BY number DESC LIMIT ?"
      let found = try numbers(
        "WHERE" + conditions.sql + "AND number > ? AND number <= ?" + order,
        conditions.values + range, in: database)
      if let last = try lend(
        found, limit: query.limit, for: viewer, while: hasRoom, to: visit, in: database)
      {
        return FeedEnd(last: last, hasMore: true)
      }
      return query.before == nil
        ? FeedEnd(last: max(stretch.to, query.since), hasMore: stretch.to < newest)
        : FeedEnd(last: stretch.after + 1, hasMore: stretch.after > 0)
    }
  }

  /// The last change's sequence number; 0 where there is none.
  public var newestChange: Int64 {
    get throws(RegistryError) {
      try read { (database) throws(RegistryError) in
        try told { () throws(SQLiteError) in try database.newestChange() }
      }
    }
  }

  /// Lends `visit` the changes of the item `id`, and of those that were merged into it, the newest first; says
  /// before which sequence number the next page begins.
  public func history(
    _ noun: Noun, _ id: String, before sequence: Int64 = .max, limit: Int = 50,
    for viewer: Viewer = .anyone, while hasRoom: () -> Bool = { true }, visit: (Change) -> Void
  ) throws(RegistryError) -> Int64? {
    try read { (database) throws(RegistryError) in
      let item = try current(noun, id, for: viewer, in: database)
      let conditions = try feedConditions([], for: viewer, in: database)
      let merged = item.json.items("same_as").compactMap { $0.string("id") }
      let found = try numbers(
        "WHERE" + conditions.sql + "AND noun = ? AND number < ? AND item IN ("
          + "SELECT ? UNION ALL SELECT number FROM" + noun.table
          + "WHERE id IN (SELECT value FROM json_each(?)))" + "ORDER BY number DESC LIMIT ?",
        conditions.values + [
          .text(noun.code), .integer(sequence), .integer(item.number),
          .text(JSONValue.array(merged.map(JSONValue.string)).text),
          .integer(Int64(limit + 1)),
        ], in: database)
      return try lend(
        found, limit: limit, for: viewer, while: hasRoom, to: visit, in: database)
    }
  }

  private func numbers(
    _ which: SQL, _ values: [Value], in database: borrowing Connection
  ) throws(RegistryError) -> [Int64] {
    try told { () throws(SQLiteError) in
      var numbers: [Int64] = []
      try database.each("SELECT number FROM change" + which, values) { row in
        numbers.append(row.integer(0))
      }
      return numbers
    }
  }

  /// Lends `visit` at most `limit` of these changes, and answers which was the last where some are left.
  ///
  /// Each is read when it is lent: a thousand may be a thousand MiB.
  private func lend(
    _ numbers: [Int64], limit: Int, for viewer: Viewer, while hasRoom: () -> Bool,
    to visit: (Change) -> Void, in database: borrowing Connection
  ) throws(RegistryError) -> Int64? {
    var last: Int64?
    var pasts = Pasts(numbers.prefix(limit))
    for number in numbers.prefix(limit) {
      if last != nil, !hasRoom() { return last }
      let row = try told { () throws(SQLiteError) in
        try database.first(columns + "WHERE number = ?1", .integer(number)) { ChangeRow($0) }
      }
      if let row { visit(try change(row, for: viewer, &pasts, in: database)) }
      last = number
    }
    return numbers.count > limit ? last : nil
  }

  /// What the asker is told of a row.
  private func change(
    _ row: ChangeRow, for viewer: Viewer, _ pasts: inout Pasts, in database: borrowing Connection
  ) throws(RegistryError) -> Change {
    guard let noun = Noun.recorded.first(where: { $0.code == row.noun }) else {
      throw .unavailable("A change is of a \(row.noun), which this cairn doesn't know.")
    }
    guard
      let item = try told({ () throws(SQLiteError) in
        try database.first(
          "SELECT id, slug FROM" + noun.table + "WHERE number = ?1", .integer(row.item)
        ) { row in (id: row.text(0), slug: row.text(1)) }
      })
    else { throw .unavailable("A change's item is gone: run `cairn check`.") }
    let sawIt = row.wasSeen || viewer.seesDrafts(of: row.formerSurvivor)
    let seesIt = row.isSeen || viewer.seesDrafts(of: row.survivor)
    var (before, after) = (row.before, row.after)
    if row.before == nil || !sawIt {
      before = nil
      after = try stated(noun, row, &pasts, in: database)
    } else if !seesIt {
      let reason = row.wasSeen ? "status" : "provider"
      before = row.before?[reason].map { .object([.init(name: reason, value: $0)]) }
      after = nil
    }
    return Change(
      sequence: row.sequence, at: row.at, action: row.action, noun: row.noun, id: item.id,
      slug: item.slug, provider: seesIt ? row.owner : row.formerOwner, version: row.version,
      author: row.author, before: before, after: after)
  }

  /// All that the item stated once `row`'s change was made.
  private func stated(
    _ noun: Noun, _ row: ChangeRow, _ pasts: inout Pasts, in database: borrowing Connection
  ) throws(RegistryError) -> JSONValue {
    let then = try told { () throws(SQLiteError) in
      try pasts.members(of: noun, row.item, at: row.version, in: database) {
        () throws(SQLiteError) in try members(of: noun, row.item, in: database)
      }
    }
    return .object(
      noun.members.compactMap { field in
        guard !unrecordedMembers.contains(field.name), let value = then[field.name],
          !value.isNull
        else { return nil }
        return .init(name: field.name, value: value)
      })
  }
}

private let columns: SQL =
  """
  SELECT number, at, action, noun, item, version, author,
    (SELECT role FROM api_key WHERE id = author), owner, seen_before, seen_after, before, after,
  """ + survivingOwner + "," + formerOwner + ", (SELECT former.owner" + former + ") FROM change"

private struct ChangeRow {
  let sequence: Int64
  let at: Instant
  let action: Change.Action
  let noun: String
  let item: Int64
  let version: Int64
  let author: Change.Author?
  /// The provider whose item it became, and the one that this is by now.
  let owner: String?
  let survivor: String?
  /// The same of the provider whose item it was before.
  let formerOwner: String?
  let formerSurvivor: String?
  let wasSeen: Bool
  let isSeen: Bool
  let before: JSONValue?
  let after: JSONValue?

  init(_ row: borrowing Row) {
    sequence = row.integer(0)
    at = Instant(milliseconds: row.integer(1))
    // The column's CHECK allows no other.
    action = Change.Action(rawValue: row.text(2)) ?? .patch
    noun = row.text(3)
    item = row.integer(4)
    version = row.integer(5)
    author = row.optionalText(6).map { .init(key: $0, role: row.text(7)) }
    owner = row.optionalText(8)
    survivor = row.optionalText(13)
    formerSurvivor = row.optionalText(14)
    formerOwner = row.optionalText(15)
    wasSeen = row.integer(9) == 1
    isSeen = row.integer(10) == 1
    before = row.json(11)
    after = row.json(12)
  }
}
