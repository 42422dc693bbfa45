import Foundation
import FoundationXML
import HTTPTypes
import JSON
import Testing
import Wire

@testable import Explorer

@Suite struct FeedTests {
  let reader: Reader
  let fields: [String: String]

  init() throws {
    reader = try Reader()
    fields = try reader.fill()
  }

  private func document(_ path: String) throws -> XMLDocument {
    let answer = try reader.get(path)
    #expect(answer.status == 200)
    return try XMLDocument(data: Data(answer.body))
  }

  private func texts(_ document: XMLDocument, _ path: String) throws -> [String] {
    try document.nodes(forXPath: path).compactMap(\.stringValue)
  }

  @Test(arguments: [
    ("/sitemap.xml", "application/xml"), ("/sitemaps/pages.xml", "application/xml"),
    ("/sitemaps/credentials-1.xml", "application/xml"),
    ("/sitemaps/providers-1.xml", "application/xml"), ("/changes.atom", "application/atom+xml"),
    ("/opensearch.xml", "application/opensearchdescription+xml"),
  ])
  func `each is XML of its type, with absolute addresses by the configured origin`(
    path: String, type: String
  ) throws {
    let answer = try reader.get(path)
    #expect(answer["Content-Type"] == "\(type); charset=utf-8")
    _ = try XMLDocument(data: Data(answer.body))
    #expect(answer.text.contains("https://cairn.example/"))
    #expect(!answer.text.contains("http://test"))
  }

  @Test func `the sitemap's parts have every published page once, with its last change`() throws {
    let parts = try texts(document("/sitemap.xml"), "//*[local-name()='loc']")
    #expect(
      parts.map { String($0.trimmingPrefix("https://cairn.example")) } == [
        "/sitemaps/pages.xml", "/sitemaps/credentials-1.xml", "/sitemaps/providers-1.xml",
      ])
    let credentials = try document("/sitemaps/credentials-1.xml")
    let places = try texts(credentials, "//*[local-name()='loc']")
    #expect(places.contains("https://cairn.example/credentials/tig-welding"))
    #expect(Set(places).count == places.count)
    let days = try texts(credentials, "//*[local-name()='lastmod']")
    #expect(days.count == places.count && days.allSatisfy { $0.hasSuffix("Z") })
    for path in [
      "credentials-2.xml", "credentials-01.xml", "credentials-0.xml", "changes-1.xml", "x",
    ] {
      #expect(try reader.get("/sitemaps/\(path)").status == 404)
    }
  }

  @Test func `the feed has the last changes, the newest first, with ids that stay`() throws {
    let feed = try document("/changes.atom")
    let titles = try texts(feed, "/*/*[local-name()='entry']/*[local-name()='title']")
    // Rules have no title of their own.
    #expect(titles.first == "Added: to-welder")
    #expect(titles.contains("Added: TIG <welding> & more"))
    let ids = try texts(feed, "//*[local-name()='entry']/*[local-name()='id']")
    #expect(Set(ids).count == ids.count && ids.allSatisfy { $0.hasPrefix("urn:cairn:change:") })
    #expect(
      try texts(feed, "/*/*[local-name()='updated']")
        == texts(feed, "//*[local-name()='entry'][1]/*[local-name()='updated']"))
    let again = try texts(
      document("/changes.atom?lang=de"), "//*[local-name()='entry']/*[local-name()='id']")
    #expect(again == ids)
    #expect(try reader.get("/changes.atom?lang=de").text.contains("Hinzugefügt: "))
  }

  @Test func `what came before stands in archives that are linked one to the other`() throws {
    #expect(try reader.get("/changes.atom?archive=1").status == 404)
    for number in 1...200 {
      try reader.post("/v1/credentials", #"{"title": "Made up \#(number)"}"#, fields)
    }
    let feed = try reader.get("/changes.atom").text
    #expect(
      feed.contains(
        "rel=\"prev-archive\" type=\"application/atom+xml\" href=\"https://cairn.example/changes.atom?archive=2\""
      ))
    let second = try document("/changes.atom?archive=2")
    let first = try document("/changes.atom?archive=1")
    let ids = try [first, second].map {
      try texts($0, "//*[local-name()='entry']/*[local-name()='id']")
    }
    #expect(ids.map(\.count) == [100, 100])
    #expect(Set(ids[0]).isDisjoint(with: ids[1]))
    #expect(
      try texts(first, "//@rel").contains("next-archive")
        && !texts(first, "//@rel").contains("prev-archive"))
    #expect(try !first.nodes(forXPath: "//*[local-name()='archive']").isEmpty)
    #expect(try reader.get("/changes.atom?archive=3").status == 404)
  }

  @Test func `large changes are in the feed and in its archives like any other`() throws {
    try reader.post("/v1/credentials", #"{"title": "Heavy"}"#, fields)
    for letter in ["a", "b", "c", "d"] {
      let outcomes = (1...75).map {
        #"{"text": "\#($0)\#(String(repeating: letter, count: 4000))"}"#
      }
      let answer = try reader.respond(
        .patch, "/v1/credentials/heavy", fields.merging(["If-Match": "*"]) { $1 },
        #"{"learning_outcomes": [\#(outcomes.joined(separator: ", "))]}"#)
      #expect(answer.status == 200)
    }
    let ids = "//*[local-name()='entry']/*[local-name()='id']"
    #expect(try texts(document("/changes.atom"), ids).last?.hasSuffix(":1") == true)
    for number in 1...100 {
      try reader.post("/v1/credentials", #"{"title": "Light \#(number)"}"#, fields)
    }
    #expect(try texts(document("/changes.atom?archive=1"), ids).count == 100)
  }

  @Test func `robots are shown the sitemap and kept from the API`() throws {
    let answer = try reader.get("/robots.txt")
    #expect(answer["Content-Type"] == "text/plain; charset=utf-8")
    #expect(answer.text.contains("Disallow: /v1/\n"))
    #expect(answer.text.contains("Sitemap: https://cairn.example/sitemap.xml\n"))
  }

  @Test func `a browser's search box finds here, and is given suggestions`() throws {
    let templates = try texts(document("/opensearch.xml"), "//@template")
    #expect(templates.first == "https://cairn.example/credentials?q={searchTerms}")
    let answer = try reader.get("/suggest?q=weld")
    #expect(answer["Content-Type"] == "application/x-suggestions+json")
    let parts = try JSONValue(parsing: answer.body).items
    #expect(parts.first == "weld")
    #expect(parts.last?.items.contains("welding") == true)
    #expect(try reader.get("/suggest").text == #"["",[]]"#)
  }
}
