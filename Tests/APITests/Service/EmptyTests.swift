import HTTPTypes
import Testing
import Wire

/// A registry that was started with `--empty`: no vocabulary has a value, and no language is known but English.
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

  @Test(arguments: [
    (#"{"title": {"de": "Schweißen"}}"#, "/title/de"),
    (#"{"title": "A", "kind": "unit"}"#, "/kind"),
  ])
  func `what needs a vocabulary is refused until there is one`(item: String, place: String) throws {
    let answer = try api.respond(.post, "/v1/credentials", writer, item)
    #expect(answer.status == 422 && answer.places == [place], "\(answer.text)")
  }
}
