import HTTPTypes
import Testing
import Wire

@testable import Explorer

@Suite("/ and /providers") struct HomeTests {
  let reader: Reader
  init() throws { reader = try Reader() }

  @Test func `figures and the stages of policy are the registry's`() throws {
    let page = try reader.get("/")
    #expect(page.text.contains("<strong>8</strong> <span>credentials</span>"))
    #expect(page.text.contains("<strong>16</strong> <span>countries with a stated policy</span>"))
    #expect(page.text.contains("<strong>4</strong> Legislation"))
    #expect(page.text.contains("<code>GET /v1/countries/aggregate?"))
  }

  @Test(arguments: ["en", "fr", "de"])
  func `every way from the first page leads somewhere that has a name`(language: String) throws {
    let page = try reader.get("/?lang=\(language)")
    #expect(page.text.matches(of: /class="result card"/).count == 9)
  }

  @Test func `providers stand with their kind, country and number of credentials`() throws {
    _ = try reader.respond(
      .post, "/v1/providers", reader.writer(),
      #"{"name": "Weld & Sons", "kind": "company", "country": "DK"}"#)
    _ = try reader.respond(.post, "/v1/providers", reader.writer(), #"{"name": "Nowhere"}"#)
    let page = try reader.get("/providers")
    #expect(page.text.contains("Weld &amp; Sons"))
    #expect(page.text.contains("Company · Denmark"))
    #expect(
      page.text.contains(
        "<span class=\"not-stated\">not stated</span> · <span class=\"not-stated\">"))
    #expect(page.text.contains("0 credentials"))
    let one = try reader.get("/providers?country=DK&q=weld")
    #expect(one.text.contains("1 provider</p>") && one.text.contains("Country: Denmark"))
    #expect(try reader.get("/providers?contry=DK").status == 400)
  }
}
