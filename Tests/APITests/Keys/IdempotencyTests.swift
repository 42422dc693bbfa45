import HTTPTypes
import Testing
import Wire

@Suite struct IdempotencyTests {
  @Test(.enabled(if: TestAPI.isInProcess))
  func `a key is kept for a day from its first request, and is free again then`() throws {
    let clock = Clock()
    try clock.set("2026-01-01T10:00:00Z")
    let api = try TestAPI(environment: clock.environment)
    let fields = try api.writer().merging(["Idempotency-Key": "k"]) { $1 }
    func post(_ name: String) throws -> (status: Int, isReplayed: Bool) {
      let answer = try api.respond(.post, "/v1/providers", fields, #"{"name": "\#(name)"}"#)
      return (answer.status, answer["Idempotency-Replayed"] == "true")
    }
    #expect(try post("A") == (201, false))
    try clock.set("2026-01-02T09:59:59Z")
    #expect(try post("A") == (201, true))
    #expect(try post("B") == (422, false))
    try clock.set("2026-01-02T10:00:00Z")
    #expect(try post("B") == (201, false))
  }

  /// What is asked for, by POST, and what it is answered.
  private struct Ask: CustomTestStringConvertible {
    let path: String
    let body: String
    let status: Int
    var more: [String: String] = [:]

    var testDescription: String { path + more.keys.joined() }
  }

  private static let rows = ["Content-Type": "application/x-ndjson"]
  private static let asks = [
    Ask(path: "providers", body: #"{"name": "A"}"#, status: 201),
    Ask(path: "credentials", body: #"{"title": "A"}"#, status: 201),
    Ask(path: "providers:import", body: #"{"name": "A"}"#, status: 200, more: rows),
    Ask(path: "credentials:import", body: #"{"title": "A"}"#, status: 200, more: rows),
    Ask(
      path: "credentials:import", body: "", status: 201,
      more: rows.merging(["Upload-Complete": "?0"]) { $1 }),
  ]

  @Test(arguments: asks.indices, asks.indices)
  private func `a key is one request's, whatever another asks for`(
    first: Int, second: Int
  ) throws {
    if first == second { return }
    let api = try TestAPI()
    let fields = try api.writer().merging(["Idempotency-Key": "k"]) { $1 }
    func post(_ ask: Ask) throws -> Answer {
      try api.respond(.post, "/v1/" + ask.path, fields.merging(ask.more) { $1 }, ask.body)
    }
    let (one, other) = (Self.asks[first], Self.asks[second])
    #expect(try post(one).status == one.status)
    let refused = try post(other)
    #expect(refused.status == 422 && refused.text.contains("other-request"), "\(refused.text)")
    let again = try post(one)
    #expect(again.status == one.status && again["Idempotency-Replayed"] == "true")
  }

  @Test func `a refused request holds no key`() throws {
    let api = try TestAPI()
    let fields = try api.writer().merging(["Idempotency-Key": "k"]) { $1 }
    #expect(try api.respond(.post, "/v1/providers", fields, "{}").status == 422)
    #expect(try api.respond(.post, "/v1/providers", fields, #"{"name": "A"}"#).status == 201)
  }
}
