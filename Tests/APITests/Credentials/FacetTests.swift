import Testing
import Wire

@Suite("GET /v1/credentials?facets=") struct FacetTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  private func facet(_ name: String, _ query: String = "") throws -> [String: Double] {
    let answer = try api.get("/v1/credentials?facets=\(name)\(query)")
    #expect(answer.status == 200, "\(answer.text)")
    var counts: [String: Double] = [:]
    for count in answer.json["facets"]?[name]?.items ?? [] {
      counts[count["value"].map { $0.string ?? "\($0)" } ?? ""] = count["count"]?.number
    }
    return counts
  }

  @Test func `each value is counted, and what isn't stated as a value of its own`() throws {
    #expect(try facet("sector") == ["C": 6, "null": 2])
  }

  @Test(arguments: [
    "country", "sector", "eqf_level", "participation", "stackable", "provider", "missing", "kind",
    "credit_system", "highly_targeted", "not_specified",
  ])
  func `each count is that of the list it leads to`(name: String) throws {
    for filter in ["", "&participation=blended,in_person", "&sector=!M&country=!null"] {
      for (value, count) in try facet(name, filter) where !filter.contains(name) {
        let value = value == "bool(true)" ? "true" : value == "bool(false)" ? "false" : value
        let list = try api.get("/v1/credentials?\(name)=\(value)\(filter)&count=exact")
        #expect(list.json["total"]?.number == count, "\(name)=\(value)\(filter)")
      }
    }
  }

  @Test func `a facet leaves its own filter out, and only that`() throws {
    let whole = try facet("sector")
    #expect(try facet("sector", "&sector=C") == whole)
    #expect(try facet("stackable", "&sector=null") == ["null": 2])
  }
}
