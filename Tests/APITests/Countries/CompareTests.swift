import Testing
import Wire

@Suite("GET /v1/compare") struct CompareTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  private func points(_ query: String) throws -> [String: [JSON]] {
    let answer = try api.get("/v1/compare?\(query)")
    #expect(answer.status == 200, "\(answer.text)")
    var points: [String: [JSON]] = [:]
    for point in answer.json["points"]?.items ?? [] {
      points[point["point"]?.string ?? ""] = point["cells"]?.items
    }
    return points
  }

  @Test func `the four that legislate, point by point`() throws {
    let points = try points("countries=EE,IE,LV,ES")
    func row(_ point: String) -> [String?]? { points[point]?.map { $0["summary"]?.string } }
    #expect(row("policy_stage") == ["legislation", "legislation", "legislation", "legislation"])
    #expect(row("rpl_use.full_qualification") == ["yes", "yes", nil, nil])
    #expect(row("rpl_use.partial_qualification") == [nil, "yes", nil, "yes"])
    #expect(
      row("stacking") == [
        nil, nil, "yes, to: Full qualification", "yes, to: Formal VET certificate",
      ]
    )
    #expect(
      row("trust")?[0] == "high by learners of University microcredentials: Competition for places")
    #expect(row("frameworks")?[1]?.hasPrefix("IE-NFQ, 10 levels") == true)
    #expect(row("modularisation")?[0] == nil)
  }

  @Test func `every cell that says something names its sources, and none other does`() throws {
    for cells in try points("countries=EE,IE,LV,ES,PL,SI,HR").values {
      for cell in cells {
        let isStated = cell["summary"] != .null
        #expect(isStated == (cell["sources"]?.items.isEmpty == false))
        #expect(isStated == (cell["verified"] != .null))
      }
    }
  }

  @Test func `the same as CSV, with a column of sources beside each country`() throws {
    let answer = try api.get("/v1/compare?countries=UK,LV&format=csv")
    let lines = answer.text.split(separator: "\r\n")
    #expect(lines.first == "point,GB,GB sources,LV,LV sources")
    let stage = try #require(lines.first { $0.hasPrefix("policy_stage,") })
    #expect(stage.contains(",legislation,"))
    #expect(stage.contains("Microcredentials discussion at national policy level"))
    #expect(lines.count == 14)
  }

  @Test func `an earlier day is compared as it was`() throws {
    let before = try points("countries=EE,IE&as_of=2021")
    #expect(before["policy_stage"]?.allSatisfy { $0["summary"] == .null } == true)
  }

  @Test(arguments: [
    ("", "countries"), ("countries=", "countries"), ("countries=EE,XX", "countries"),
    ("countries=EE&as_of=soon", "as_of"), ("countries=EE&secter=C", "secter"),
  ])
  func `what can't be compared is a 400 that says why`(query: String, parameter: String) throws {
    let answer = try api.get("/v1/compare?\(query)")
    #expect(answer.status == 400)
    #expect(answer.places == [parameter])
  }
}
