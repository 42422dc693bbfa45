import HTTPTypes
import Testing
import Wire

@Suite("stacks_to and stacks_from") struct StackingGraphTests {
  let stones: Stones

  init() throws {
    stones = try Stones()
    for slug in ["a", "b", "half", "whole"] { try stones.credential(slug) }
    try stones.credential("draft", #""status": "draft""#)
    try stones.given(
      #"{"kind": "accumulates_to", "target": "half", "groups": [{"components": ["a", "b"]}], "jurisdiction": "DK"}"#
    )
    try stones.given(
      #"{"kind": "gives_access_to", "target": "whole", "groups": [{"components": ["half"]}]}"#)
  }

  private func edges(_ path: String) throws -> [[String?]] {
    let answer = try stones.api.get("/v1/credentials/\(path)")
    #expect(answer.status == 200, "\(answer.text)")
    return answer.json["edges"]?.items.map {
      [$0["from"]?.string, $0["kind"]?.string, $0["to"]?.string]
    }
      ?? []
  }

  @Test func `the graph is walked both ways`() throws {
    let access = ["half", "gives_access_to", "whole"]
    #expect(try edges("a/stacks_to") == [["a", "accumulates_to", "half"], access])
    #expect(
      try edges("whole/stacks_from")
        == [access, ["a", "accumulates_to", "half"], ["b", "accumulates_to", "half"]])
    #expect(try edges("whole/stacks_to").isEmpty)
    let graph = try stones.api.get("/v1/credentials/whole/stacks_from").json
    #expect(graph["nodes"]?.items.compactMap { $0["slug"]?.string } == ["a", "b", "half", "whole"])
    #expect(graph["complete"] == true)
  }

  @Test func `what is beyond the depth is said to be there`() throws {
    #expect(try edges("a/stacks_to?depth=1").count == 1)
    #expect(try stones.api.get("/v1/credentials/a/stacks_to?depth=1").json["complete"] == false)
  }

  @Test func `the same for Graphviz, every name quoted`() throws {
    try stones.credential("quoted", #""description": "x""#)
    let patch = stones.admin.merging(["If-Match": "*"]) { $1 }
    _ = try stones.api.respond(
      .patch, "/v1/credentials/half", patch, #"{"title": "A \"half\"\n\\ of it"}"#)
    let answer = try stones.api.get("/v1/credentials/a/stacks_to?format=dot")
    #expect(answer["Content-Type"] == "text/vnd.graphviz; charset=utf-8")
    #expect(answer.text.hasPrefix("digraph stacking {\n"))
    #expect(answer.text.contains(#""half" [label="A \"half\" \\ of it"];"#))
    #expect(answer.text.contains(#""a" -> "half" [label="accumulates_to, DK"];"#))
    let asked = try stones.api.respond(
      .get, "/v1/credentials/a/stacks_to", ["Accept": "text/vnd.graphviz"])
    #expect(asked.text == answer.text)
  }

  @Test(arguments: ["depth=0", "depth=x", "format=svg", "dept=1"])
  func `what can't be understood is a 400`(query: String) throws {
    #expect(try stones.api.get("/v1/credentials/a/stacks_to?\(query)").status == 400)
  }

  @Test func `a draft has no graph, and no rule`() throws {
    #expect(try stones.api.get("/v1/credentials/draft/stacks_to").status == 404)
    let rule =
      #"{"kind": "accumulates_to", "target": "whole", "groups": [{"components": ["draft"]}]}"#
    #expect(try stones.rule(rule).status == 422)
  }
}
