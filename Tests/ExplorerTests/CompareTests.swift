import Foundation
import Testing
import Wire

@Suite("/compare") struct CompareTests {
  let reader: Reader
  init() throws { reader = try Reader() }

  @Test func `countries stand side by side, first what differs, then what is the same`() throws {
    let page = try reader.get("/compare?countries=EE,IE").text
    let different = try #require(page.firstRange(of: ">Different<"))
    let same = try #require(page.firstRange(of: ">The same<"))
    let unstated = try #require(page.firstRange(of: ">Not stated of any<"))
    #expect(different.lowerBound < same.lowerBound && same.lowerBound < unstated.lowerBound)
    #expect(page.contains("<th scope=\"col\"><a href=\"/countries/EE\">Estonia</a></th>"))
    #expect(page.contains("<span class=\"not-stated\">not stated</span>"))
    #expect(page.contains("<code>GET /v1/compare?countries=EE,IE</code>"))
    #expect(page.contains("Cedefop 2022"))
  }

  @Test func `the form's boxes and commas name countries alike`() throws {
    let page = try reader.get("/compare?countries=EE&countries=IE").text
    #expect(page.contains("<code>GET /v1/compare?countries=EE,IE</code>"))
    #expect(page.contains("name=\"countries\" value=\"EE\" checked>"))
  }

  @Test(arguments: ["EE", "EE,IE,LV,ES,DE,FR,PL"])
  func `fewer than two and more than six countries aren't compared`(countries: String) throws {
    let page = try reader.get("/compare?countries=\(countries)").text
    #expect(page.contains("Two to six countries can be compared."))
    #expect(!page.contains("<table"))
  }

  @Test func `a country that isn't one is refused in the API's words`() throws {
    let page = try reader.get("/compare?countries=EE,ZZ")
    #expect(page.status == 400)
    #expect(page.text.contains("There is no country &quot;ZZ&quot;"))
  }

  @Test func `credentials are compared member by member`() throws {
    let slugs = "safety-procedures-in-medical-processes,international-welding-engineer-iwe"
    let page = try reader.get("/compare?credentials=\(slugs)").text
    #expect(page.contains("17 days, 12 modules"))
    #expect(page.contains("448 hours"))
    #expect(page.contains("<a href=\"/countries/FR\">France</a>"))
    #expect(page.contains("<code>GET /v1/credentials?slug=\(slugs)"))
    let german = try reader.get("/compare?credentials=\(slugs)&lang=de").text
    #expect(german.contains("17 Tage, 12 Module"))
  }

  @Test func `a credential that isn't there is named`() throws {
    let page = try reader.get("/compare?credentials=none-such,international-welding-engineer-iwe")
    #expect(page.status == 200)
    #expect(page.text.contains("Not in the registry: none-such"))
  }
}
