import Foundation
import JSON
import Resources
import SQLite
import Testing

@testable import Registry
import Wire

@Suite struct OlderDatabaseTests {
  @Test func `a database from before the terms were few keeps its items, and is sound`() throws {
    let path = try temporaryFolder().appending(path: "registry.db").path
    let steps = Resources.migrations.map { Migration(name: $0.name, script: $0.text) }
    let step = try #require(steps.firstIndex { $0.name.hasSuffix("_writing") })
    do {
      let older = try Connection(path: path)
      try older.migrate(Array(steps[..<step]), application: 0x4361_726E)
      try older.script(
        """
        INSERT INTO provider (id, slug, status, name, version, created_at, updated_at)
        VALUES ('p', 'p', 'active', '{"en":"P"}', 1, 0, 0), ('q', 'q', 'active', '{"en":"Q"}', 1, 0, 0);
        INSERT INTO provider_text (rowid, name) SELECT number, name FROM provider_words;
        INSERT INTO credential (id, slug, provider, kind, status, title, awarding_bodies, countries,
          languages, standard_elements, version, created_at, updated_at)
        VALUES ('c', 'c', 'p', 'unit', 'published', '{"en":"Old"}', '[{"provider":"p"},{"provider":"q"}]',
          '["DK"]', '["da"]', '{}', 1, 0, 0);
        INSERT INTO credential_term VALUES ('awarding_body', 'p', 1), ('awarding_body', 'q', 1),
          ('country', 'DK', 1), ('language', 'da', 1), ('missing', 'level', 1);
        INSERT INTO credential_text (rowid, title, provider, learning_outcomes, description)
        SELECT number, title, provider, learning_outcomes, description FROM credential_words;
        INSERT INTO credential_title (rowid, title) SELECT rowid, title FROM credential_text;
        """)
    }
    let registry = try Registry(path: path)
    let database = try Connection(path: path, access: .readOnly)
    let bodies = try database.all("SELECT provider, credential FROM credential_awarding_body") {
      "\($0.text(0)) \($0.integer(1))"
    }
    #expect(bodies == ["q 1"])
    try registry.item(.credential, "c", for: .admin) { #expect($0.version == 1) }
    // The row's own elements are what it was stored with: the rest is as it says.
    #expect(
      try CheckReport(of: path, .items).staleItems == [
        "credential c: standard elements out of date"
      ])
  }

  @Test func `what a credential refers to has to be there when its transaction ends`() throws {
    let path = try temporaryFolder().appending(path: "registry.db").path
    let registry = try Registry(path: path)
    try registry.loadOwnData()
    let database = try Connection(path: path)
    for change: SQL in [
      "provider = 'x'", "sector = 'x'", "sector = 'C', nace = 'x'", "merged_into = 'x'",
    ] {
      try database.begin()
      try database.run("UPDATE credential SET" + change)
      let error = #expect(throws: SQLiteError.self) { try database.commit() }
      #expect(error.map { .foreignKey ~= $0.code } == true, "\(change)")
      database.rollBack()
    }
  }
}
