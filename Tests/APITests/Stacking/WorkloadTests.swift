import HTTPTypes
import Registry
import Testing
import Wire

@Suite("GET /v1/credentials/{slug}/workload") struct WorkloadTests {
  let api: TestAPI
  let fields: [String: String]

  init() throws {
    api = try TestAPI()
    fields = try api.provider().fields
  }

  /// An example's workload as it is answered.
  private func workload(_ members: String) throws -> JSON {
    let posted = try api.respond(
      .post, "/v1/credentials", fields,
      #"{"title": "An example", "countries": ["DK"], \#(members)}"#)
    #expect(posted.status == 201, "\(posted.text)")
    let answer = try api.get("\(posted["Location"] ?? "")/workload")
    #expect(answer.status == 200, "\(answer.text)")
    return answer.json
  }

  @Test func `ECTS are hours by the rule that says so, as a range with its source`() throws {
    let answer = try workload(#""credit": {"system": "ects", "points": 5}"#)
    #expect(answer["credit"] == ["system": "ects", "points": 5])
    let conversions = answer["conversions"]?.items ?? []
    #expect(conversions.map { $0["hours"] } == [["min": 125, "max": 150]])
    #expect(conversions[0]["source"]?["title"] == "ECTS Users' Guide")
    #expect(conversions[0]["verified"] == false)
    #expect(answer["not_stated"] == ["workload.hours"])
  }

  @Test func `hours are credits by the same rule, where no points are stated`() throws {
    let answer = try workload(#""workload": {"hours": 150}"#)
    #expect(answer["conversions"]?.items.map { $0["points"] } == [["min": 5, "max": 6]])
    #expect(answer["not_stated"] == ["credit"])
  }

  @Test func `ECVET points have no rule, so they stay what they are`() throws {
    let answer = try workload(
      #""credit": {"system": "ecvet", "points": 5}, "workload": {"hours": 125}"#)
    #expect(answer["conversions"] == [])
    #expect(answer["not_stated"] == ["hours_per_credit.ecvet"])
  }

  @Test func `where no credit is stated to be given, none is made of hours`() throws {
    let answer = try workload(#""credit": {"system": "none"}, "workload": {"hours": 125}"#)
    #expect(answer["conversions"] == [])
    #expect(answer["not_stated"] == [])
  }

  /// A made-up rule.
  @Test func `a country's own rule stands beside the general one, for what it offers`() throws {
    let rule = """
      {"country": "DK", "topic": "credit", "text": "An example",
       "details": {"system": "ects", "hours_per_credit_min": 28, "hours_per_credit_max": 28},
       "source": {"title": "An example"}}
      """
    let authority = try api.writer(.authority(country: "DK"))
    #expect(try api.respond(.post, "/v1/statements", authority, rule).status == 201)
    let answer = try workload(#""credit": {"system": "ects", "points": 5}"#)
    #expect(answer["conversions"]?.items.map { $0["country"] } == [.null, "DK"])
    #expect(answer["conversions"]?.items.map { $0["hours"]?["max"] } == [150, 140])
  }

  @Test func `what isn't there has none`() throws {
    #expect(try api.get("/v1/credentials/none/workload").status == 404)
  }
}
