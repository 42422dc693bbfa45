import Testing
import Wire

@Suite("frameworks, classifications, vocabularies, observations, sources") struct ReferenceTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  @Test(arguments: [
    ("/v1/frameworks/IE-NFQ", "code"), ("/v1/levels/IE-NFQ-6", "code"), ("/v1/sectors/C", "code"),
    ("/v1/fields/0715", "code"), ("/v1/occupations/72", "code"), ("/v1/languages/ga", "code"),
    ("/v1/vocabularies/rpl_use", "name"), ("/v1/sources/cedefop-2022-11", "id"),
    ("/v1/observations/added-value-employers-1", "id"),
  ])
  func `an item answers by its code`(path: String, member: String) throws {
    let answer = try api.get(path)
    #expect(answer.status == 200)
    #expect(answer.json[member]?.string == path.split(separator: "/").last.map(String.init))
    #expect(try api.get(path + "x").status == 404)
  }

  @Test func `a level says its EQF level, and whether anyone verified that`() throws {
    let irish = try api.get("/v1/levels/IE-NFQ-6").json
    #expect(irish["eqf_level"] == .number(5))
    #expect(irish["eqf_verified"] == .bool(true))
    #expect(try api.names("/v1/levels?framework=IE-NFQ&eqf_level=5..6").count == 3)
    #expect(try !api.names("/v1/levels?eqf_verified=false&limit=5").isEmpty)
  }

  @Test func `the five uses of RPL are a vocabulary`() throws {
    let values = try api.get("/v1/vocabularies/rpl_use").json["values"]?.items ?? []
    #expect(values.count == 5)
  }

  @Test(arguments: ["figure", "added_value", "driver", "feature", "finding", "open_question"])
  func `the deck's findings are observations with a source`(kind: String) throws {
    let items = try api.get("/v1/observations?kind=\(kind)").json["items"]?.items ?? []
    #expect(!items.isEmpty)
    #expect(items.allSatisfy { $0["source"]?["id"]?.string != nil })
  }
}
