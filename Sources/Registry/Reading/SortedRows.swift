internal import JSON
internal import SQLite

/// Finds the first of some rows in the order that a list is asked for: the columns know it, or few rows are looked up and
/// sorted, or enough are met on a walk along the sort key's index.
struct SortedRows {
  let noun: Noun
  let columns: Columns
  /// True where of rows that all keys have alike the last made comes first.
  let numbersDescend: Bool

  /// Those behind the row whose keys, and then whose number, `last` has; or the first of all.
  func first(
    _ wanted: Int, of rows: RowSet, by order: ArraySlice<Query.Order>,
    after last: ArraySlice<Value>?,
    in database: borrowing Connection
  ) throws(SQLiteError) -> [Int64] {
    guard let key = order.first,
      let ranking = Ranking(key, of: columns, numbersDescend: numbersDescend)
    else {
      let keyset = Keyset(Array(order), on: noun, keyDescends: numbersDescend)
      let clauses = keyset.clauses(after: last.map(Array.init))
      return rows.count <= Self.few
        ? try sorted(rows, keyset, clauses, wanted, in: database)
        : try met(rows, keyset, clauses, wanted, in: database)
    }
    if order.count == 1 {
      return ranking.first(wanted, of: rows, after: last.flatMap(Self.place))
    }
    let start = last?.first.map(ranking.key) ?? .min
    var (found, next): ([Int64], Int64?) = ([], start)
    while let from = next, found.count < wanted {
      let groups = ranking.groups(wanted - found.count, of: rows, from: from)
      for group in groups where found.count < wanted {
        // Of those that have the first key of the row before, some were before it.
        let isCut = last != nil && group.key == start
        found +=
          !isCut && group.numbers.count == 1
          ? group.numbers
          : try first(
            wanted - found.count, of: RowSet(group.numbers), by: order.dropFirst(),
            after: isCut ? last?.dropFirst() : nil, in: database)
      }
      next = groups.last.flatMap { $0.key == .max ? nil : $0.key + 1 }
    }
    return found
  }

  /// So many rows are looked up and sorted in well under a millisecond.
  private static let few = 1000

  private static func place(_ values: ArraySlice<Value>) -> (key: Value, number: Int64)? {
    guard let key = values.first, case .integer(let number)? = values.last else { return nil }
    return (key, number)
  }

  private func sorted(
    _ rows: RowSet, _ keyset: Keyset, _ clauses: [(SQL, [Value])], _ wanted: Int,
    in database: borrowing Connection
  ) throws(SQLiteError) -> [Int64] {
    let list = JSONValue.array(rows.numbers.map { .integer($0) }).text
    var found: [Int64] = []
    for (clause, values) in clauses where found.count < wanted {
      let sql: SQL =
        "SELECT" + noun.key + "FROM" + noun.table + "WHERE" + noun.key
        + "IN (SELECT value FROM json_each(?)) AND (" + clause + ") ORDER BY" + keyset.order
        + "LIMIT ?"
      let values = [.text(list)] + values + [.integer(Int64(wanted - found.count))]
      try database.each(sql, values) { row in found.append(row.integer(0)) }
    }
    return found
  }

  private func met(
    _ rows: RowSet, _ keyset: Keyset, _ clauses: [(SQL, [Value])], _ wanted: Int,
    in database: borrowing Connection
  ) throws(SQLiteError) -> [Int64] {
    var found: [Int64] = []
    for (clause, values) in clauses where found.count < wanted {
      let sql: SQL =
        "SELECT" + noun.key + "FROM" + noun.table + "WHERE" + clause + "ORDER BY" + keyset.order
      try database.walk(sql, values) { row in
        let number = row.integer(0)
        if rows.contains(number) { found.append(number) }
        return found.count < wanted
      }
    }
    return found
  }
}
