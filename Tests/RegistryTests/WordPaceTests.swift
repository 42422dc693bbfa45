import Foundation
import JSON
import Registry
import SQLite
import Testing
import Wire

@Suite struct WordPaceTests {
  @Test func `each write adds a piece to the text indexes, and there are never many`() throws {
    let path = try temporaryFolder().appending(path: "registry.db").path
    let registry = try Registry(path: path)
    try registry.loadOwnData()
    let made = try registry.createKey(.admin, label: nil, expiresAt: nil)
    let admin = try #require(try registry.key(made.key))
    let database = try Connection(path: path, access: .readOnly)
    for number in 1...150 {
      _ = try registry.create(
        .credential, .object([.init(name: "title", value: .string("Brazing \(number)"))]), by: admin
      )
      for sql: SQL in [
        "SELECT count(DISTINCT segid) FROM credential_text_idx",
        "SELECT count(DISTINCT segid) FROM credential_title_idx",
      ] {
        let pieces = try #require(try database.first(sql) { row in row.integer(0) })
        try #require(pieces < 40, "after \(number)")
      }
    }
    let q = try #require(Noun.credential.filter("q"))
    let slug = try #require(Noun.credential.field("slug"))
    let query = Query(
      conditions: [.init(q, [.value("brazing")])], fields: [slug], limit: 1, counts: true)
    #expect(try registry.list(.credential, query) { _ in }.total == 150)
  }

  @Test func `where nobody puts pieces together, FTS5 does before it has too many`() throws {
    let path = try temporaryFolder().appending(path: "registry.db").path
    _ = try Registry(path: path)
    let database = try Connection(path: path)
    try database.run("PRAGMA synchronous = OFF")
    for number in 1...4100 {
      let words = Value.text("Brazing \(number)")
      try database.run("INSERT INTO credential_text (title) VALUES (?1)", words)
      try database.run("INSERT INTO credential_title (title) VALUES (?1)", words)
    }
    let sql: SQL = "SELECT count(*) FROM credential_text WHERE credential_text MATCH 'brazing'"
    #expect(try database.first(sql) { row in row.integer(0) } == 4100)
  }
}
