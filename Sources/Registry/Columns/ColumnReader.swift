internal import SQLite

/// Reads rows of a noun from the database into columns.
struct ColumnReader: ~Copyable {
  private let noun: Noun
  private let layout: ColumnLayout
  private let sets: [ValueSets]
  private var coders: [ColumnCoder]

  init(_ noun: Noun, for columns: Columns, _ links: EQFLinks) {
    self.noun = noun
    layout = columns.layout
    sets = columns.sets
    coders = zip(columns.layout.columns, columns.sets).map {
      ColumnCoder($0.source, $1, links)
    }
  }

  /// Brings the rows with these numbers up to date; those that aren't there are taken away.
  mutating func read(
    _ numbers: ClosedRange<Int64>, into columns: inout Columns, _ database: borrowing Connection
  ) throws(SQLiteError) {
    var next = numbers.lowerBound
    var read = columns
    // Writing into a copy of one's own: the arrays aren't shared with it.
    columns = Columns(layout, sets)
    let sql: SQL =
      "SELECT" + layout.selected + "FROM" + noun.table + "WHERE" + noun.key
      + "BETWEEN ?1 AND ?2 ORDER BY" + noun.key
    try database.each(sql, [.integer(numbers.lowerBound), .integer(numbers.upperBound)]) { row in
      let number = row.integer(0)
      while next < number {
        read.set(nil, at: next)
        next += 1
      }
      read.set(self.row(row), at: number)
      next = number + 1
    }
    // Past the last row there is nothing to take away beyond what the columns have.
    let end = Int64(read.segments.count * Columns.segmentSize)
    while next <= numbers.upperBound, next < end {
      read.set(nil, at: next)
      next += 1
    }
    columns = read
  }

  /// Reads all rows that `condition` leaves, numbered from 0 in the order in which they come.
  mutating func readAll(
    where condition: SQL, _ values: [Value], into columns: inout Columns,
    _ database: borrowing Connection
  ) throws(SQLiteError) {
    var number: Int64 = 0
    let sql: SQL =
      "SELECT" + layout.selected + "FROM" + noun.table + "WHERE" + condition
    try database.each(sql, values) { row in
      columns.set(self.row(row), at: number)
      number += 1
    }
  }

  private mutating func row(_ row: borrowing Row) -> Columns.Row {
    var codes: [ValueSets.Code] = []
    codes.reserveCapacity(coders.count)
    for index in coders.indices { codes.append(coders[index].code(row)) }
    return Columns.Row(
      codes: codes,
      moments: layout.moments.map { row.isNull($0.column) ? .min : row.integer($0.column) })
  }
}
