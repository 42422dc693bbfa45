import HTTPTypes
import Testing
import Wire

/// A registry that was started with `--empty`: it has its vocabularies, and knows no country, code or language but English.
@Suite("without reference data") struct EmptyTests {
  let api: TestAPI
  let writer: [String: String]

  init() throws {
    api = try TestAPI(empty: true)
    writer = try api.writer()
  }

  @Test(arguments: [
    ("credentials", #"{"title": "TIG welding"}"#), ("providers", #"{"name": "TIG welding"}"#),
  ])
  func `what was posted is changed, put again and withdrawn`(path: String, item: String) throws {
    let posted = try api.respond(.post, "/v1/\(path)", writer, item)
    #expect(posted.status == 201, "\(posted.text)")
    let fields = writer.merging(["If-Match": "*"]) { $1 }
    let place = try #require(posted["Location"])
    let patched = try api.respond(.patch, place, fields, #"{"homepage": "https://a.example"}"#)
    #expect(patched.status == 200, "\(patched.text)")
    #expect(patched.json["version"]?.number == 2)
    let put = try api.respond(.put, place, fields, patched.text)
    #expect(put.text == patched.text)
    let withdrawn = try api.respond(.delete, place, fields)
    #expect(withdrawn.status == 200 && withdrawn.json["status"] == "withdrawn")
  }

  @Test func `a sheet has titles, and changes them`() throws {
    let fields = writer.merging(["Content-Type": "text/csv"]) { $1 }
    for (title, result) in [("One", "created"), ("One", "unchanged"), ("Two", "updated")] {
      let answer = try api.respond(
        .post, "/v1/credentials:import", fields, "slug,id,title\none,\(try id()),\(title)\n")
      #expect(answer.lines.first?["result"] == .string(result), "\(answer.text)")
    }
    #expect(try api.get("/v1/credentials/one").json["title"]?["en"] == "Two")
  }

  private func id() throws -> String {
    try api.get("/v1/credentials/one").json["id"]?.string ?? ""
  }

  @Test(arguments: ["credentials", "providers"])
  func `lists are empty, and have what is posted`(path: String) throws {
    #expect(try api.get("/v1/\(path)").text.contains(#""items":[]"#))
    let item = #"{"\#(path == "providers" ? "name" : "title")": "TIG welding"}"#
    #expect(try api.respond(.post, "/v1/\(path)", writer, item).status == 201)
    for target in ["", "?q=welding", "?sort=-updated_at", "?status=!withdrawn"] {
      let answer = try api.get("/v1/\(path)\(target)")
      #expect(answer.json["items"]?.items.map { $0["slug"] } == ["tig-welding"], "\(answer.text)")
    }
  }

  @Test func `vocabularies are there, what they are used with isn't`() throws {
    let unit = #"{"title": "A", "kind": "unit"}"#
    #expect(try api.respond(.post, "/v1/credentials", writer, unit).status == 201)
    #expect(try api.get("/readyz").status == 200)
    for path in ["countries", "sectors", "languages", "frameworks", "observations", "sources"] {
      #expect(try api.get("/v1/\(path)").json["items"]?.items.isEmpty == true, "\(path)")
    }
  }

  @Test(arguments: [
    (#"{"title": {"de": "Schweißen"}}"#, "/title/de"),
    (#"{"title": "A", "countries": ["DK"]}"#, "/countries/0"),
    (#"{"title": "A", "sector": "C"}"#, "/sector"),
  ])
  func `a code is refused until it is loaded`(item: String, place: String) throws {
    let answer = try api.respond(.post, "/v1/credentials", writer, item)
    #expect(answer.status == 422 && answer.places == [place], "\(answer.text)")
  }
}
