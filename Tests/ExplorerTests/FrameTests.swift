import Foundation
import Testing
import Wire

@testable import Explorer

@Suite struct FrameTests {
  let reader: Reader
  init() throws { reader = try Reader() }

  @Test func `a browser gets a page at /, and everything else the API's index`() throws {
    let page = try reader.get("/")
    #expect(page["Content-Type"] == "text/html; charset=utf-8")
    #expect(page.text.contains("<html lang=\"en\">"))
    let index = try reader.get("/", ["Accept": "*/*"])
    #expect(index["Content-Type"] == "application/json")
    #expect(index["Vary"]?.contains("Accept") == true)
    #expect(index.text.contains("\"/v1/credentials\""))
  }

  @Test func `no script, style or picture may come from elsewhere, and none stands in the page`()
    throws
  {
    let page = try reader.get("/")
    let policy = try #require(page["Content-Security-Policy"])
    #expect(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"))
    #expect(!policy.contains("unsafe"))
    #expect(!page.text.contains(" style=") && !page.text.contains("<style"))
    #expect(!page.text.contains(" onclick="))
  }

  @Test(arguments: [("de", "de"), ("fr-CH, de;q=0.5", "fr"), ("pl, de;q=0.3", "de"), ("pl", "en")])
  func `a page speaks the language that the browser likes best`(accept: String, language: String)
    throws
  {
    let page = try reader.get("/", ["Accept-Language": accept])
    #expect(page.text.contains("<html lang=\"\(language)\">"))
    #expect(page["Vary"]?.contains("Accept-Language") == true)
  }

  @Test func `a chosen language goes before the browser's and stays in the links`() throws {
    let page = try reader.get("/?lang=fr", ["Accept-Language": "de"])
    #expect(page.text.contains("<html lang=\"fr\">"))
    #expect(page.text.contains("href=\"/credentials?lang=fr\""))
  }

  @Test func `every language says the same things`() {
    for language in Language.allCases {
      #expect(Messages.all[language]?.keys == Messages.all[.en]?.keys, "\(language)")
    }
  }

  @Test func `a page that isn't there says so in HTML, and in JSON to programs`() throws {
    let page = try reader.get("/none")
    #expect(page.status == 404)
    #expect(page.text.contains("<h1>There is nothing here</h1>"))
    #expect(
      try reader.get("/none", ["Accept": "*/*"])["Content-Type"] == "application/problem+json")
    #expect(try reader.get("/v1/none")["Content-Type"] == "application/problem+json")
  }

  @Test(arguments: [
    "/credentials?q=%FF", "/providers?q=weld%", "/?lang=fr&x=%C3%28", "/embed/credentials/x?a=%zz",
    "/oembed?url=%FF",
  ])
  func `a query that can't be read is refused, and nothing else shown in its place`(target: String)
    throws
  {
    let page = try reader.get(target)
    #expect(page.status == 400)
    #expect(page["Content-Type"] == "text/html; charset=utf-8")
    #expect(page.text.contains("bytes that aren&#39;t UTF-8"))
  }

  @Test func `what somebody stored is text on every page, never markup`() throws {
    let stored = "\"'><script>&"
    let html: HTML = "<p title=\"\(stored)\">\(stored)</p>"
    #expect(
      html.markup
        == "<p title=\"&quot;&#39;&gt;&lt;script&gt;&amp;\">&quot;&#39;&gt;&lt;script&gt;&amp;</p>")
    #expect(
      HTML(dataBlock: Array("{\"a\":\"</script>\"}".utf8)).markup == #"{"a":"\u003C/script>"}"#)
  }

  @Test func `an asset's address changes with its bytes, so that it is kept for ever`() throws {
    let address = Assets.address("explorer.css")
    let asset = try reader.get(address)
    #expect(asset["Content-Type"] == "text/css; charset=utf-8")
    #expect(asset["Cache-Control"]?.contains("immutable") == true)
    let tag = try #require(asset["ETag"])
    #expect(try reader.get(address, ["If-None-Match": tag]).status == 304)
    #expect(try reader.get("/assets/old/explorer.css")["Cache-Control"] == "no-cache")
    #expect(try reader.get("/assets/old/none.css").status == 404)
  }

  @Test(arguments: [
    (Language.en, 1234567.25, "1,234,567.3"), (.fr, 1234.0, "1\u{202F}234"), (.de, -0.5, "−0,5"),
    (.de, 22.5, "22,5"), (.en, 0.0, "0"),
  ])
  func `numbers are written as each language does`(language: Language, number: Double, text: String)
  {
    #expect(language.number(number) == text)
  }
}
