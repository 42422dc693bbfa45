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

  @Test func `a refused request holds no key`() throws {
    let api = try TestAPI()
    let fields = try api.writer().merging(["Idempotency-Key": "k"]) { $1 }
    #expect(try api.respond(.post, "/v1/providers", fields, "{}").status == 422)
    #expect(try api.respond(.post, "/v1/providers", fields, #"{"name": "A"}"#).status == 201)
  }
}
