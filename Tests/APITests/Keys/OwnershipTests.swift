import HTTPTypes
import Registry
import Testing
import Wire

/// What is somebody's stays his: drafts, rules, and the name that an authority vouches for.
@Suite struct OwnershipTests {
  private let api: TestAPI
  private let admin: [String: String]
  private let provider: (slug: String, fields: [String: String])

  init() throws {
    api = try TestAPI()
    admin = try api.writer()
    provider = try api.provider()
  }

  @discardableResult
  private func patch(
    _ path: String, _ body: String, _ fields: [String: String], _ status: Int = 200
  ) throws -> Answer {
    let answer = try api.respond(
      .patch, "/v1/\(path)", fields.merging(["If-Match": "*"]) { $1 }, body)
    #expect(answer.status == status, "\(path) \(body): \(answer.text)")
    return answer
  }

  private func delete(_ path: String, _ fields: [String: String]) throws -> Answer {
    try api.respond(.delete, "/v1/\(path)", fields.merging(["If-Match": "*"]) { $1 })
  }

  @Test func `a draft isn't made public by withdrawing it`() throws {
    let made = try api.respond(
      .post, "/v1/credentials", provider.fields, #"{"title": "Secret", "status": "draft"}"#)
    #expect(made.status == 201)
    let refused = try delete("credentials/secret", provider.fields)
    #expect(refused.status == 409 && refused.text.contains("isn't public"))
    let other = try patch(
      "credentials/secret", #"{"status": "withdrawn"}"#, provider.fields, 422)
    #expect(other.places == ["/status"])
    #expect(try api.get("/v1/credentials/secret").status == 404)
    try patch("credentials/secret", #"{"status": "published"}"#, provider.fields)
    #expect(try delete("credentials/secret", provider.fields).status == 200)
    #expect(try api.get("/v1/credentials/secret").json["status"] == "withdrawn")
  }

  @Test func `what is withdrawn already has no new version`() throws {
    let made = try api.respond(.post, "/v1/credentials", provider.fields, #"{"title": "Old"}"#)
    #expect(made.status == 201)
    for _ in 1...2 {
      let answer = try delete("credentials/old", provider.fields)
      #expect(answer.status == 200 && answer["ETag"] == "\"2\"")
    }
    let history = try api.get("/v1/credentials/old/history").json["items"]?.items
    #expect(history?.count == 2)
  }

  private func makeRule() throws {
    for title in ["Part", "Whole"] {
      try api.write(.post, "/v1/credentials", #"{"title": "\#(title)"}"#, provider.fields)
    }
    try api.write(
      .post, "/v1/stacking-rules",
      #"{"slug": "rule", "kind": "accumulates_to", "target": "whole", "groups": [{"components": ["part"]}]}"#,
      provider.fields)
  }

  @Test func `an authority has no rule that isn't its country's`() throws {
    try makeRule()
    let authority = try api.writer(.authority(country: "DK"))
    try patch("stacking-rules/rule", #"{"jurisdiction": "DK", "note": "Mine"}"#, authority, 403)
    #expect(try delete("stacking-rules/rule", authority).status == 403)
    try patch("stacking-rules/rule", #"{"jurisdiction": "DK"}"#, provider.fields)
    try patch("stacking-rules/rule", #"{"note": "Ours"}"#, authority)
  }

  @Test func `whoever may not write an item isn't told that he has seen an old one`() throws {
    try makeRule()
    try api.write(
      .post, "/v1/credentials", #"{"title": "Secret", "status": "draft"}"#, provider.fields)
    let stale = try api.provider("Another School").fields.merging(["If-Match": "\"9\""]) { $1 }
    let writes: [(HTTPRequest.Method, String, String)] = [
      (.patch, "", "{}"), (.put, "", "{}"), (.delete, "", ""),
      (.post, ":merge", #"{"into": "whole"}"#),
    ]
    for path in ["credentials/part", "providers/\(provider.slug)", "stacking-rules/rule"] {
      for (method, action, body) in writes where action.isEmpty || path == "credentials/part" {
        let answer = try api.respond(method, "/v1/\(path)\(action)", stale, body)
        #expect(answer.status == 403, "\(method) \(path): \(answer.text)")
        #expect(answer["ETag"] == nil)
      }
    }
    for (method, action, body) in writes {
      let answer = try api.respond(method, "/v1/credentials/secret\(action)", stale, body)
      #expect(answer.status == 404, "\(method): \(answer.text)")
    }
    // Whoever may is told.
    let own = provider.fields.merging(["If-Match": "\"9\""]) { $1 }
    for (method, action, body) in writes {
      #expect(try api.respond(method, "/v1/credentials/part\(action)", own, body).status == 412)
    }
  }

  @Test func `a verified provider keeps the name that it was verified by`() throws {
    let path = "providers/\(provider.slug)"
    try patch(path, #"{"name": "Welding School of Denmark"}"#, provider.fields)
    let authority = try api.writer(.authority(country: "DK"))
    try patch(path, #"{"verification": {"state": "verified"}}"#, authority)
    for body in [
      #"{"name": "University of Denmark"}"#, #"{"kind": "higher_education"}"#,
      #"{"identifiers": [{"scheme": "ror", "value": "https://ror.org/05f950310"}]}"#,
    ] {
      #expect(try patch(path, body, provider.fields, 403).text.contains("verified this provider"))
    }
    try patch(path, #"{"homepage": "https://school.example/"}"#, provider.fields)
    try patch(path, #"{"name": "Danish Welding School"}"#, authority)
  }

  @Test func `a provider that was withdrawn by mistake is active again once an admin says so`()
    throws
  {
    let path = "providers/\(provider.slug)"
    #expect(try delete(path, admin).status == 200)
    try patch(path, #"{"homepage": "https://school.example/"}"#, provider.fields, 403)
    #expect(try patch(path, #"{"status": "active"}"#, admin).json["status"] == "active")
    try patch(path, #"{"homepage": "https://school.example/"}"#, provider.fields)
    try patch(path, #"{"status": "gone"}"#, admin, 422)
  }
}
