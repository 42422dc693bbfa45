import Foundation
import HTTPTypes
import Testing
import Wire

@Suite("/quality") struct QualityTests {
  let reader: Reader
  init() throws { reader = try Reader() }

  @Test func `each element's share leads to the credentials that lack it`() throws {
    let page = try reader.get("/quality").text
    #expect(page.contains("8 credentials"))
    #expect(page.contains("<a href=\"/credentials?missing=level\">8</a>"))
    #expect(page.contains("<a href=\"/credentials?country=FR&amp;missing=level\""))
    #expect(page.contains("<code>GET /v1/credentials/aggregate?group_by=country,missing&amp;"))
  }

  @Test func `the address says by what, and anything else is by country`() throws {
    let page = try reader.get("/quality?by=sector").text
    #expect(page.contains("<option value=\"sector\" selected>"))
    #expect(page.contains("/credentials?sector=C&amp;missing=level"))
    #expect(
      try reader.get("/quality?by=beauty").text.contains("<option value=\"country\" selected>"))
  }

  @Test func `those that state no country are a row of their own`() throws {
    let page = try reader.get("/quality").text
    #expect(page.contains("<th scope=\"row\"><span class=\"not-stated\">not stated</span></th>"))
    #expect(page.contains("/credentials?country=null&amp;missing=level"))
  }

  @Test func `a provider's name is text and a link`() throws {
    let writer = try reader.writer()
    let provider = #"{"slug": "school", "name": "A & B <School>"}"#
    #expect(try reader.respond(.post, "/v1/providers", writer, provider).status == 201)
    let credential = #"{"title": "TIG welding", "provider": "school", "countries": []}"#
    #expect(try reader.respond(.post, "/v1/credentials", writer, credential).status == 201)
    let page = try reader.get("/quality?by=provider").text
    #expect(page.contains("<a href=\"/providers/school\">A &amp; B &lt;School&gt;</a>"))
    // An empty list of countries is none, which isn't a country's name.
    #expect(try reader.get("/quality").status == 200)
    #expect(try reader.get("/map?show=count").text.contains("Not on the map: 3 credentials"))
  }
}
