import HTTPTypes
import Registry
import Testing
import Wire

@Suite("/v1/credentials/{slug}:merge and stacking rules") struct MergeRuleTests {
  let api: TestAPI
  let admin: [String: String]

  init() throws {
    api = try TestAPI()
    admin = try api.writer()
    for slug in ["a", "b", "c", "whole"] {
      #expect(try post("credentials", #"{"title": "\#(slug)"}"#) == 201)
    }
  }

  private func post(_ path: String, _ body: String) throws -> Int {
    try api.respond(.post, "/v1/\(path)", admin, body).status
  }

  @Test func `rules follow, and tell it in their history`() throws {
    let rule =
      #"{"slug": "r", "kind": "accumulates_to", "target": "whole", "groups": [{"components": ["a", "b", "c"], "at_least": 2}]}"#
    #expect(try post("stacking-rules", rule) == 201)
    let merged = try api.respond(.post, "/v1/credentials/a:merge", admin, #"{"into": "b"}"#)
    #expect(merged.status == 200, "\(merged.text)")
    let groups = try api.get("/v1/stacking-rules/r").json["groups"]?.items
    #expect(groups?.first?["components"] == .array([.string("b"), .string("c")]))
    #expect(try api.names("/v1/stacking-rules?component=b") == ["r"])
    let changes = try api.get("/v1/stacking-rules/r/history").json["items"]?.items ?? []
    #expect(changes.map { $0["action"]?.string } == ["merge", "create"])
    #expect(try api.get("/v1/stacking-rules/r?as_of=2020-01-01").status == 404)
    #expect(try api.get("/v1/changes?noun=stacking_rule").json["items"]?.items.count == 2)
    // What is written under the old name is a rule of the new one.
    let later =
      #"{"slug": "s", "kind": "exempts_from", "target": "c", "groups": [{"components": ["a"]}]}"#
    #expect(try post("stacking-rules", later) == 201)
    #expect(try api.names("/v1/stacking-rules?component=b") == ["r", "s"])
  }

  @Test func `a rule from the one to the other keeps them apart`() throws {
    let rule =
      #"{"slug": "r", "kind": "accumulates_to", "target": "a", "groups": [{"components": ["b"]}]}"#
    #expect(try post("stacking-rules", rule) == 201)
    let answer = try api.respond(.post, "/v1/credentials/b:merge", admin, #"{"into": "a"}"#)
    #expect(answer.status == 409)
    #expect(answer.text.contains("The rule r keeps them apart."))
    #expect(try api.get("/v1/credentials/b").status == 200)
    #expect(try post("stacking-rules/r:merge", #"{"into": "a"}"#) == 405)
  }
}
