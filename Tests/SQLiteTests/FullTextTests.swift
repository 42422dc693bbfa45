import SQLite
import Testing

@Suite struct FullTextTests {
  private func standings(
    _ connection: borrowing Connection, _ match: String
  ) throws -> [Int64] {
    try connection.all(
      "SELECT standing(t) FROM t WHERE t MATCH ?1 ORDER BY standing(t)", .text(match)
    ) { row in row.integer(0) }
  }

  @Test func `standing tells the first column that, with those before it, has all words`() throws {
    let connection = try Connection(path: ":memory:")
    try connection.script(
      """
      CREATE VIRTUAL TABLE t USING fts5 (a, b, c);
      INSERT INTO t VALUES ('x', 'y', 'z'), ('x y z', '', ''), ('', 'x y', ''), ('', '', 'x');
      """)
    #expect(try standings(connection, "x").map { $0 >> 30 } == [0, 0, 1, 2])
    #expect(try standings(connection, "x y").map { $0 >> 30 } == [0, 1, 1])
    #expect(try standings(connection, "z x").map { $0 >> 30 } == [0, 2])
  }

  @Test func `of one column it tells where the words stand, how far apart, and among how many`()
    throws
  {
    let connection = try Connection(path: ":memory:")
    try connection.script(
      """
      CREATE VIRTUAL TABLE t USING fts5 (a);
      INSERT INTO t VALUES ('x'), ('x y'), ('o x'), ('x o o y');
      """)
    let parts = try standings(connection, "x").map { [$0 >> 20, $0 >> 10 & 1023, $0 & 1023] }
    #expect(parts == [[0, 0, 1], [0, 0, 2], [0, 0, 4], [1, 0, 2]])
    let apart = try standings(connection, "x y").map { [$0 >> 20, $0 >> 10 & 1023, $0 & 1023] }
    #expect(apart == [[0, 1, 2], [0, 3, 4]])
  }

  @Test func `chosen is true of the rows that were chosen, while they are`() throws {
    let connection = try Connection(path: ":memory:")
    try connection.script(
      "CREATE TABLE n (n); INSERT INTO n VALUES (0), (1), (64), (65), (500), (-1)")
    func rows() throws -> [Int64] {
      try connection.all("SELECT n FROM n WHERE chosen(n)") { row in row.integer(0) }
    }
    #expect(try rows() == [])
    var chosen: [Int64] = []
    let asked = try connection.choosing([0b10, 0b1]) { () throws(SQLiteError) in
      chosen = try connection.all("SELECT n FROM n WHERE chosen(n)") { row in row.integer(0) }
    }
    #expect(chosen == [1, 64])
    // Of those that have a bit.
    #expect(asked == [0b11, 0b11])
    #expect(try rows() == [])
  }
}
