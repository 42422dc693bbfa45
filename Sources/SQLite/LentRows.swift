internal import CSQLite

/// Rows that lie in Swift's memory, as the table `lent` of a statement that reads them all: `SELECT v0, v1, own FROM
/// lent`.
///
/// One INSERT of a thousand rows costs half of what a thousand of one row do.
final class LentRows {
  /// Stand while `Connection.run` lends them.
  fileprivate var rows = UnsafeBufferPointer<LentRow>(start: nil, count: 0)

  /// As many columns as the widest row; then what is the row's own beside its packed values.
  private static let most = 80
  private static let columns = (0..<most).map { "v\($0)" } + ["own"]

  /// The connection owns this, and outlives its tables.
  func register(on connection: OpaquePointer) throws(SQLiteError) {
    let code = sqlite3_create_module_v2(
      connection, "lent", lentModule, Unmanaged.passUnretained(self).toOpaque(), nil)
    guard code == SQLITE_OK else { throw SQLiteError(code, on: connection) }
  }

  fileprivate static var declaration: String {
    "CREATE TABLE lent (\(columns.joined(separator: ", ")))"
  }

  fileprivate static func answer(
    _ column: Int, of row: UnsafePointer<LentRow>, to context: OpaquePointer?
  ) {
    if column == most { return row.pointee.row.pointee.own.answer(to: context) }
    row.pointee.values.answer(column, to: context)
  }
}

/// A row as it lies in memory, so that reading a column counts no references.
private struct LentRow {
  let row: UnsafePointer<PackedRow>
  let values: LentValues
}

/// A row of `lent`: some of what is packed, and a value of its own.
public struct PackedRow: Sendable {
  let values: PackedValues
  let range: Range<Int>
  let own: Value

  public init(_ values: PackedValues, _ range: Range<Int>, own: Value) {
    self.values = values
    self.range = range
    self.own = own
  }
}

extension Connection {
  /// Runs `sql`, which reads `rows` from the table `lent`, for its effect.
  public func run(_ sql: SQL, lending rows: [PackedRow], _ values: Value...) throws(SQLiteError) {
    try rows.withUnsafeBufferPointer { (rows) throws(SQLiteError) in
      guard let first = rows.baseAddress else { return }
      let places = rows.indices.map { index in
        LentRow(row: first + index, values: rows[index].values.lent(rows[index].range))
      }
      try places.withUnsafeBufferPointer { (places) throws(SQLiteError) in
        lent.rows = places
        defer { lent.rows = UnsafeBufferPointer(start: nil, count: 0) }
        try run(sql, with: values)
      }
    }
  }
}

// https://www.sqlite.org/vtab.html. There is one table for each connection, and it has nothing of its own.

private struct LentTable {
  var base = sqlite3_vtab()
  let rows: Unmanaged<LentRows>
}

private struct LentCursor {
  var base = sqlite3_vtab_cursor()
  let table: Unmanaged<LentRows>
  var rows = UnsafeBufferPointer<LentRow>(start: nil, count: 0)
  var row = 0
}

// Nobody writes it once it is made.
nonisolated(unsafe) private let lentModule: UnsafePointer<sqlite3_module> = {
  var module = sqlite3_module()
  // Without xCreate, the table is there in every statement, and nowhere else.
  module.xConnect = { connection, rows, _, _, table, _ in
    let code = sqlite3_declare_vtab(connection, LentRows.declaration)
    guard code == SQLITE_OK, let rows else { return code }
    let made = UnsafeMutablePointer<LentTable>.allocate(capacity: 1)
    made.initialize(to: LentTable(rows: Unmanaged.fromOpaque(rows)))
    table?.pointee = UnsafeMutableRawPointer(made).assumingMemoryBound(to: sqlite3_vtab.self)
    return SQLITE_OK
  }
  module.xDisconnect = { table in
    UnsafeMutableRawPointer(table)?.assumingMemoryBound(to: LentTable.self).deallocate()
    return SQLITE_OK
  }
  module.xBestIndex = { _, plan in
    plan?.pointee.estimatedCost = 1000
    return SQLITE_OK
  }
  module.xOpen = { table, cursor in
    guard
      let rows = UnsafeMutableRawPointer(table)?
        .assumingMemoryBound(to: LentTable.self).pointee.rows
    else { return SQLITE_MISUSE }
    let made = UnsafeMutablePointer<LentCursor>.allocate(capacity: 1)
    made.initialize(to: LentCursor(table: rows))
    cursor?.pointee = UnsafeMutableRawPointer(made)
      .assumingMemoryBound(to: sqlite3_vtab_cursor.self)
    return SQLITE_OK
  }
  module.xClose = { cursor in
    lentCursor(cursor)?.deallocate()
    return SQLITE_OK
  }
  module.xFilter = { cursor, _, _, _, _ in
    guard let cursor = lentCursor(cursor) else { return SQLITE_MISUSE }
    cursor.pointee.rows = cursor.pointee.table.takeUnretainedValue().rows
    cursor.pointee.row = 0
    return SQLITE_OK
  }
  module.xNext = { cursor in
    lentCursor(cursor)?.pointee.row += 1
    return SQLITE_OK
  }
  module.xEof = { cursor in
    guard let cursor = lentCursor(cursor) else { return 1 }
    return cursor.pointee.row < cursor.pointee.rows.count ? 0 : 1
  }
  module.xColumn = { cursor, context, column in
    guard let cursor = lentCursor(cursor), let rows = cursor.pointee.rows.baseAddress else {
      return SQLITE_MISUSE
    }
    LentRows.answer(Int(column), of: rows + cursor.pointee.row, to: context)
    return SQLITE_OK
  }
  module.xRowid = { cursor, number in
    number?.pointee = Int64(lentCursor(cursor)?.pointee.row ?? 0)
    return SQLITE_OK
  }
  // SQLite keeps the address.
  let kept = UnsafeMutablePointer<sqlite3_module>.allocate(capacity: 1)
  kept.initialize(to: module)
  return UnsafePointer(kept)
}()

private func lentCursor(
  _ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?
) -> UnsafeMutablePointer<LentCursor>? {
  UnsafeMutableRawPointer(cursor)?.assumingMemoryBound(to: LentCursor.self)
}
