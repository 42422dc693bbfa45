internal import JSON
internal import SQLite

/// Rows of another table that say over again, where SQL finds it, what an item says.
struct SideRows: Sendable {
  /// What they are, in a word.
  let name: String
  /// Stores one: ?1 and ?2 are its two values, ?3 the item's number.
  let insert: SQL
  /// Takes those of the item ?1 away.
  let delete: SQL
  /// The two values of each that is kept of the item ?1.
  let kept: SQL
  let said: @Sendable (Document) -> [(Value, Value)]

  func pack(_ document: Document, into values: inout PackedValues) {
    for (first, second) in said(document) {
      values.append(first)
      values.append(second)
    }
  }

  /// Stores the rows of a new item, which `pack` packed.
  func add(
    _ values: PackedValues, _ range: Range<Int>, to number: Int64, _ database: borrowing Connection
  ) throws(SQLiteError) {
    for start in stride(from: range.lowerBound, to: range.upperBound, by: 2) {
      try database.run(insert, values, start..<start + 2, .integer(number))
    }
  }

  /// Stores the rows of an item that is there anew.
  func replace(
    _ number: Int64, _ document: Document, _ database: borrowing Connection
  ) throws(SQLiteError) {
    try database.run(delete, .integer(number))
    var values = PackedValues()
    pack(document, into: &values)
    try add(values, 0..<values.count, to: number, database)
  }

  /// True where what is kept isn't what the item says.
  func isStale(
    _ number: Int64, _ document: Document, _ database: borrowing Connection
  ) throws(SQLiteError) -> Bool {
    let kept = try database.all(kept, .integer(number)) { row in [row.value(0), row.value(1)] }
    return Set(kept) != Set(said(document).map { [$0.0, $0.1] })
  }
}
