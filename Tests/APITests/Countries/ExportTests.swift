import Testing
import Wire

/// Lists in lines: NDJSON and CSV.
@Suite struct ExportTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  @Test(arguments: ["/v1/countries.ndjson", "/v1/countries?format=ndjson"])
  func `NDJSON has every item that the pages have, in their order`(target: String) throws {
    let answer = try api.get(target)
    #expect(answer["Content-Type"] == "application/x-ndjson")
    #expect(answer["Link"] == nil)
    var pages: [JSON] = []
    var next: String? = "/v1/countries?limit=60"
    while let target = next {
      let page = try api.get(target).json
      pages += page["items"]?.items ?? []
      next = page["next"]?.string.map { "/v1/countries?limit=60&cursor=\($0)" }
    }
    #expect(pages.count > 250)
    #expect(answer.lines == pages)
  }

  @Test func `CSV has them all, too, under one header`() throws {
    let answer = try api.get("/v1/countries.csv?fields=code&kind=country")
    let codes = answer.text.split(separator: "\r\n").map(String.init)
    #expect(codes.first == "code")
    #expect(codes.dropFirst() == codes.dropFirst().sorted()[...])
    #expect(
      codes.count
        == (try api.get("/v1/countries?count=exact&kind=country&limit=1")
        .json["total"]?.number).map { Int($0) + 1 })
  }

  @Test(arguments: ["csv", "ndjson"])
  func `a limit cuts them into pages`(format: String) throws {
    let answer = try api.get("/v1/countries.\(format)?limit=7&fields=code")
    #expect(answer.text.split(whereSeparator: \.isNewline).count == (format == "csv" ? 8 : 7))
    let next = try #require(answer.next)
    #expect(next.hasPrefix("/v1/countries.\(format)?limit=7&fields=code&cursor="))
    let second = try api.get(next)
    #expect(second.status == 200)
    #expect(!second.text.contains("\"AD\""))
  }

  @Test func `a short list has its length and its tag`() throws {
    let answer = try api.get("/v1/credentials.ndjson")
    #expect(answer["ETag"] != nil)
    #expect(answer["Content-Length"] != nil)
    #expect(answer.lines.count == 8)
  }

  @Test func `an empty list is no line`() throws {
    #expect(try api.get("/v1/credentials.ndjson?country=FI").body.isEmpty)
  }
}
