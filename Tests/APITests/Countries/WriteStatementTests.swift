import HTTPTypes
import Registry
import Testing
import Wire

@Suite("POST /v1/statements") struct WriteStatementTests {
  let api: TestAPI
  let authority: [String: String]

  init() throws {
    api = try TestAPI()
    authority = try api.writer(.authority(country: "DK"))
  }

  private func state(_ body: String, by fields: [String: String]? = nil) throws -> Answer {
    try api.respond(.post, "/v1/statements", fields ?? authority, body)
  }

  /// An example, not a fact.
  private static let stage = """
    {"country": "DK", "topic": "policy_stage", "value": "advanced_discussion", "as_of": "2024-05-01",
     "source": {"title": "An example", "publisher": "Tests", "locator": "page 1"}}
    """

  @Test func `an authority's statement supersedes the last, which stays and is dated`() throws {
    let answer = try state(Self.stage)
    #expect(answer.status == 201, "\(answer.text)")
    #expect(answer.json["supersedes"] == "policy-stage-dk-2022-11-28")
    let location = try #require(answer["Location"])
    #expect(try api.get(location).text == answer.text)
    let earlier = try api.get("/v1/statements/policy-stage-dk-2022-11-28").json
    #expect(earlier["value"] == "initial_discussion")
    #expect(earlier["superseded_by"] == answer.json["id"])
    #expect(try api.get("/v1/countries/DK").json["policy_stage"] == "advanced_discussion")
  }

  @Test func `as_of answers 2022's map as well as today's`() throws {
    #expect(try state(Self.stage).status == 201)
    let stage = "policy_stage=initial_discussion"
    #expect(try !api.names("/v1/countries?\(stage)").contains("DK"))
    for day in ["2022-12-31", "2022", "2024-04-30"] {
      #expect(try api.names("/v1/countries?\(stage)&as_of=\(day)").contains("DK"))
      #expect(
        try api.get("/v1/countries/DK?include=all&as_of=\(day)").json["policy_stage"]
          == "initial_discussion")
      let held = "/v1/statements?topic=policy_stage&country=DK&as_of=\(day)"
      #expect(try api.names(held) == ["policy-stage-dk-2022-11-28"])
    }
    #expect(try api.names("/v1/countries?\(stage)&as_of=2022-11-27") == [])
    #expect(
      try api.names("/v1/countries?policy_stage=advanced_discussion&as_of=2024-05-01")
        .contains("DK"))
    let all = "/v1/statements?topic=policy_stage&country=DK&superseded=true,false"
    #expect(try api.names(all).count == 2)
  }

  @Test func `figures are of a day, too`() throws {
    func count(_ more: String) throws -> JSON? {
      let groups = try api.get("/v1/countries/aggregate?group_by=policy_stage\(more)").json["items"]
      return groups?.items.first { $0["policy_stage"] == "advanced_discussion" }?["count"]
    }
    #expect(try count("") == 3)
    #expect(try state(Self.stage).status == 201)
    #expect(try count("") == 4)
    #expect(try count("&as_of=2022") == 3)
    #expect(try count("&as_of=2022&rpl_use=partial_qualification") == 1)
  }

  @Test func `pages of another day stay on that day`() throws {
    let first = try api.get("/v1/countries?as_of=2022&limit=1")
    #expect(first["Link"]?.contains("as_of=2022") == true)
  }

  @Test func `a use of RPL can be stated not to be, which isn't silence`() throws {
    let body = """
      {"country": "DK", "topic": "rpl_use", "value": "exemption_from_programme", "negated": true,
       "source": {"id": "cedefop-5587", "locator": "an example"}}
      """
    #expect(try state(body).status == 201)
    #expect(try !api.names("/v1/countries?rpl_use=exemption_from_programme").contains("DK"))
    let uses = try api.get("/v1/countries/DK?include=all").json["rpl"]?.items
    #expect(uses?.first { $0["use"] == "exemption_from_programme" }?["stated"] == false)
    #expect(uses?.first { $0["use"] == "full_qualification" }?["stated"] == .null)
    #expect(
      try api.names("/v1/countries?rpl_use=exemption_from_programme&as_of=2023").contains("DK"))
  }

  @Test(arguments: [
    (#"{"country": "DK"}"#, ["/source", "/topic", ""]),
    (
      #"{"country": "DK", "topic": "trust", "value": "great", "source": {"title": "x"}}"#,
      ["/value"]
    ),
    (
      #"{"country": "DK", "topic": "stacking", "value": "maybe", "source": {"locator": "x"}}"#,
      ["/source", "/value"]
    ),
    (
      #"{"country": "DK", "topic": "credit", "text": "x", "details": {"system": "ects"}, "source": {"title": "x"}}"#,
      ["/details"]
    ),
    (
      #"{"country": "DK", "topic": "trust", "value": "low", "as_of": "2999-01-01", "source": {"title": "x"}}"#,
      ["/as_of"]
    ),
    (
      #"{"country": "DK", "topic": "policy_stage", "value": "legislation", "as_of": "2021-01-01", "source": {"title": "x"}}"#,
      ["/as_of"]
    ),
    (
      #"{"country": "DK", "topic": "trust", "value": "low", "supersedes": "policy-stage-dk-2022-11-28", "source": {"title": "x"}}"#,
      ["/supersedes"]
    ),
    (
      #"{"country": "DK", "topic": "trust", "value": "low", "supersedes": "none", "sauce": 1, "source": {"title": "x"}}"#,
      ["/sauce", "/supersedes"]
    ),
  ])
  func `what breaks a rule is refused with every violation`(body: String, places: [String]) throws {
    let answer = try state(body)
    #expect(answer.status == 422)
    #expect(Set(answer.places) == Set(places), "\(answer.text)")
  }

  @Test func `what is superseded isn't superseded twice`() throws {
    #expect(try state(Self.stage).status == 201)
    let again = Self.stage.replacing(
      #""topic""#, with: #""supersedes": "policy-stage-dk-2022-11-28", "topic""#)
    #expect(try state(again).status == 409)
  }

  @Test func `an authority states of its country alone, a provider of none, an admin of all`()
    throws
  {
    let ireland = Self.stage.replacing("DK", with: "IE")
    #expect(try state(ireland).status == 403)
    #expect(try state(Self.stage, by: try api.provider().fields).status == 403)
    #expect(try state(Self.stage, by: [:]).status == 401)
    #expect(try state(ireland, by: try api.writer()).status == 201)
    let all = #"{"topic": "nqf_inclusion", "text": "An example", "source": {"title": "x"}}"#
    #expect(try state(all).status == 403)
    #expect(try state(all, by: try api.writer()).status == 201)
  }

  @Test func `the same key gives the first answer again, and a source stays one`() throws {
    let fields = authority.merging(["Idempotency-Key": "1"]) { $1 }
    let first = try state(Self.stage, by: fields)
    let second = try state(Self.stage, by: fields)
    #expect(second.text == first.text)
    #expect(second["Idempotency-Replayed"] == "true")
    let trust = """
      {"country": "DK", "topic": "trust", "value": "high", "details": {"trusted_by": "learners"},
       "source": {"title": "An example", "publisher": "Tests", "locator": "page 2"}}
      """
    #expect(try state(trust).json["source"]?["id"] == first.json["source"]?["id"])
  }

  @Test func `a statement is a change, and so is what it supersedes; both have their history`()
    throws
  {
    let last = try #require(try api.get("/v1/changes?limit=1000").json["last"]?.number)
    let answer = try state(Self.stage)
    let id = try #require(answer.json["id"]?.string)
    let changes = try api.get("/v1/changes?since=\(Int(last))").json["items"]?.items ?? []
    #expect(changes.map { $0["id"]?.string } == ["policy-stage-dk-2022-11-28", id])
    #expect(changes.allSatisfy { $0["noun"] == "statement" && $0["by"]?["role"] == "authority" })
    let superseded = JSON.object(["superseded": .bool(true), "superseded_by": .string(id)])
    #expect(changes.first?["action"] == "patch" && changes.first?["after"] == superseded)
    #expect(changes.first?["before"]?["superseded_by"] == .null)
    #expect(changes.last?["action"] == "create" && changes.last?["before"] == .null)
    #expect(changes.last?["after"]?["value"] == "advanced_discussion")
    #expect(changes.last?["after"]?["source"] == answer.json["source"])

    let history = try api.get("/v1/statements/policy-stage-dk-2022-11-28/history").json["items"]
    #expect(history?.items.map { $0["version"]?.number } == [2, 1])
    #expect(history?.items.last?["by"] == .null)
    #expect(history?.items.last?["after"]?["superseded"] == .bool(false))
    let own = try api.get("/v1/statements/\(id)/history").json["items"]
    #expect(own?.items == changes.suffix(1))
    #expect(try api.get("/v1/statements/none/history").status == 404)
  }

  @Test func `a refused statement leaves no change`() throws {
    let last = try api.get("/v1/changes?limit=1000").json["last"]
    #expect(try state(#"{"country": "DK", "topic": "trust"}"#).status == 422)
    #expect(try api.get("/v1/changes?limit=1000").json["last"] == last)
    #expect(try api.names("/v1/changes?limit=1000&noun=statement").count > 50)
  }

  @Test(arguments: ["PUT", "PATCH", "DELETE"])
  func `no statement is overwritten`(method: String) throws {
    let answer = try api.respond(
      .init(method) ?? .put, "/v1/statements/policy-stage-dk-2022-11-28", authority, "{}")
    #expect(answer.status == 405)
  }
}
