import Testing
import Wire

@Suite("GET /v1/credentials/aggregate") struct AggregateTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  private func groups(_ query: String) throws -> [[String: JSON]] {
    let answer = try api.get("/v1/credentials/aggregate?\(query)")
    #expect(answer.status == 200, "\(answer.text)")
    return answer.json["items"]?.items.map(\.members) ?? []
  }

  @Test func `groups count what the same filters list`() throws {
    for sector in try groups("group_by=sector") {
      let code = sector["sector"]?.string ?? "null"
      let listed = try api.get("/v1/credentials?sector=\(code)&count=exact").json["total"]
      #expect(sector["count"] == listed)
    }
    #expect(
      try groups("group_by=country,sector&sector=C").allSatisfy { $0["sector"] == .string("C") })
  }

  @Test func `what isn't stated is a group of its own`() throws {
    #expect(try groups("group_by=stackable").contains { $0["stackable"] == .null })
  }

  @Test func `measures are over what is stated`() throws {
    let groups = try groups(
      "group_by=sector&sector=C&measures=count,workload_hours.min,workload_hours.max,workload_hours.avg"
    )
    #expect(groups.count == 1)
    #expect(groups[0]["workload_hours.min"] == .number(22.5))
    #expect(groups[0]["workload_hours.max"] == .number(448))
    // 22.5, 448, 150, 60 to 70 and 125.
    #expect(groups[0]["workload_hours.avg"] == .number(162.1))
  }

  @Test func `the same as CSV`() throws {
    let answer = try api.get("/v1/credentials/aggregate.csv?group_by=sector&country=DK")
    #expect(answer.text == "sector,count\r\nC,1\r\n")
  }

  @Test(arguments: [
    ("", "group_by"), ("group_by=secter", "group_by"), ("group_by=title", "group_by"),
    ("group_by=country&measures=avg", "measures"), ("group_by=country&sort=title", "sort"),
    ("group_by=country,country", "group_by"), ("group_by=country&sector=CC", "sector"),
  ])
  func `what can't be understood is a 400`(query: String, parameter: String) throws {
    let answer = try api.get("/v1/credentials/aggregate?\(query)")
    #expect(answer.status == 400)
    #expect(answer.places == [parameter])
  }
}
