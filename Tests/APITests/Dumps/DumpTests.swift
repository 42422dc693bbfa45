import API
import Foundation
import HTTPTypes
import Registry
import Testing
import Wire

/// What is in a dump, and what isn't.
@Suite("cairn dump") struct DumpTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  @Test func `every file is what the manifest says: its bytes, its rows, its SHA-256`() throws {
    let fields = try api.provider().fields
    try api.write(.post, "/v1/credentials", #"{"title": "TIG welding"}"#, fields)
    try api.write(.post, "/v1/credentials", #"{"title": "Gone", "slug": "gone"}"#, fields)
    try api.write(.delete, "/v1/credentials/gone", "", fields)
    let dump = try api.dump()
    #expect(dump.files.count == 33)
    for file in dump.files {
      let path = api.dumps.appending(path: "\(dump.name)/\(file.name)").path
      #expect(try api.bytes(file.name, of: dump).count == file.bytes)
      #expect(try CommandRun(["/usr/bin/sha256sum", path]).output.prefix(64) == file.sha256)
      guard let rows = file.rows else { continue }
      let lines = try api.inflated(file.name, of: dump).split(separator: UInt8(ascii: "\n"))
      // No text of the deck has a line end in it.
      #expect(lines.count == (file.name.hasSuffix(".csv.gz") ? rows + 1 : rows), "\(file.name)")
      #expect(rows > 0 || file.name.hasPrefix("stacking-rules"), "\(file.name)")
    }
    #expect(dump.file("credentials.csv.gz")?.rows == 10)
    #expect(dump.sequence == (try api.registry.newestChange))
  }

  @Test(arguments: [
    "sources", "vocabularies", "countries", "statements", "frameworks", "levels", "sectors",
    "fields", "occupations", "languages", "observations", "findings", "providers", "credentials",
    "changes",
  ])
  func `a list in a dump is the list that the API exports`(name: String) throws {
    let fields = try api.provider().fields
    try api.write(
      .post, "/v1/credentials", #"{"title": "=1+1", "note": "a, \"b\"\nc", "countries": []}"#,
      fields)
    let dump = try api.dump()
    let lines = try api.inflated("\(name).ndjson.gz", of: dump)
    let first = try #require(String(decoding: lines, as: UTF8.self).split(separator: "\n").first)
    let members = try JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any]
    // All members, in the order in which the dump has them.
    let names = try #require(members).keys.sorted { a, b in
      first.range(of: "\"\(a)\":")!.lowerBound < first.range(of: "\"\(b)\":")!.lowerBound
    }
    let asked = name == "changes" ? "" : "?fields=" + names.joined(separator: ",")
    #expect(try api.get("/v1/\(name).ndjson\(asked)").body == lines)
    if name != "changes" {
      let table = try api.inflated("\(name).csv.gz", of: dump)
      #expect(try api.get("/v1/\(name).csv\(asked)").body == table)
    }
  }

  @Test func `while others write, a dump is of one moment`() async throws {
    let fields = try api.provider().fields
    let before = try api.registry.newestChange
    let writing = Task { [api] in
      for number in 1...300 {
        let body = #"{"title": "Stone \#(number)", "slug": "stone-\#(number)"}"#
        _ = try api.respond(.post, "/v1/credentials", fields, body)
      }
    }
    let clock = Clock()
    let registry = try Registry(
      path: api.dumps.path + "/../registry.db", environment: clock.environment)
    let folder = try DumpFolder(path: api.dumps.path)
    for second in 1...5 {
      try clock.set("2026-01-01T02:30:0\(second)Z")
      let dump = try registry.dump(into: folder, version: "0.1.0", keeping: 1)
      // Every write so far, and none that came later, in every file.
      let made = Int(dump.sequence - before)
      #expect(dump.file("credentials.ndjson.gz")?.rows == 8 + made)
      #expect(dump.file("credentials.csv.gz")?.rows == 8 + made)
      #expect(dump.file("changes.ndjson.gz")?.rows == Int(dump.sequence))
      let path = api.dumps.path + "/\(dump.name)/cairn.sqlite"
      #expect(try Registry(path: path).newestChange == dump.sequence)
      #expect(try CheckReport(of: path, .items).isSound)
      let newest = try #require(
        api.inflated("credentials.ndjson.gz", of: dump).split(separator: UInt8(ascii: "\n")).last)
      let text = String(decoding: newest, as: UTF8.self)
      #expect(made == 0 || text.contains("\"slug\":\"stone-\(made)\""))
    }
    try await writing.value
  }

  @Test func `a dump that came to nothing leaves nothing, and one is made at a time`() throws {
    let folder = try DumpFolder(path: api.dumps.path)
    let left = api.dumps.appending(path: "20200101T000000Z.part")
    try FileManager.default.createDirectory(at: left, withIntermediateDirectories: true)
    try Data("half".utf8).write(to: left.appending(path: "cairn.sqlite"))
    // A folder without a manifest is none, whatever it is called.
    try FileManager.default.createDirectory(
      at: api.dumps.appending(path: "20200102T000000Z"), withIntermediateDirectories: true)
    #expect(try api.get("/v1/dumps/").json["items"]?.items.isEmpty == true)
    do {
      let draft = try folder.begin(at: Instant(milliseconds: 0))
      _ = try draft.file("half")
      #expect(throws: RegistryError.self) { try api.dump() }
      #expect(folder.dumps.isEmpty)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: api.dumps.path)
    #expect(names == ["20200102T000000Z"])
    #expect(try api.dump().files.count == 33)
    #expect(folder.dumps.count == 1)
  }

  @Test func `so many are kept, the newest`() throws {
    let clock = Clock()
    let registry = try Registry(
      path: api.dumps.path + "/../registry.db", environment: clock.environment)
    let folder = try DumpFolder(path: api.dumps.path)
    for day in 1...4 {
      try clock.set("2026-01-0\(day)T02:30:00Z")
      try registry.dump(into: folder, version: "0.1.0", keeping: 2)
    }
    #expect(folder.dumps.map(\.name) == ["20260104T023000Z", "20260103T023000Z"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: api.dumps.path).count == 2)
    #expect(throws: RegistryError.conflict("There is a dump of this second.")) {
      try registry.dump(into: folder, version: "0.1.0", keeping: 2)
    }
  }
}
