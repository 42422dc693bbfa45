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
  private let width: Int
  private let said: @Sendable (Document) -> [[Value]]

  /// `into` begins an INSERT of so many values and the item's number; `delete` takes those of the item ?1 away,
  /// and `kept` tells the values of each that is there.
  init(
    name: String, width: Int, into: SQL, delete: SQL, kept: SQL,
    said: @escaping @Sendable (Document) -> [[Value]]
  ) {
    self.name = name
    self.width = width
    insert = into + "VALUES (" + .placeholders(width + 1) + ")"
    insertLent = into + "SELECT" + .lent(width) + ", own FROM lent"
    self.delete = delete
    self.kept = kept
    self.said = said
  }

  func pack(_ document: Document, into values: inout PackedValues) {
    for value in said(document).joined() { values.append(value) }
  }

  /// Stores the rows of a new item, which `pack` packed.
  func add(
    _ values: PackedValues, _ range: Range<Int>, to number: Int64, _ database: borrowing Connection
  ) throws(SQLiteError) {
    for row in rows(range) { try database.run(insert, values, row, .integer(number)) }
  }

  /// The rows of a new item, to be lent to `addLent`.
  func lent(_ values: PackedValues, _ range: Range<Int>, of number: Int64) -> [PackedRow] {
    rows(range).map { PackedRow(values, $0, own: .integer(number)) }
  }

  private func rows(_ range: Range<Int>) -> [Range<Int>] {
    stride(from: range.lowerBound, to: range.upperBound, by: width).map { $0..<$0 + width }
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
    let kept = try database.all(kept, .integer(number)) { row in
      (0..<width).map { row.value($0) }
    }
    return Set(kept) != Set(said(document))
  }
}
