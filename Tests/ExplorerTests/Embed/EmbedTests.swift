import Foundation
import FoundationXML
import JSON
import Testing
import Wire

@testable import Explorer

@Suite("/embed and /oembed") struct EmbedTests {
  let reader: Reader
  private let url = "https%3A%2F%2Fcairn.example%2Fcredentials%2Ftig-welding"

  init() throws {
    reader = try Reader()
    try reader.fill()
  }

  @Test func `the card may be framed by anyone and runs nothing`() throws {
    let card = try reader.get("/embed/credentials/tig-welding")
    let policy = try #require(card["Content-Security-Policy"])
    #expect(policy.contains("frame-ancestors *") && policy.contains("default-src 'none'"))
    #expect(!policy.contains("script-src") && !card.text.contains("<script"))
    #expect(
      card.text.contains(
        "<a href=\"https://cairn.example/credentials/tig-welding\" target=\"_blank\""))
    #expect(card.text.contains("TIG &lt;welding&gt; &amp; more"))
    #expect(try reader.get("/embed/credentials/none").status == 404)
  }

  @Test func `a page names its card's description in both formats`() throws {
    let page = try reader.get("/credentials/tig-welding").text
    for format in ["json", "xml"] {
      #expect(
        page.contains(
          "https://cairn.example/oembed?url=https://cairn.example/credentials/tig-welding&amp;format=\(format)"
        ))
    }
  }

  @Test func `oEmbed answers as its version 1.0 says`() throws {
    let answer = try reader.get("/oembed?url=\(url)")
    #expect(answer["Content-Type"] == "application/json")
    let members = try JSONValue(parsing: answer.body)
    #expect(members["version"] == "1.0" && members["type"] == "rich")
    #expect(members["width"] == 480 && members["height"] == 260)
    #expect(members["author_name"] == "Welding School")
    let html = try #require(members["html"]?.string)
    #expect(html.contains("<iframe src=\"https://cairn.example/embed/credentials/tig-welding\""))
  }

  @Test func `it is no larger than asked for`() throws {
    let members = try JSONValue(
      parsing: reader.get("/oembed?url=\(url)&maxwidth=300&maxheight=100").body)
    #expect(members["width"] == 300 && members["height"] == 100)
    let html = try #require(members["html"]?.string)
    #expect(html.contains("width=\"300\" height=\"100\""))
  }

  @Test func `it is XML where that is asked for`() throws {
    let answer = try reader.get("/oembed?url=\(url)&format=xml")
    #expect(answer["Content-Type"] == "text/xml; charset=utf-8")
    let document = try XMLDocument(data: Data(answer.body))
    #expect(
      try document.nodes(forXPath: "/oembed/title").first?.stringValue == "TIG <welding> & more")
    #expect(
      try document.nodes(forXPath: "/oembed/html").first?.stringValue?.hasPrefix("<iframe") == true)
  }

  @Test(arguments: [
    ("format=yaml&url=https%3A%2F%2Fcairn.example%2Fcredentials%2Ftig-welding", 501),
    ("url=https%3A%2F%2Fcairn.example%2Fcredentials%2Fnone", 404),
    ("url=https%3A%2F%2Felsewhere.example%2Fcredentials%2Ftig-welding", 404),
    ("url=https%3A%2F%2Fcairn.example.evil%2Fcredentials%2Ftig-welding", 404),
    ("url=javascript%3A%2F%2Fcairn.example%2Fcredentials%2Ftig-welding", 404),
    ("url=https%3A%2F%2Fcairn.example%2Fcountries%2FIE", 404), ("", 404),
  ])
  func `what has no card is refused as the specification says`(query: String, status: Int) throws {
    #expect(try reader.get("/oembed?\(query)").status == status)
  }
}
