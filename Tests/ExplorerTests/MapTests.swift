import Foundation
import Testing
import Wire

@testable import Explorer

@Suite("/map") struct MapTests {
  let reader: Reader
  init() throws { reader = try Reader() }

  @Test func `the stages of policy are on the map and in the table without any script`() throws {
    let page = try reader.get("/map")
    #expect(page.status == 200)
    #expect(page.text.contains("<svg class=\"map\""))
    let word = try #require(page.text.firstMatch(of: /aria-label="Ireland: ([^"]+)"/)?.1)
    #expect(page.text.contains("<a href=\"/countries/IE\" aria-label=\"Ireland: \(word)\""))
    #expect(page.text.contains("aria-label=\"Sweden: not stated\""))
    #expect(page.text.contains("<th scope=\"row\"><a href=\"/countries/IE\">Ireland</a></th>"))
    #expect(page.text.contains("indicative example"))
    #expect(page.text.contains("28 November 2022"))
  }

  @Test func `a stage is told by its pattern, a number by its mark`() throws {
    let stages = try reader.get("/map").text
    #expect(stages.contains("fill=\"url(#dots)\"") && stages.contains("fill=\"url(#stripes)\""))
    #expect(try reader.get("/map?show=rpl_uses").text.contains(#/<text [^>]+>3</text>/#))
  }

  @Test func `what is shown can be asked for and had as a file`() throws {
    let page = try reader.get("/map?show=workload_hours.avg&sector=C").text
    let query =
      "/v1/credentials/aggregate?group_by=country&amp;measures=count,workload_hours.avg&amp;sector=C"
    #expect(page.contains("<a href=\"\(query)\"><code>GET \(query)</code></a>"))
    #expect(page.contains("<a href=\"\(query)&amp;format=csv\">CSV</a>"))
    #expect(page.contains("<option value=\"workload_hours.avg\" selected>"))
    #expect(page.contains("<option value=\"C\" selected>"))
    #expect(page.contains("Not on the map: 2 credentials that state no country."))
  }

  @Test func `any measure of the API can be shown, and what is none is refused in its words`()
    throws
  {
    #expect(try reader.get("/map?show=price_amount.max").status == 200)
    let page = try reader.get("/map?show=beauty.avg")
    #expect(page.status == 400)
    #expect(page.text.contains("There is no measure &quot;beauty.avg&quot;"))
  }

  @Test(arguments: [("de", "Deutschland", "keine Angabe"), ("fr", "Allemagne", "non précisé")])
  func `the map speaks the page's language`(language: String, country: String, unstated: String)
    throws
  {
    let page = try reader.get("/map?lang=\(language)").text
    #expect(page.contains("aria-label=\"\(country): "))
    #expect(page.contains(": \(unstated)\""))
    #expect(page.contains("href=\"/countries/DE?lang=\(language)\""))
    #expect(page.contains("<input type=\"hidden\" name=\"lang\" value=\"\(language)\">"))
  }

  @Test func `every country of the European Union is drawn, and Belgium by its parts`() throws {
    let drawn = Set(Outlines.europe.all.map(\.code))
    let union = "AT BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"
    #expect(drawn.isSuperset(of: union.split(separator: " ").map(String.init)))
    #expect(drawn.isSuperset(of: ["BE", "BE-FL", "BE-FR", "IS", "LI", "NO", "CH", "GB"]))
  }

  @Test(
    arguments: [
      ([1, 2, 3, 3, 3], [1...1, 2...2, 3...3]), ([], []),
      ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [1...2, 3...4, 5...6, 7...8, 9...10]),
    ] as [([Double], [ClosedRange<Double>])])
  func `numbers fall into at most five classes`(
    numbers: [Double], ranges: [ClosedRange<Double>]
  ) {
    let classes = Classes(numbers)
    #expect(classes.all == ranges)
    #expect(numbers.allSatisfy { classes.index(of: $0) != nil })
    #expect(classes.all.indices.allSatisfy { (1...5).contains(classes.shade($0)) })
  }
}
