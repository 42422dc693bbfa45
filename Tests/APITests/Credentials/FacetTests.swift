import HTTPTypes
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

  @Test(arguments: ["providers", "credentials"], ["", "&created_at=..2100-01-01", "&q="])
  func `a facet counts no row that isn't there, whatever its own filter leaves out`(
    path: String, query: String
  ) throws {
    let fields = try api.provider().fields
    try api.write(.post, "/v1/credentials", #"{"title": "Draft", "status": "draft"}"#, fields)
    let answer = try api.respond(
      .get, "/v1/\(path)?facets=status&count=exact\(query)", try api.writer())
    let counts = answer.json["facets"]?["status"]?.items.map {
      "\($0["value"]?.string ?? "null") \(Int($0["count"]?.number ?? -1))"
    }
    #expect(counts == (path == "providers" ? ["active 1"] : ["published 8", "draft 1"]))
    #expect(answer.json["total"] == (path == "providers" ? 1 : 8))
  }

  /// A credential that states what no other does.
  private func addRareOne() throws {
    let added = try api.respond(
      .post, "/v1/credentials", try api.writer(),
      #"""
      {"title": "Weaving", "countries": ["IE"], "integration": "stackable", "highly_targeted": true,
        "levels": [{"framework": "EQF", "level": "4"}]}
      """#)
    #expect(added.status == 201, "\(added.text)")
  }

  private func values(_ name: String, _ query: String) throws -> (shown: [JSON?], more: JSON?) {
    let answer = try api.get("/v1/credentials?facets=kind,\(name)&\(query)")
    #expect(answer.status == 200, "\(answer.text)")
    return (
      answer.json["facets"]?[name]?.items.map { $0["value"] } ?? [],
      answer.json["facets_more"]?[name]
    )
  }

  @Test(arguments: ["", "&q=w*", "&sort=title"])
  func `a limit leaves the most frequent values, and says how many others there are`(more: String)
    throws
  {
    try addRareOne()
    let all = try values("country", "count=exact\(more)")
    #expect(all.more == nil)
    let count = all.shown.count
    try #require(count > 2)
    for limit in 1...count + 1 {
      let some = try values("country", "facet_limit=\(limit)\(more)")
      #expect(some.shown == Array(all.shown.prefix(limit)))
      #expect(some.more?.number == Double(max(0, count - limit)))
    }
  }

  @Test(arguments: ["country", "sector", "stackable", "highly_targeted", "eqf_level", "missing"])
  func `what the question names is counted, too, however rare it is`(name: String) throws {
    try addRareOne()
    let all = try values(name, "").shown
    try #require(all.count > 1)
    for value in all.dropFirst() {
      let text =
        switch value {
        case .bool(let isSo)?: "\(isSo)"
        case .number(let number)?: "\(Int(number))"
        default: value?.string ?? "null"
        }
      let named = try values(name, "facet_limit=1&\(name)=\(text)")
      #expect(named.shown == [all[0], value], "\(text)")
      #expect(named.more?.number == Double(all.count - 2))
    }
  }

  @Test(arguments: [
    "facet_limit=3", "facets=kind&facet_limit=0", "facets=kind&facet_limit=1001",
    "facets=kind&facet_limit=x", "facets=kind&facet_limit=2&facet_limit=3",
  ])
  func `a limit that can't be is refused`(query: String) throws {
    #expect(try api.get("/v1/credentials?\(query)").places == ["facet_limit"])
  }
}
