import Foundation
import JSON
import Registry
import Resources
import Testing
import Wire

@Suite struct LoadingTests {
  private let folder: URL
  private let path: String

  init() throws {
    folder = try temporaryFolder()
    path = folder.appending(path: "registry.db").path
  }

  private func counts() throws -> [String: Int] {
    Dictionary(
      uniqueKeysWithValues: try CheckReport(of: path, .items).counts.map { ($0.table, $0.rows) })
  }

  @Test func `an empty database migrates, fills, and is sound`() throws {
    let registry = try Registry(path: path)
    #expect(try registry.isEmpty)
    let report = try registry.loadOwnData()
    #expect(try !registry.isEmpty)
    #expect(Set(report.rows.map(\.file)) == Set(Resources.data.map { $0.name + ".csv" }))
    #expect(try CheckReport(of: path, .items).isSound)
    #expect(try counts()["credentials"] == 8)
  }

  @Test func `loading again changes nothing`() throws {
    let registry = try Registry(path: path)
    try registry.loadOwnData()
    let (before, version) = (try counts(), try versions(registry))
    try registry.loadOwnData()
    #expect(try counts() == before)
    #expect(try versions(registry) == version)
  }

  private func versions(_ registry: Registry) throws -> [Int64] {
    var versions: [Int64] = []
    _ = try registry.list(.credential, Query(fields: Noun.credential.members)) { record in
      versions.append(record.version ?? 0)
    }
    return versions
  }

  @Test func `a newer edition of a file brings its rows up to date`() throws {
    let registry = try Registry(path: path)
    try registry.loadOwnData()
    let countries = try #require(Resources.data.first { $0.name == "countries" }).text
    try registry.load([("countries.csv", countries.replacing("Ireland", with: "Éire"))])
    let name = try registry.item(.country, "IE") { record in
      record.cell(record.fields.firstIndex { $0.name == "name" } ?? 0)
    }
    #expect(name == "Éire")
  }

  @Test func `a newer edition of a statement is a change of it, by nobody's key`() throws {
    let registry = try Registry(path: path)
    try registry.loadOwnData()
    let last = try registry.newestChange
    let stages = try #require(Resources.data.first { $0.name == "seed_policy_stages" }).text
    try registry.load([
      ("seed_policy_stages.csv", stages.replacing(",legislation,", with: ",advanced_discussion,"))
    ])
    var changes: [Change] = []
    _ = try registry.changes(FeedQuery(since: last)) { changes.append($0) }
    #expect(changes.count == 4)
    #expect(
      changes.allSatisfy {
        $0.noun == "statement" && $0.action == .replace && $0.author == nil && $0.version == 2
          && $0.before?["value"] == "legislation" && $0.after?["value"] == "advanced_discussion"
      })
  }

  @Test func `a file that can't be loaded changes nothing and says where`() throws {
    let registry = try Registry(path: path)
    #expect { try registry.load([("country.csv", "a,b\r\n")]) } throws: {
      "\($0)".contains("countries.csv")
    }
    let bad = "code,name_en,kind\r\nXX,Nowhere,country\r\nYY,\"unclosed\r\n"
    #expect(throws: RegistryError.self) { try registry.load([("countries.csv", bad)]) }
    #expect(try registry.isEmpty)
  }

  @Test func `files that aren't ours are refused with a sentence, and left alone`() throws {
    let text = folder.appending(path: "notes.txt")
    try Data("These are notes, and no database at all.".utf8).write(to: text)
    #expect { try Registry(path: text.path) } throws: { "\($0)".contains("not an SQLite database") }
    #expect(try String(contentsOf: text, encoding: .utf8).hasPrefix("These are notes"))
    #expect { try Registry(path: folder.path + "/no/such/folder.db") } throws: {
      "\($0)".contains("can't be opened")
    }
  }
}
