import SQLite
import Testing

@Suite struct ConnectionTests {
  private func database() throws -> Connection {
    let database = try Connection(path: ":memory:")
    try database.script(
      "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT UNIQUE, c REAL, d BLOB) STRICT")
    return database
  }

  @Test func `values come back as they went in`() throws {
    let database = try database()
    let text = "a\u{0}é\u{1F600}"
    try database.run(
      "INSERT INTO t VALUES (?1, ?2, ?3, ?4)", 7, .text(text), .real(2.5), .blob([0, 255]))
    let row = try database.first("SELECT a, b, c, d, NULL FROM t") { row in
      (row.integer(0), row.text(1), row.real(2), row.blob(3), row.isNull(4))
    }
    let (a, b, c, d, isNull) = try #require(row)
    #expect((a, b, c) == (7, text, 2.5))
    #expect(d == [0, 255] && isNull)
    try database.run("INSERT INTO t VALUES (8, '', NULL, x'')")
    let values = try database.all("SELECT b, c, d FROM t WHERE a = 8") { row in
      [row.value(0), row.value(1), row.value(2)]
    }
    #expect(values == [[.text(""), .null, .blob([])]])
  }

  @Test func `errors have SQLite's code, and a primary code matches its extended ones`() throws {
    let database = try database()
    try database.run("INSERT INTO t (a, b) VALUES (1, 'x')")
    #expect { try database.run("INSERT INTO t (a, b) VALUES (2, 'x')") } throws: {
      guard let error = $0 as? SQLiteError else { return false }
      return .constraint ~= error.code && .unique ~= error.code && !(.foreignKey ~= error.code)
    }
    #expect(throws: SQLiteError.self) { try database.run("SELECT nothing FROM nowhere") }
    #expect(throws: SQLiteError.self) { try database.run("INSERT INTO t (a, b) VALUES (3, \"x\")") }
  }

  @Test func `a query inside the rows of the same query stands on its own`() throws {
    let database = try database()
    for number in 1...3 {
      try database.run("INSERT INTO t (a) VALUES (?1)", .integer(Int64(number)))
    }
    var pairs: [Int64] = []
    try database.each("SELECT a FROM t ORDER BY a", []) { outer throws(SQLiteError) in
      try database.each("SELECT a FROM t ORDER BY a", []) { inner in
        pairs.append(outer.integer(0) * 10 + inner.integer(0))
      }
    }
    #expect(pairs == [11, 12, 13, 21, 22, 23, 31, 32, 33])
  }

  @Test func `a transaction that throws leaves nothing`() throws {
    struct Stop: Error {}
    let database = try database()
    #expect(throws: Stop.self) {
      try database.writing({ _ in Stop() }) { (database) throws(Stop) in
        do { try database.run("INSERT INTO t (a) VALUES (1)") } catch { throw Stop() }
        throw Stop()
      }
    }
    #expect(try database.first("SELECT count(*) FROM t") { row in row.integer(0) } == 0)
  }
}
