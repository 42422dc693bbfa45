import Compression
import Crypto
import Foundation
import HTTPTypes
import Registry
import Testing
import Wire

/// Imports whose bodies come in several requests.
@Suite("/v1/imports/{id}") struct UploadTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  private let rows = #"{"title": "One"}"# + "\n" + #"{"title": "Two"}"# + "\n"

  private func begin(
    _ writer: [String: String], _ fields: [String: String] = [:], _ body: [UInt8] = []
  ) throws -> Answer {
    var all = writer
    all["Content-Type"] = "application/x-ndjson"
    all["Upload-Complete"] = "?0"
    for (name, value) in fields { all[name] = value }
    return try api.respond(.post, "/v1/credentials:import", all, bytes: body)
  }

  private func append(
    _ address: String, _ writer: [String: String], at offset: Int, last: Bool = false,
    _ bytes: [UInt8], _ fields: [String: String] = [:]
  ) throws -> Answer {
    var all = writer
    all["Content-Type"] = "application/partial-upload"
    all["Upload-Offset"] = "\(offset)"
    all["Upload-Complete"] = last ? "?1" : "?0"
    for (name, value) in fields { all[name] = value }
    return try api.respond(.patch, address, all, bytes: bytes)
  }

  private func digest(_ bytes: [UInt8]) -> String {
    "sha-256=:\(Data(SHA256.digest(of: bytes)).base64EncodedString()):"
  }

  @Test func `a body goes on where it broke off, and is imported once all has come`() throws {
    let (_, writer) = try api.provider()
    let bytes = Array(rows.utf8)
    let begun = try begin(writer, [:], Array(bytes[..<5]))
    #expect(begun.status == 201 && begun["Upload-Offset"] == "5")
    #expect(begun["Upload-Complete"] == "?0" && begun["Upload-Limit"]?.contains("max-size") == true)
    #expect(begun.json["state"]?.string == "receiving" && begun.json["received"]?.number == 5)
    let address = try #require(begun["Location"])
    let more = try append(address, writer, at: 5, Array(bytes[5..<9]))
    #expect(more.status == 204 && more["Upload-Offset"] == "9" && more.body.isEmpty)
    let astray = try append(address, writer, at: 5, Array(bytes[5...]))
    #expect(astray.status == 409 && astray["Upload-Offset"] == "9")
    let asked = try api.respond(.head, address, writer)
    #expect(asked.status == 200 && asked["Upload-Offset"] == "9" && asked.body.isEmpty)
    #expect(try api.get("/v1/credentials/one").status == 404)
    let done = try append(address, writer, at: 9, last: true, Array(bytes[9...]))
    #expect(done.status == 200 && done["Upload-Complete"] == "?1")
    #expect(done["Content-Location"] == address)
    #expect(done.lines.last?["summary"]?["created"]?.number == 2)
    #expect(try api.get("/v1/credentials/two").status == 200)
    let over = try api.respond(.head, address, writer)
    #expect(over["Upload-Complete"] == "?1" && over["Upload-Offset"] == nil)
    #expect(try append(address, writer, at: bytes.count, last: true, []).status == 409)
    #expect(try api.respond(.delete, address, writer).status == 409)
  }

  @Test func `a coded body goes on, too, and is known by its digest`() throws {
    let writer = try api.writer()
    var packed: [UInt8] = []
    try Deflater(.gzip).append(Array(rows.utf8), to: &packed, isLast: true)
    let begun = try begin(
      writer, ["Content-Encoding": "gzip", "Repr-Digest": digest(packed)], Array(packed[..<7]))
    let address = try #require(begun["Location"])
    let part = Array(packed[7...])
    let wrong = try append(
      address, writer, at: 7, last: true, part, ["Content-Digest": digest(packed)])
    #expect(wrong.status == 400 && wrong.text.contains("other-digest"))
    #expect(try api.respond(.head, address, writer)["Upload-Offset"] == "7")
    let done = try append(
      address, writer, at: 7, last: true, part,
      ["Content-Digest": digest(part), "Prefer": "respond-async"])
    #expect(done.status == 202 && done["Location"] == address)
  }

  @Test func `what isn't the body that was meant is given up`() throws {
    let writer = try api.writer()
    let begun = try begin(writer, ["Repr-Digest": digest([1, 2, 3])])
    let address = try #require(begun["Location"])
    let done = try append(address, writer, at: 0, last: true, Array(rows.utf8))
    #expect(done.status == 400 && done.text.contains("Repr-Digest"))
    #expect(try api.respond(.head, address, writer).status == 404)
    #expect(try api.get("/v1/credentials/one").status == 404)
  }

  @Test func `a digest is held against a body that comes at once, too`() throws {
    var writer = try api.writer()
    writer["Content-Type"] = "application/x-ndjson"
    for (field, status) in [
      (digest(Array(rows.utf8)), 200), (digest([0]), 400), ("md5=:AAAA:", 400), ("sha-256=x", 400),
    ] {
      for name in ["Content-Digest", "Repr-Digest"] {
        writer[name] = field
        let answer = try api.respond(
          .post, "/v1/credentials:import?dry_run=true", writer, rows)
        #expect(answer.status == status, "\(field): \(answer.text)")
        writer[name] = nil
      }
    }
  }

  @Test func `an upload is its owner's and an admin's, and can be given up`() throws {
    let (_, writer) = try api.provider()
    let (_, other) = try api.provider("Other School")
    let address = try #require(try begin(writer)["Location"])
    #expect(try append(address, other, at: 0, [65]).status == 404)
    #expect(try api.respond(.delete, address, other).status == 404)
    #expect(try append(address, [:], at: 0, [65]).status == 401)
    #expect(try append(address, api.writer(), at: 0, Array(rows.utf8)).status == 204)
    #expect(try api.respond(.delete, address, writer).status == 204)
    #expect(try api.respond(.head, address, writer).status == 404)
  }

  @Test(arguments: [true, false])
  func `an upload that ended since it was looked at isn't gone on with`(isApplied: Bool) throws {
    let writer = try api.writer()
    let address = try #require(try begin(writer)["Location"])
    let key = try #require(try api.registry.keys().last)
    let id = String(try #require(address.split(separator: "/").last))
    let record = try api.registry.importRecord(id, for: key)
    #expect(record.received == 0)
    let end =
      try isApplied
      ? append(address, writer, at: 0, last: true, Array(rows.utf8))
      : api.respond(.delete, address, writer)
    #expect(end.status == (isApplied ? 200 : 204))
    #expect {
      try api.registry.continueUpload(record)
    } throws: { error in
      if case RegistryError.conflict? = error as? RegistryError { true } else { false }
    }
  }

  @Test func `the first request may be sent again, and begins no second upload`() throws {
    let writer = try api.writer()
    let first = try begin(writer, ["Idempotency-Key": "k"], Array(rows.utf8))
    let again = try begin(writer, ["Idempotency-Key": "k"], Array(rows.utf8))
    #expect(again.status == 201 && again["Location"] == first["Location"])
    #expect(again["Upload-Offset"] == "\(rows.utf8.count)")
    #expect(again["Idempotency-Replayed"] == "true")
    #expect(try begin(writer, ["Idempotency-Key": "k", "Content-Type": "text/csv"]).status == 422)
  }

  @Test(arguments: [
    ["Upload-Complete": "yes"], ["Upload-Offset": "-1"], ["Upload-Offset": "1 2"],
    ["Content-Digest": "md5=:AAAA:"],
  ])
  func `fields that can't be read are refused`(fields: [String: String]) throws {
    let writer = try api.writer()
    let address = try #require(try begin(writer)["Location"])
    #expect(try append(address, writer, at: 0, [65], fields).status == 400)
    #expect(
      try append(address, writer, at: 0, [65], ["Content-Type": "text/csv"]).status == 415)
  }

  @Test(.enabled(if: TestAPI.isInProcess))
  func `with an upload that nobody goes on with for a day its file goes`() throws {
    let clock = Clock()
    try clock.set("2026-01-01T10:00:00Z")
    let api = try TestAPI(environment: clock.environment)
    var writer = try api.writer()
    func files() throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: api.folder.path)
        .count { $0.contains("-import-") || $0.contains("-upload-") }
    }
    writer["Content-Type"] = "text/csv"
    writer["Upload-Complete"] = "?0"
    let begun = try api.respond(.post, "/v1/credentials:import", writer, "title\n")
    let address = try #require(begun["Location"])
    #expect(try files() == 1)
    try clock.set("2026-01-02T09:00:00Z")
    #expect(try api.respond(.head, address, writer).status == 200)
    try clock.set("2026-01-03T08:59:00Z")
    _ = try api.respond(.post, "/v1/credentials:import", writer, "title\n")
    #expect(try api.respond(.get, address, writer).status == 200)
    try clock.set("2026-01-03T09:00:01Z")
    _ = try api.respond(.post, "/v1/credentials:import", writer, "title\n")
    #expect(try api.respond(.get, address, writer).status == 404)
    #expect(try files() == 2)
  }
}
