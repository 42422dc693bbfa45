import Testing
import Wire

/// The deck's table of mapped microcredentials: "NO", "NS" and a blank cell are three answers.
@Suite("the deck's eight mapped credentials") struct MappedCredentialTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  private func rows() throws -> [JSON] {
    let items = try api.get("/v1/credentials?sort=created_at&limit=100").json["items"]?.items ?? []
    return items.sorted { ($0["external_id"]?.string ?? "") < ($1["external_id"]?.string ?? "") }
  }

  @Test func `there are eight, each with its source and its row`() throws {
    let rows = try rows()
    #expect(rows.map { $0["external_id"]?.string } == (1...8).map { "cedefop-2022-11/row-\($0)" })
    #expect(rows.allSatisfy { $0["source"]?["locator"]?.string?.isEmpty == false })
  }

  /// The column on new and emerging topics prints all three, and YES.
  @Test(arguments: [
    (4, "YES"), (7, "YES"), (8, "NS"), (1, nil), (2, nil), (3, nil), (5, nil), (6, nil),
  ])
  func `NS is said to be not specified, and a blank cell isn't`(row: Int, printed: String?) throws {
    let item = try rows()[row - 1]
    #expect(item["as_printed"]?["emerging_topics"]?.string == printed)
    #expect(item["emerging_topics"] == (printed == "YES" ? .bool(true) : .null))
    let unspecified = item["not_specified"]?.items.compactMap(\.string) ?? []
    #expect(unspecified.contains("emerging_topics") == (printed == "NS"))
  }

  @Test func `NO is a statement: false, or none`() throws {
    let rows = try rows()
    #expect(rows[7]["highly_targeted"] == .bool(false))
    #expect(rows[0]["highly_targeted"] == .null)
    for row in rows {
      let says = row["as_printed"]?["credit"]?.string == "NO"
      #expect((row["credit"]?["system"]?.string == "none") == says)
    }
  }

  @Test func `the three are asked for apart`() throws {
    let unspecified = "mapped-microcredential-8"
    #expect(try api.names("/v1/credentials?highly_targeted=false") == [unspecified])
    #expect(try api.names("/v1/credentials?not_specified=emerging_topics") == [unspecified])
    #expect(try api.names("/v1/credentials?not_specified=workload") == [unspecified])
    #expect(try api.names("/v1/credentials?emerging_topics=true").count == 2)
    // Not stated: the six blanks and, as nobody said yes or no, the NS.
    #expect(try api.names("/v1/credentials?emerging_topics=null").count == 6)
    #expect(try api.names("/v1/credentials?emerging_topics=null&not_specified=null").count == 5)
    #expect(try api.names("/v1/credentials?credit_system=none").count == 5)
  }

  @Test func `welding coordination in Denmark is as the deck prints it`() throws {
    let item = try api.get("/v1/credentials/quality-management-system-and-welding-coordination")
      .json
    #expect(item["workload"]?["hours"] == .number(22.5))
    #expect(item["workload"]?["days"] == .number(3))
    #expect(item["countries"] == .array([.string("DK")]))
    #expect(item["participation"] == .array([.string("in_person")]))
    #expect(item["assessed_by"] == .null)
  }
}
