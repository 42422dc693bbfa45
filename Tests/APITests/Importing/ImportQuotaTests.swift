import Foundation
import HTTPTypes
import Registry
import Testing
import Wire

@Suite struct ImportQuotaTests {
  private func send(
    _ api: TestAPI, _ writer: [String: String], _ rows: Int, _ query: String = "",
    _ fields: [String: String] = [:]
  ) throws -> Answer {
    var all = writer
    all["Content-Type"] = "application/x-ndjson"
    for (name, value) in fields { all[name] = value }
    let body = (0..<rows).map { #"{"title": "Row \#($0)"}"# }.joined(separator: "\n")
    return try api.respond(.post, "/v1/credentials:import" + query, all, body)
  }

  @Test(.enabled(if: TestAPI.isInProcess))
  func `rows count for a day, and who has used them up is told when there are more`() throws {
    let clock = Clock()
    try clock.set("2026-01-01T10:00:00Z")
    let api = try TestAPI(environment: clock.environment, importQuota: ImportQuota(rows: 10))
    let writer = try api.writer()
    let first = try send(api, writer, 6)
    #expect(first.status == 200)
    #expect(first["RateLimit-Policy"] == "\"import-rows\";q=10;w=86400")
    #expect(first["RateLimit"] == "\"import-rows\";r=4;t=86400")
    try clock.set("2026-01-01T11:00:00Z")
    #expect(try send(api, writer, 4).status == 200)
    // Twelve would never do, one does once the first six count no more, and seven do an hour later.
    let never = try send(api, writer, 12, "", ["Idempotency-Key": "a"])
    #expect(never.status == 413 && never.text.contains("12 rows") && never["Retry-After"] == nil)
    for (rows, key, seconds) in [(1, "b", 82_800), (7, "c", 86_400)] {
      let later = try send(api, writer, rows, "", ["Idempotency-Key": key])
      #expect(later.status == 429 && later["Retry-After"] == "\(seconds)", "\(later.text)")
      #expect(later["RateLimit"] == "\"import-rows\";r=0;t=86400")
    }
    // Without a body that has to come first.
    #expect(try send(api, writer, 1)["Retry-After"] == "82800")
    #expect(try send(api, writer, 3, "?dry_run=true").status == 200)
    #expect(try send(api, api.writer(), 3).status == 200)
    try clock.set("2026-01-02T10:00:00Z")
    #expect(try send(api, writer, 6).status == 200)
    #expect(try send(api, writer, 1).status == 429)
  }

  @Test func `what isn't stored doesn't count`() throws {
    let api = try TestAPI(importQuota: ImportQuota(rows: 2))
    let writer = try api.writer()
    for _ in 0..<3 { #expect(try send(api, writer, 2, "?dry_run=true").status == 200) }
    var fields = writer
    fields["Content-Type"] = "application/x-ndjson"
    let refused = try api.respond(
      .post, "/v1/credentials:import?mode=atomic", fields, "{\"title\": \"One\"}\n{}")
    #expect(refused.lines.last?["summary"]?["state"]?.string == "refused")
    #expect(try send(api, writer, 2).status == 200)
    #expect(try send(api, writer, 1).status == 429)
  }

  @Test func `a key may have a number of its own`() throws {
    let api = try TestAPI(importQuota: ImportQuota(rows: 2))
    let key = try api.registry.createKey(.admin, label: nil, expiresAt: nil, importRows: 3).key
    let writer = ["Authorization": "Bearer \(key)"]
    #expect(try send(api, writer, 3).status == 200)
    #expect(try send(api, writer, 1).status == 429)
  }

  @Test func `what a key imported counts for its successor, too`() throws {
    let api = try TestAPI(importQuota: ImportQuota(rows: 3))
    var made = try api.registry.createKey(.admin, label: nil, expiresAt: nil)
    for rows in [2, 1] {
      #expect(try send(api, ["Authorization": "Bearer \(made.key)"], rows).status == 200)
      made = try api.registry.rotateKey(made.id, overlap: 0)
    }
    #expect(try send(api, ["Authorization": "Bearer \(made.key)"], 1).status == 429)
  }

  @Test func `rows count over all keys that took each other's place, whichever imported them`()
    throws
  {
    let api = try TestAPI(importQuota: ImportQuota(rows: 4))
    func status(_ key: String, _ rows: Int) throws -> Int {
      try send(api, ["Authorization": "Bearer \(key)"], rows).status
    }
    let first = try api.registry.createKey(.admin, label: nil, expiresAt: nil)
    let lost = try api.registry.rotateKey(first.id, overlap: 3_600_000)
    #expect(
      try [status(lost.key, 2), status(first.key, 3), status(first.key, 1)] == [200, 429, 200])
    try api.registry.revokeKey(lost.id)
    let next = try api.registry.rotateKey(first.id, overlap: 3_600_000)
    #expect(try [status(next.key, 2), status(next.key, 1)] == [429, 200])
    #expect(try [status(first.key, 1), status(next.key, 1)] == [429, 429])
  }

  @Test func `no key has more imports at once than it may`() throws {
    let api = try TestAPI(importQuota: ImportQuota(atOnce: 2))
    let writer = try api.writer()
    let uploads = try (0..<2).map { _ in try send(api, writer, 0, "", ["Upload-Complete": "?0"]) }
    #expect(uploads.map(\.status) == [201, 201])
    let third = try send(api, writer, 1)
    #expect(third.status == 429 && third.text.contains("too-many-imports"))
    #expect(try send(api, api.writer(), 1).status == 200)
    #expect(try api.respond(.delete, #require(uploads[0]["Location"]), writer).status == 204)
    #expect(try send(api, writer, 1).status == 200)
    #expect(try send(api, writer, 1).status == 200)
  }
}
