import HTTPTypes
import Testing
import Wire

@Suite("GET /v1/credentials/suggest") struct SuggestTests {
  let api: TestAPI

  init() throws {
    api = try TestAPI(empty: false)
    let fields = try api.writer()
    for title in [
      #""TIG weaving""#, #""TIG weaving""#, #""Weaving of copper""#,
      #"{"en": "Joining", "sv": "Svetsning"}"#,
      #""Wearables at work""#, #""Crème brûlée""#, #""TIG wearables""#,
    ] {
      let answer = try api.respond(.post, "/v1/credentials", fields, #"{"title": \#(title)}"#)
      #expect(answer.status == 201, "\(answer.text)")
    }
    _ = try api.respond(
      .post, "/v1/credentials", fields, #"{"title": "Weaving drafts", "status": "draft"}"#)
  }

  private func texts(_ query: String) throws -> [String] {
    let answer = try api.get("/v1/credentials/suggest?\(query)")
    #expect(answer.status == 200, "\(answer.text)")
    return answer.json["items"]?.items.compactMap { $0["text"]?.string } ?? []
  }

  @Test(arguments: [
    (
      "q=wea",
      [
        "weaving", "wearables", "Wearables at work", "Weaving of copper", "TIG weaving",
        "TIG wearables",
      ]
    ),
    ("q=weav", ["weaving", "Weaving of copper", "TIG weaving"]),
    ("q=WEAVING", ["Weaving of copper", "TIG weaving"]),
    (
      "q=tig%20w",
      ["TIG weaving", "TIG wearables"].map { $0.lowercased() } + ["TIG weaving", "TIG wearables"]
    ),
    ("q=sve", ["svetsning", "Svetsning"]), ("q=creme", ["crème", "Crème brûlée"]),
    ("q=weaving%20", ["Weaving of copper", "TIG weaving"]),
    ("q=zz", []), ("q=", []), ("q=%22*", []), ("q=%22(", []),
    ("q=wea&limit=1", ["weaving"]),
  ])
  func `what is typed is completed, each text once, the published ones alone`(
    query: String, expected: [String]
  ) throws {
    #expect(try texts(query) == expected)
  }

  @Test func `each says how many have it`() throws {
    let answer = try api.get("/v1/credentials/suggest?q=tig%20weav")
    #expect(
      answer.text
        == #"{"items":[{"text":"tig weaving","kind":"word","count":2},{"text":"TIG weaving","kind":"title","count":2}]}"#
        + "\n")
  }

  @Test(arguments: [("", "q"), ("q=x&limit=0", "limit"), ("q=x&sort=title", "sort"), ("Q=x", "Q")])
  func `what can't be understood is a 400`(query: String, parameter: String) throws {
    let answer = try api.get("/v1/credentials/suggest?\(query)")
    #expect(answer.status == 400)
    #expect(answer.places.contains(parameter))
  }
}
