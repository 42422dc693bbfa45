import Testing
import Wire

@Suite("/v1/countries") struct CountryTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  @Test(arguments: [("GR", "GR"), ("EL", "GR"), ("UK", "GB"), ("GB", "GB"), ("BE-FL", "BE-FL")])
  func `a country answers to ISO's code and to Cedefop's`(asked: String, code: String) throws {
    #expect(try api.get("/v1/countries/\(asked)").json["code"]?.string == code)
  }

  @Test func `the parts of Belgium have Belgium for a parent`() throws {
    #expect(try api.names("/v1/countries?parent=BE").sorted() == ["BE-DE", "BE-FL", "BE-FR"])
  }

  @Test func `each of Ireland's statements names its source and where it stands there`() throws {
    let statements = try api.get("/v1/countries/IE").json["statements"]?.items ?? []
    #expect(statements.count >= 5)
    for statement in statements {
      #expect(statement["source"]?["id"]?.string == "cedefop-2022-11")
      #expect(statement["source"]?["title"]?.string?.isEmpty == false)
      #expect(statement["source"]?["locator"]?.string?.isEmpty == false)
    }
  }

  @Test func `a country that the deck doesn't name has no policy stage, not some other one`() throws
  {
    let country = try api.get("/v1/countries/US").json
    #expect(country["policy_stage"] == .null)
    #expect(country["rpl_uses"] == .null)
    #expect(country["statements"] == .array([]))
  }

  @Test func `policy stages filter, and null asks for the countries without one`() throws {
    #expect(try api.names("/v1/countries?policy_stage=legislation").contains("IE"))
    let unstated = try api.names("/v1/countries?policy_stage=null&limit=1000")
    #expect(unstated.contains("US"))
    #expect(!unstated.contains("IE"))
  }

  @Test(arguments: ["XX", "ie", "I", "IRELAND"])
  func `what names no country is a 404 with a problem`(code: String) throws {
    let answer = try api.get("/v1/countries/\(code)")
    #expect(answer.status == 404)
    #expect(answer["Content-Type"] == "application/problem+json")
  }

  @Test(arguments: [
    ("policy_stage", "IE", "legislation"), ("rpl_use", "IE", "full_qualification"),
    ("stacking", "LV", nil), ("nqf_inclusion", nil, nil), ("trust", nil, nil),
    ("modularisation", "IE", nil),
  ])
  func `statements are found by topic, country and value`(
    topic: String, country: String?, value: String?
  ) throws {
    var target = "/v1/statements?topic=\(topic)"
    if let country { target += "&country=\(country)" }
    if let value { target += "&value=\(value)" }
    let items = try api.get(target).json["items"]?.items ?? []
    #expect(!items.isEmpty)
    for item in items {
      #expect(item["topic"]?.string == topic)
      #expect(try api.get("/v1/statements/\(item["id"]?.string ?? "")").status == 200)
    }
  }
}
