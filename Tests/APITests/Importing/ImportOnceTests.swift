import Foundation
import HTTPTypes
import Testing
import Wire

/// Imports that are asked for twice.
@Suite struct ImportOnceTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  private func send(
    _ body: String, _ writer: [String: String], _ query: String = "", key: String = "k"
  ) throws -> Answer {
    var fields = writer
    fields["Content-Type"] = "application/x-ndjson"
    fields["Idempotency-Key"] = key
    return try api.respond(.post, "/v1/credentials:import" + query, fields, body)
  }

  @Test func `the same key and body gets the first import's answer, and stores nothing again`()
    throws
  {
    let writer = try api.writer()
    let body = "{\"title\": \"One\"}\n{\"x\": 1}\n"
    let first = try send(body, writer)
    let again = try send(body, writer)
    #expect(again.status == 200 && again.text == first.text)
    #expect(again["Content-Location"] == first["Content-Location"])
    #expect(first["Idempotency-Replayed"] == nil && again["Idempotency-Replayed"] == "true")
    #expect(try api.get("/v1/credentials/one-2").status == 404)
    #expect(try api.names("/v1/credentials?q=One&fields=slug") == ["one"])
  }

  @Test func `another body, or another way to go about it, is another request`() throws {
    let writer = try api.writer()
    #expect(try send("{\"title\": \"One\"}", writer).status == 200)
    let other = try send("{\"title\": \"Two\"}", writer)
    #expect(other.status == 422 && other.text.contains("other-request"))
    #expect(try send("{\"title\": \"One\"}", writer, "?on_conflict=skip").status == 422)
    #expect(try send("{\"title\": \"Two\"}", writer, key: "l").status == 200)
    // Another key's word is its own.
    #expect(try send("{\"title\": \"Three\"}", api.writer()).status == 200)
  }

  @Test func `of twins sent at once one is run`() async throws {
    let writer = try api.writer()
    let body = (0..<150).map { #"{"title": "Twin", "external_id": "\#($0)"}"# }
      .joined(separator: "\n")
    let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
      for _ in 0..<4 { group.addTask { try send(body, writer) } }
      return try await group.reduce(into: [Answer]()) { $0.append($1) }
    }
    #expect(answers.count { $0["Idempotency-Replayed"] == nil } == 1)
    // Whoever came while it was applied is told where it is.
    #expect(answers.allSatisfy { [200, 202].contains($0.status) })
    let places = answers.map { $0["Location"] ?? $0["Content-Location"] }
    #expect(Set(places).count == 1)
    #expect(try api.get("/v1/credentials?count=exact&limit=1&q=Twin").json["total"]?.number == 150)
  }

  @Test func `a refused import holds no key`() throws {
    var fields = try api.writer()
    fields["Idempotency-Key"] = "k"
    fields["Content-Type"] = "text/csv"
    #expect(
      try api.respond(.post, "/v1/credentials:import", fields, "titel\nOne\n").status == 422)
    #expect(
      try api.respond(.post, "/v1/credentials:import", fields, "title\nOne\n").status == 200)
  }

  @Test func `an atomic import that is refused for a row holds none either`() throws {
    let writer = try api.writer()
    let rows = "{\"title\": \"One\"}\n{}\n"
    for _ in 0..<2 {
      let refused = try send(rows, writer, "?mode=atomic")
      #expect(refused.lines.last?["summary"]?["state"] == "refused")
      #expect(refused["Idempotency-Replayed"] == nil)
    }
    let mended = try send("{\"title\": \"One\"}\n", writer, "?mode=atomic")
    #expect(mended.lines.last?["summary"]?["created"] == 1, "\(mended.text)")
    #expect(try send(rows, writer, "?mode=atomic").status == 422)
  }
}
