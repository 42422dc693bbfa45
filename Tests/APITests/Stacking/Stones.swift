import HTTPTypes
import Testing
import Wire

/// Made-up credentials and rules: examples, no facts.
struct Stones {
  let api: TestAPI
  let admin: [String: String]

  init() throws {
    api = try TestAPI()
    admin = try api.writer()
  }

  /// A credential of this slug, with more members.
  func credential(_ slug: String, _ members: String = "") throws {
    let answer = try api.respond(
      .post, "/v1/credentials", admin,
      #"{"slug": "\#(slug)", "title": "\#(slug)"\#(members.isEmpty ? "" : ", " + members)}"#)
    #expect(answer.status == 201, "\(answer.text)")
  }

  @discardableResult
  func rule(_ body: String, by fields: [String: String]? = nil) throws -> Answer {
    try api.respond(.post, "/v1/stacking-rules", fields ?? admin, body)
  }

  /// A rule that must be taken.
  func given(_ body: String) throws {
    let answer = try rule(body)
    #expect(answer.status == 201, "\(answer.text)")
  }
}
