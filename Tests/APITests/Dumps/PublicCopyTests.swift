import Foundation
import HTTPTypes
import Registry
import Testing
import Wire

/// What of a registry is for everyone, and in its dumps.
@Suite("cairn dump: what is public") struct PublicCopyTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  @Test func `nothing of what isn't for everyone is in any of its files`() throws {
    let fields = try api.provider().fields
    let admin = try api.registry.createKey(.admin, label: "hush-label", expiresAt: nil)
    let key = try #require(fields["Authorization"]?.split(separator: " ").last)
    func post(_ body: String, _ more: [String: String] = [:]) throws {
      try api.write(.post, "/v1/credentials", body, fields.merging(more) { $1 })
    }
    try post(#"{"title": "Hush draft", "slug": "hush-slug", "status": "draft"}"#)
    // What a draft said before it was published, and what one says that was public.
    try post(#"{"title": "Hush before", "slug": "grown", "status": "draft"}"#)
    try api.write(.patch, "/v1/credentials/grown", #"{"title": "Shown after"}"#, fields)
    try api.write(.patch, "/v1/credentials/grown", #"{"status": "published"}"#, fields)
    try post(#"{"title": "Shown once", "slug": "taken-back"}"#)
    try api.write(.patch, "/v1/credentials/taken-back", #"{"status": "draft"}"#, fields)
    try api.write(.patch, "/v1/credentials/taken-back", #"{"title": "Hush again"}"#, fields)
    try post(#"{"title": "Shown"}"#, ["Idempotency-Key": "hush-once"])
    var sheet = fields
    sheet["Content-Type"] = "application/x-ndjson"
    _ = try api.respond(
      .post, "/v1/credentials:import", sheet, #"{"title": "Hush row", "hush": 1}"#)
    let webhook = try api.write(
      .post, "/v1/webhooks", #"{"url": "https://hooks.example/hush"}"#, fields)
    let secret = try #require(webhook.json["secret"]?.string?.dropFirst("whsec_".count))
    let dump = try api.dump()
    let database = try api.bytes("cairn.sqlite", of: dump)
    var files = [("cairn.sqlite", database)]
    for file in dump.files where file.name.hasSuffix(".gz") {
      files.append((file.name, try api.inflated(file.name, of: dump)))
    }
    let secrets = ["hush", String(key), admin.key, admin.id].map { Data($0.lowercased().utf8) }
    for (name, bytes) in files {
      let text = Data(bytes.map { (65...90).contains($0) ? $0 + 32 : $0 })
      for secret in secrets {
        #expect(text.range(of: secret) == nil, "\(String(decoding: secret, as: UTF8.self)) \(name)")
      }
      #expect(text.range(of: Data("shown after".utf8)) != nil || !name.hasPrefix("cr"), "\(name)")
    }
    // The webhook's secret, as it signs.
    #expect(Data(database).range(of: try #require(Data(base64Encoded: String(secret)))) == nil)
    // The digests of keys, as the registry itself has them.
    for hash in try hashes(in: api.dumps.path + "/../registry.db") {
      #expect(Data(database).range(of: hash) == nil)
    }
  }

  /// What a program that isn't ours prints, with the database as `d`.
  private func python(_ program: String, _ database: String) throws -> [String] {
    let run = try CommandRun([
      "/usr/bin/env", "python3", "-c",
      "import sqlite3, sys\nd = sqlite3.connect(sys.argv[1])\n" + program, database,
    ])
    #expect(run.status == 0, "\(run.output)")
    return run.output.split(separator: "\n").map(String.init)
  }

  private func hashes(in database: String) throws -> [Data] {
    let lines = try python(
      "for row in d.execute('select hash from api_key'): print(row[0].hex())", database)
    #expect(lines.count >= 2)
    return lines.map { line in
      Data(
        stride(from: 0, to: line.utf8.count, by: 2).compactMap { offset in
          UInt8(line.dropFirst(offset).prefix(2), radix: 16)
        })
    }
  }

  @Test func `a table is in a dump because it is named, and no other has a row`() throws {
    let dump = try api.dump()
    let filled = try python(
      """
      for (t,) in d.execute("select name from sqlite_schema where type = 'table'").fetchall():
        if d.execute(f"select 1 from {t} limit 1").fetchone(): print(t)
      """, api.dumps.path + "/\(dump.name)/cairn.sqlite")
    // Search is made of the others.
    let tables = filled.filter { !$0.hasPrefix("credential_") && !$0.hasPrefix("provider_") }
    #expect(
      Set(tables) == [
        "source", "vocabulary_value", "country", "statement", "framework", "level", "sector",
        "field", "occupation", "language", "observation", "credential", "change", "feed",
        "revision",
      ])
  }

  @Test func `its SQLite file, served, answers as the registry does`() throws {
    let (slug, fields) = try api.provider()
    for number in 1...3 {
      try api.write(
        .post, "/v1/credentials",
        #"{"title": "Stone \#(number)", "slug": "stone-\#(number)", "countries": ["DK"], "workload": {"hours": \#(number)}}"#,
        fields)
    }
    try api.write(
      .post, "/v1/stacking-rules",
      #"{"kind": "accumulates_to", "target": "stone-3", "groups": [{"components": ["stone-1", "stone-2"]}]}"#,
      fields)
    try api.write(.post, "/v1/credentials/stone-2:merge", #"{"into": "stone-1"}"#, fields)
    try api.write(
      .post, "/v1/credentials", #"{"title": "Draft", "slug": "draft", "status": "draft"}"#, fields)
    // Public, a draft that is changed, and public again: nobody learns what it was meanwhile.
    for change in [
      #"{"price": {"amount": 1, "currency": "EUR"}, "note": "first"}"#,
      #"{"status": "draft", "note": "x"}"#,
      #"{"note": "y", "homepage": "https://hush.example"}"#, #"{"homepage": null, "price": null}"#,
      #"{"status": "published", "note": "second"}"#, #"{"note": null}"#,
    ] {
      try api.write(.patch, "/v1/credentials/stone-3", change, fields)
    }
    let dump = try api.dump()
    let path = api.dumps.appending(path: "\(dump.name)/cairn.sqlite").path
    let copy = try TestAPI(of: path)
    var targets = [
      "/v1/providers", "/v1/providers/\(slug)",
      "/v1/credentials?status=published,withdrawn&limit=100",
      "/v1/credentials?q=stone", "/v1/credentials?q=ston*&highlight=true",
      "/v1/credentials?country=DK&count=exact",
      "/v1/credentials?limit=1&facets=country,sector,participation",
      "/v1/credentials?sort=-workload_hours",
      "/v1/credentials/aggregate?group_by=country&measures=count,workload_hours.avg",
      "/v1/credentials/stone-1", "/v1/credentials/stone-2", "/v1/credentials/draft",
      "/v1/credentials/stone-3/history", "/v1/credentials/stone-1/stacks_to",
      "/v1/credentials/stone-3/stacks_from",
      "/v1/credentials/stone-3/workload", "/v1/credentials/suggest?q=sto", "/v1/stacking-rules",
      "/v1/changes",
      "/v1/changes.ndjson", "/v1/credentials.csv", "/v1/countries/IE?include=all",
      "/v1/compare?countries=EE,IE",
      "/v1/vocabularies/policy_stage", "/v1/levels/EQF-8?in=QF-EHEA,ES",
      "/v1/countries?policy_stage=legislation",
    ]
    // Every moment of its history that there was.
    let history = try api.get("/v1/credentials/stone-3/history").json["items"]?.items ?? []
    #expect(history.count == 5)
    for moment in Set(history.compactMap { $0["at"]?.string }) {
      targets.append("/v1/credentials/stone-3?as_of=\(moment)")
    }
    for target in targets {
      let (here, there) = (try api.get(target), try copy.get(target))
      #expect(here.status == there.status, "\(target)")
      // A problem tells its request's id.
      let isSame = here.status > 300 || here.body == there.body
      #expect(isSame, "\(target)")
      #expect(here["ETag"] == there["ETag"], "\(target)")
    }
    #expect(try CheckReport(of: path, .items).isSound)
    #expect(try copy.registry.keys().allSatisfy { $0.revokedAt != nil && $0.label == nil })
    // It is a registry like any other: it takes what is new.
    let answer = try copy.respond(
      .post, "/v1/credentials", copy.writer(), #"{"title": "New", "slug": "new"}"#)
    #expect(answer.status == 201)
  }

  @Test func `what refers to a draft goes with it`() throws {
    let (_, fields) = try api.provider()
    for name in ["a", "b", "c"] {
      try api.write(.post, "/v1/credentials", #"{"title": "\#(name)", "slug": "\#(name)"}"#, fields)
    }
    try api.write(
      .post, "/v1/stacking-rules",
      #"{"kind": "accumulates_to", "target": "a", "groups": [{"components": ["b"]}]}"#, fields)
    try api.write(.post, "/v1/credentials/c:merge", #"{"into": "b"}"#, fields)
    try api.write(.patch, "/v1/credentials/b", #"{"status": "draft"}"#, fields)
    let dump = try api.dump()
    #expect(dump.file("stacking-rules.ndjson.gz")?.rows == 0)
    let path = api.dumps.appending(path: "\(dump.name)/cairn.sqlite").path
    let copy = try TestAPI(of: path)
    #expect(try CheckReport(of: path, .items).isSound)
    #expect(try copy.get("/v1/credentials/a").status == 200)
    for name in ["b", "c"] { #expect(try copy.get("/v1/credentials/\(name)").status == 404) }
  }
}
