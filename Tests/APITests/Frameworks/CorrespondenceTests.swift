import Testing
import Wire

@Suite("GET /v1/levels/{code}?in=") struct CorrespondenceTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  private func found(_ level: String, _ frames: String) throws -> [JSON] {
    let answer = try api.get("/v1/levels/\(level)?in=\(frames)")
    #expect(answer.status == 200, "\(answer.text)")
    #expect(answer.json["code"]?.string == level)
    return answer.json["in"]?.items ?? []
  }

  @Test(
    arguments: [
      // The Irish links are verified, the Latvian ones from memory, so the way over both isn't.
      ("IE-NFQ-6", "LV", "one", ["LV-LQF-5"], false),
      ("IE-NFQ-6", "QF-EHEA", "one", ["QF-EHEA-SC"], false),
      ("IE-NFQ-6", "EQF", "one", ["EQF-5"], true),
      ("EQF-6", "IE", "several", ["IE-NFQ-7", "IE-NFQ-8"], true),
      ("IE-NFQ-1", "QF-EHEA", "none", [], false),
      ("IE-NFQ-6", "ES", "not_referenced", [], false),
      ("ES-MECU-4", "IE", "not_referenced", [], false),
      ("IE-NFQ-6", "US", "no_framework", [], false),
    ] as [(String, String, String, [String], Bool)])
  func `one, several, none or not referenced is said as such`(
    level: String, frame: String, relation: String, levels: [String], verified: Bool
  ) throws {
    let answers = try found(level, frame)
    #expect(answers.map { $0["relation"]?.string } == [relation])
    #expect(answers[0]["levels"]?.items.compactMap { $0["code"]?.string } == levels)
    for item in answers[0]["levels"]?.items ?? [] { #expect(item["verified"] == .bool(verified)) }
  }

  @Test func `several frames are answered in their order, a country's frameworks each`() throws {
    let answers = try found("IE-NFQ-6", "LV,ES,QF-EHEA")
    #expect(answers.map { $0["framework"]?.string } == ["LV-LQF", "ES-MECU", "QF-EHEA"])
    #expect(answers.map { $0["eqf_level"] } == [5, 5, 5])
    #expect(try found("EQF-4", "FR").count == 2)
  }

  @Test func `without in, a level is as it was`() throws {
    #expect(try api.get("/v1/levels/IE-NFQ-6").json["in"] == nil)
  }

  @Test func `what names neither framework nor country is a 400`() throws {
    #expect(try api.get("/v1/levels/IE-NFQ-6?in=LV,XYZ").places == ["in"])
    #expect(try api.get("/v1/levels/IE-NFQ-66?in=LV").status == 404)
  }
}
