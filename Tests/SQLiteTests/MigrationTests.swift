import SQLite
import Testing

@Suite struct MigrationTests {
  private let steps = [
    Migration(name: "one", script: "CREATE TABLE a (x INTEGER) STRICT;"),
    Migration(name: "two", script: "CREATE TABLE b (y INTEGER) STRICT; INSERT INTO a VALUES (1);"),
  ]

  private func tables(_ database: borrowing Connection) throws -> [String] {
    try database.all("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") { row in
      row.text(0)
    }
  }

  @Test func `each step runs once, in order, and the file says whose it is`() throws {
    let database = try Connection(path: ":memory:")
    try database.migrate([steps[0]], application: 7)
    try database.migrate(steps, application: 7)
    try database.migrate(steps, application: 7)
    #expect(try tables(database) == ["a", "b"])
    #expect(try database.first("SELECT count(*) FROM a") { row in row.integer(0) } == 1)
    #expect(try database.first("PRAGMA user_version") { row in row.integer(0) } == 2)
    #expect(try database.first("PRAGMA application_id") { row in row.integer(0) } == 7)
  }

  @Test func `a step that fails leaves nothing of itself`() throws {
    let database = try Connection(path: ":memory:")
    let bad = Migration(name: "bad", script: "CREATE TABLE c (z INTEGER) STRICT; NONSENSE;")
    #expect(throws: MigrationError.self) { try database.migrate([steps[0], bad], application: 7) }
    #expect(try tables(database).contains("c") == false)
  }

  @Test func `a newer file and a foreign one are refused`() throws {
    let newer = try Connection(path: ":memory:")
    try newer.migrate(steps, application: 7)
    #expect { try newer.migrate([steps[0]], application: 7) } throws: {
      if case MigrationError.newer(let version, let known) = $0 {
        version == 2 && known == 1
      } else {
        false
      }
    }
    let foreign = try Connection(path: ":memory:")
    try foreign.script("CREATE TABLE other (x INTEGER)")
    #expect { try foreign.version(7, known: 2) } throws: {
      if case MigrationError.foreign = $0 { true } else { false }
    }
  }
}
