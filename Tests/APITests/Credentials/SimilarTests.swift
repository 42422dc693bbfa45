import HTTPTypes
import Registry
import Testing
import Wire

@Suite("GET /v1/credentials/{slug}/similar") struct SimilarTests {
  let api: TestAPI
  let fields: [String: String]

  init() throws {
    api = try TestAPI()
    fields = try api.writer()
    for body in [
      #"{"slug": "this", "title": {"en": "TIG soldering", "da": "TIG-lodning"}, "countries": ["DK"], "sector": "C", "nace": "25", "isced_f": ["0715"], "workload": {"hours": 120}, "levels": [{"framework": "EQF", "level": "4"}], "learning_outcomes": [{"text": {"en": "Choose tools and methods for soldering"}}, {"text": {"en": "Name the risks of fumes"}}]}"#,
      #"{"slug": "same", "title": {"de": "WIG-Weichlöten", "en": "Tig soldering"}, "countries": ["DE"], "sector": "C", "nace": "25", "isced_f": ["0715"], "workload": {"hours": 120}, "levels": [{"framework": "IE-NFQ", "level": "5"}], "learning_outcomes": [{"text": {"en": "Choose tools and methods for soldering"}}, {"text": {"en": "Name the risks of fumes"}}]}"#,
      #"{"slug": "danish", "title": {"da": "TIG-lodning for viderekomne"}, "countries": ["NO"], "isced_f": ["0714"], "workload": {"hours_min": 50, "hours_max": 70}, "levels": [{"framework": "EQF", "level": "5"}]}"#,
      #"{"slug": "taught", "title": "Metal trades", "learning_outcomes": [{"text": {"en": "Name the risks of fumes"}}, {"text": {"en": "Answer for quality"}}]}"#,
      #"{"slug": "else", "title": "Dementia care", "sector": "Q", "isced_f": ["0921"]}"#,
      #"{"slug": "draft", "title": "TIG soldering", "status": "draft"}"#,
      #"{"slug": "untitled-field", "title": "Joining", "isced_f": ["0715"]}"#,
    ] {
      let answer = try api.respond(.post, "/v1/credentials", fields, body)
      #expect(answer.status == 201, "\(answer.text)")
    }
  }

  private func items(_ query: String = "") throws -> [JSON] {
    let answer = try api.get("/v1/credentials/this/similar\(query)")
    #expect(answer.status == 200, "\(answer.text)")
    return answer.json["items"]?.items ?? []
  }

  @Test func `the most alike come first, whatever their country and language`() throws {
    let items = try items()
    #expect(items.map { $0["slug"]?.string } == ["same", "danish", "taught", "untitled-field"])
    let scores = items.compactMap { $0["similarity"]?["score"]?.number }
    #expect(scores == scores.sorted(by: >))
    #expect(scores[0] == 1)
  }

  @Test func `each says what overlaps, what differs and what it counts for`() throws {
    let items = try items()
    let same = items[0]["similarity"]?["members"]
    #expect(
      same?["countries"]
        == .object([
          "weight": .number(0), "score": .null, "shared": .array([]),
          "only_this": .array([.string("DK")]),
          "only_that": .array([.string("DE")]),
        ]))
    #expect(same?["levels"]?["score"] == .number(1))
    #expect(same?["levels"]?["only_that"] == .array([.string("IE-NFQ-5")]))
    let danish = items[1]["similarity"]?["members"]
    #expect(danish?["title"]?["shared"] == .array([.string("tig"), .string("lodning")]))
    #expect(danish?["title"]?["only_that"] == .array([.string("for"), .string("viderekomne")]))
    #expect(danish?["workload"]?["score"] == .number(0.5))
    #expect(danish?["workload"]?["only_that"] == .object(["hours": .number(60)]))
    #expect(danish?["levels"]?["score"] == .number(0.5))
    #expect(danish?["isced_f"]?["score"] == .number(0.6))
    #expect(danish?["learning_outcomes"]?["score"] == .null)
    let taught = items[2]["similarity"]?["members"]?["learning_outcomes"]
    #expect(taught?["shared"] == .array([.string("Name the risks of fumes")]))
    #expect(taught?["only_this"] == .array([.string("Choose tools and methods for soldering")]))
    #expect(taught?["only_that"] == .array([.string("Answer for quality")]))
  }

  @Test func `the score is the mean by the weights of what this one states`() throws {
    for item in try items() {
      let members = item["similarity"]?["members"]?.members.values.map(\.self) ?? []
      let weights = members.reduce(0) { $0 + ($1["weight"]?.number ?? 0) }
      let sum = members.reduce(0) { $0 + ($1["weight"]?.number ?? 0) * ($1["score"]?.number ?? 0) }
      let score = try #require(item["similarity"]?["score"]?.number)
      #expect(abs(score - sum / weights) < 0.002)
    }
  }

  @Test func `filters, fields and limit are those of lists`() throws {
    #expect(try items("?country=NO").map { $0["slug"]?.string } == ["danish"])
    #expect(
      try items("?limit=1&fields=title").map { $0.members.keys.sorted() } == [
        ["similarity", "title"]
      ])
    #expect(try items("?country=MT") == [])
    let own = try api.respond(.get, "/v1/credentials/this/similar?status=draft", fields)
    #expect(own.json["items"]?.items.map { $0["slug"]?.string } == ["draft"])
  }

  @Test func `one that states nothing is like none`() throws {
    let none = try api.get("/v1/credentials/mapped-microcredential-8/similar")
    #expect(none.status == 200)
    let scores = none.json["items"]?.items.compactMap { $0["similarity"]?["score"]?.number } ?? []
    #expect(scores.allSatisfy { $0 > 0 })
  }

  @Test(arguments: [
    ("limit=0", "limit"), ("cursor=x", "cursor"), ("sort=title", "sort"), ("countri=DK", "countri"),
    ("fields=x", "fields"),
  ])
  func `what can't be understood is a 400`(query: String, parameter: String) throws {
    let answer = try api.get("/v1/credentials/this/similar?\(query)")
    #expect(answer.status == 400)
    #expect(answer.places == [parameter])
  }

  @Test func `there is nothing like what isn't there, or isn't shown`() throws {
    #expect(try api.get("/v1/credentials/nothing/similar").status == 404)
    #expect(try api.get("/v1/credentials/draft/similar").status == 404)
    #expect(
      try api.respond(.get, "/v1/credentials/draft/similar", fields).json["items"]?.items.first?[
        "slug"] == .string("this"))
  }
}
