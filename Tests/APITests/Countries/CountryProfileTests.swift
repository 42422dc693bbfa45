import Testing
import Wire

@Suite("GET /v1/countries/{code}?include=all") struct CountryProfileTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  private func profile(_ code: String, _ more: String = "") throws -> JSON {
    let answer = try api.get("/v1/countries/\(code)?include=all\(more)")
    #expect(answer.status == 200, "\(answer.text)")
    return answer.json
  }

  @Test func `Ireland's has its stage, its levels and every statement with source and locator`()
    throws
  {
    let ireland = try profile("IE")
    #expect(ireland["policy_stage"] == "legislation")
    #expect(ireland["policy_stage_as_of"] == "2022-11-28")
    let topics = try #require(ireland["topics"]?.members)
    #expect(topics["modularisation"]?.items.count == 2)
    for statement in topics.values.flatMap(\.items) {
      #expect(statement["source"]?["title"]?.string?.isEmpty == false)
      #expect(statement["source"]?["locator"]?.string?.isEmpty == false)
    }
    let framework = try #require(ireland["frameworks"]?.items.first)
    #expect(framework["code"] == "IE-NFQ")
    #expect(framework["levels"]?.items.count == 10)
    let sixth = framework["levels"]?.items.first { $0["code"] == "IE-NFQ-6" }
    #expect(sixth?["eqf_level"] == 5)
    #expect(sixth?["eqf_verified"] == true)
  }

  @Test func `the five uses of RPL are each stated, or not stated`() throws {
    let uses = try profile("IE")["rpl"]?.items ?? []
    #expect(
      uses.map { $0["use"]?.string } == [
        "partial_qualification", "full_qualification", "access_to_programme",
        "exemption_from_programme", "exemption_from_professional_qualification",
      ])
    #expect(uses.map { $0["stated"] } == [true, true, true, .null, .null])
  }

  @Test func `what nobody states is said`() throws {
    let silent = try profile("IE")["not_stated"]?.items.compactMap(\.string) ?? []
    #expect(silent.contains("stacking"))
    #expect(silent.contains("trust"))
    #expect(silent.contains("rpl_use.exemption_from_programme"))
    #expect(!silent.contains("modularisation"))
    #expect(try profile("US")["not_stated"]?.items.contains("frameworks") == true)
    #expect(try profile("ES")["not_stated"]?.items.contains("ES-MECU-4.eqf_level") == true)
  }

  @Test func `trust says by whom and why, and quality assurance has its own statements`() throws {
    let poland = try profile("PL")["topics"]
    #expect(poland?["trust"]?.items.count == 3)
    let low = poland?["trust"]?.items.first { $0["value"] == "low" }
    #expect(low?["details"]?["trusted_by"] == "state_providers")
    #expect(low?["details"]?["because"] != nil)
    #expect(poland?["quality_assurance"]?.items.count == 1)
    #expect(try profile("LV")["topics"]?["quality_assurance"]?.items.count == 1)
  }

  @Test func `its credentials and providers are counted`() throws {
    let denmark = try profile("DK")["figures"]
    #expect(denmark?["credentials"] == 1)
    #expect(denmark?["credentials_by_kind"] == ["microcredential": 1])
    #expect(denmark?["providers"] == 0)
    _ = try api.provider()
    #expect(try profile("DK")["figures"]?["providers"] == 1)
    #expect(try profile("US")["figures"]?["credentials"] == 0)
  }

  @Test(arguments: ["DK", "EL", "IE", "MT", "US"])
  func `its figures are the totals of lists`(code: String) throws {
    _ = try api.provider("Workshop", country: "GR")
    func total(_ list: String) throws -> JSON? {
      try api.get("/v1/\(list)country=\(code)&count=exact&limit=1").json["total"]
    }
    let figures = try profile(code)["figures"]
    #expect(figures?["providers"] == (try total("providers?")))
    #expect(figures?["credentials"] == (try total("credentials?")))
    #expect(figures?["stackable"] == (try total("credentials?stackable=true&")))
    #expect(
      figures?["describing_learning_outcomes"]
        == (try total("credentials?learning_outcomes=!null&")))
    for (kind, count) in figures?["credentials_by_kind"]?.members ?? [:] {
      #expect(try total("credentials?kind=\(kind)&") == count)
    }
  }

  @Test func `Belgium has parts, which have statements of their own`() throws {
    #expect(try profile("BE")["parts"] == ["BE-DE", "BE-FL", "BE-FR"])
    #expect(try profile("BE-FL")["policy_stage"] == "initial_discussion")
    #expect(try profile("BE")["policy_stage"] == .null)
  }

  @Test(arguments: ["include=some", "include=", "inclde=all", "as_of=2022-13-01&include=all"])
  func `what can't be included is a 400`(query: String) throws {
    #expect(try api.get("/v1/countries/IE?\(query)").status == 400)
  }
}
