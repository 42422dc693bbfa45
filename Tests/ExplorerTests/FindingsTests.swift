import Foundation
import HTTPTypes
import Testing
import Wire

@Suite("/findings") struct FindingsTests {
  let reader: Reader
  init() throws { reader = try Reader() }

  @Test func `each figure has a table, its question, its file and its source`() throws {
    let page = try reader.get("/findings").text
    let sections = page.components(separatedBy: "<section class=\"figure\"").dropFirst()
    #expect(sections.count == 18)
    for section in sections {
      #expect(section.contains("<table") || section.contains("<ol class=\"sayings\">"))
      #expect(section.contains("<code>GET /v1/"))
      #expect(section.contains("format=csv\">CSV</a>"))
      #expect(section.contains("<p class=\"sources quiet\">Source"))
    }
  }

  @Test func `the deck's figures are what the API answers`() throws {
    let page = try reader.get("/findings").text
    #expect(page.contains("data-value=\"56.0\" data-shown=\"56%\""))
    #expect(page.contains("<td class=\"number\">56%</td><td class=\"number\">37</td>"))
    #expect(page.contains("data-shown=\"23 of 39\""))
    #expect(page.contains("data-start=\"2.0\" data-value=\"5.0\" data-shown=\"EQF 2–5\""))
    #expect(page.contains("Are certificates awarded on a performance-based assessment alone"))
  }

  @Test func `a base that the source doesn't print isn't stated`() throws {
    let page = try reader.get("/findings").text
    let row = try #require(page.firstMatch(of: /<tr data-value="56.0".*/)?.0)
    #expect(row.contains("<span class=\"not-stated\">not stated</span>"))
  }

  @Test func `a new statement is in the chart at once`() throws {
    let writer = try reader.writer()
    let body = """
      {"country": "SE", "topic": "policy_stage", "value": "legislation", "as_of": "2026-01-01",
       "source": {"title": "An <act>"}}
      """
    #expect(try reader.respond(.post, "/v1/statements", writer, body).status == 201)
    let page = try reader.get("/findings").text
    #expect(page.contains("<a href=\"/countries/SE\">Sweden</a>"))
    #expect(page.contains("An &lt;act&gt;") && !page.contains("An <act>"))
  }

  @Test func `numbers and words are the page's language's, sayings keep their own`() throws {
    let page = try reader.get("/findings?lang=fr").text
    #expect(page.contains("data-shown=\"56\u{202F}%\""))
    #expect(page.contains("data-shown=\"23 sur 39\""))
    #expect(page.contains("<span lang=\"en\">Modularisation of qualifications paves the way"))
  }
}
