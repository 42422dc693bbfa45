import Foundation
import HTTPTypes
import Testing
import Wire

@Suite("GET /v1/credentials?q=&highlight=true") struct HighlightTests {
  let api: TestAPI
  let fields: [String: String]

  init() throws {
    let courses = try MetalCourses()
    (api, fields) = (courses.api, courses.fields)
  }

  @Test func `highlights mark the words in HTML that is safe`() throws {
    let answer = try api.get("/v1/credentials?q=braz*%20metal*&highlight=true&fields=slug")
    let items = answer.json["items"]?.items ?? []
    #expect(items.map { $0["slug"]?.string } == ["taught", "described"])
    #expect(
      items[0]["highlights"]
        == .object([
          "title": .string("<mark>Metal</mark> trades"),
          "learning_outcomes": .string("Name the risks of <mark>brazing</mark>"),
        ]))
    #expect(
      items[1]["highlights"]?["description"]
        == .string(
          "Some <mark>brazing</mark> &amp; &lt;b&gt;soldering&lt;/b&gt;"))
    let sorted = try api.get("/v1/credentials?q=lodning&sort=title&highlight=true&fields=slug")
    #expect(
      sorted.json["items"]?.items.first?["highlights"]?["title"]
        == .string("<mark>Lodning</mark> på kobberrør"))
    #expect(
      try api.get("/v1/credentials?q=lodning").json["items"]?.items.first?["highlights"] == nil)
  }

  @Test(arguments: ["highlight=true", "q=x&highlight=yes", "q=x&highlight=true&format=csv"])
  func `highlights that can't be are refused`(query: String) throws {
    #expect(try api.get("/v1/credentials?\(query)").places == ["highlight"])
  }

  @Test func `a text with control characters has no marks but the words'`() throws {
    let title = #"{"slug": "odd", "title": "x \u0003\u0002<i>\u0002 kiln \u0003 y\u001e\u0002z"}"#
    #expect(try api.respond(.post, "/v1/credentials", fields, title).status == 201)
    let answer = try api.get("/v1/credentials?q=kiln&highlight=true")
    let html = try #require(answer.json["items"]?.items.first?["highlights"]?["title"]?.string)
    #expect(html.contains("kiln"))
    #expect(
      html.components(separatedBy: "<mark>").count == html.components(separatedBy: "</mark>").count)
    #expect(
      html.replacing("<mark>", with: "").replacing("</mark>", with: "").contains("<") == false)
  }

  @Test func `a long text is cut around the words`() throws {
    let text =
      String(repeating: "lorem ", count: 100) + "kiln" + String(repeating: " ipsum", count: 100)
    let body = #"{"title": "Long", "description": "\#(text)"}"#
    #expect(try api.respond(.post, "/v1/credentials", fields, body).status == 201)
    let answer = try api.get("/v1/credentials?q=kiln&highlight=true")
    let html = try #require(
      answer.json["items"]?.items.first?["highlights"]?["description"]?.string)
    #expect(html.hasPrefix("… lorem "))
    #expect(html.contains(" <mark>kiln</mark> "))
    #expect(html.hasSuffix(" ipsum …"))
    #expect(html.count < 300)
  }
}
