internal import JSON
internal import SQLite

/// Rows of another table that say over again, where SQL finds it, what an item says.
struct SideRows: Sendable {
  /// What they are, in a word.
  let name: String
  private let insert: SQL
  private let insertLent: SQL
  private let delete: SQL
  private let kept: SQL
  private let said: @Sendable (Document) -> [(Value, Value)]

  /// `into` begins an INSERT of two values and the item's number; `delete` takes those of the item ?1 away, and
  /// `kept` tells the two values of each that is there.
  init(
    name: String, into: SQL, delete: SQL, kept: SQL,
    said: @escaping @Sendable (Document) -> [(Value, Value)]
  ) {
    self.name = name
    insert = into + "VALUES (?1, ?2, ?3)"
    insertLent = into + "SELECT v0, v1, own FROM lent"
    self.delete = delete
    self.kept = kept
    self.said = said
  }

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

  /// The rows of a new item, to be lent to `addLent`.
  func lent(_ values: PackedValues, _ range: Range<Int>, of number: Int64) -> [PackedRow] {
    stride(from: range.lowerBound, to: range.upperBound, by: 2).map {
      PackedRow(values, $0..<$0 + 2, own: .integer(number))
    }
  }

  func addLent(_ rows: [PackedRow], _ database: borrowing Connection) throws(SQLiteError) {
    try database.run(insertLent, lending: rows)
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
