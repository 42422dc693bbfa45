import Testing
import Wire

@Suite("/countries") struct CountryPageTests {
  let reader: Reader
  init() throws { reader = try Reader() }

  @Test func `the list tells stage, uses and number of credentials, or that nothing is stated`()
    throws
  {
    let page = try reader.get("/countries").text
    #expect(page.contains("<a href=\"/countries/IE\">Ireland</a>"))
    #expect(
      page.contains("Legislation or draft regulations introduced <span class=\"quiet\">(<time"))
    #expect(page.contains("<a href=\"/credentials?country=FR\">2</a>"))
    #expect(page.contains("<a href=\"/countries/BE-FL\">"))
    #expect(page.contains("<td><span class=\"not-stated\">not stated</span></td>"))
  }

  @Test func `names are in the order of the page's language`() throws {
    let page = try reader.get("/countries?lang=fr").text
    let names = ["Espagne", "Estonie", "États-Unis"].compactMap { page.firstRange(of: ">\($0)<") }
    #expect(names.count >= 2)
    let german = try reader.get("/countries?lang=de").text
    let austria = try #require(german.firstRange(of: ">Österreich<"))
    let poland = try #require(german.firstRange(of: ">Polen<"))
    #expect(austria.lowerBound < poland.lowerBound)
  }

  @Test(arguments: [
    "Legislation or draft regulations introduced</strong> <span class=\"chip\">indicative example</span>",
    "As of <time datetime=\"2022-11-28\">28 November 2022</time>",
    "under “Microcredentials discussion at national policy level”",
    "<span aria-hidden=\"true\">✓</span> stated",
    "<span aria-hidden=\"true\">○</span> <span class=\"not-stated\">",
    "Includes the passage from VET to higher education",
    "<a href=\"/credentials?level=IE-NFQ-6\">6</a>",
    "<a href=\"/credentials?eqf_level=5\">EQF 5</a>",
    "<a href=\"/compare?countries=IE\">", "/v1/statements.csv?country=IE",
  ])
  func `a country's page tells what is stated, with source and flags`(text: String) throws {
    #expect(try reader.get("/countries/IE").text.contains(text))
  }

  @Test(arguments: [
    ("EL", "GR", "Greece"), ("UK", "GB", "United Kingdom"), ("BE-FL", "BE-FL", "Belgium"),
  ])
  func `Cedefop's codes and parts of countries have pages, too`(
    asked: String, code: String, name: String
  ) throws {
    let page = try reader.get("/countries/\(asked)").text
    #expect(page.contains("<h1>\(name)"))
    #expect(
      page.contains("<link rel=\"canonical\" href=\"https://cairn.example/countries/\(code)\">"))
  }

  @Test func `a link to the EQF that nobody verified says so`() throws {
    #expect(
      try reader.get("/countries/DE").text.contains(
        "<span class=\"chip caution\">not verified</span>"))
  }

  @Test func `what was stated on a day is shown for that day`() throws {
    let page = try reader.get("/countries/IE?as_of=2020-01-01").text
    #expect(page.contains("This is as it stood on <time datetime=\"2020-01-01\">"))
    #expect(!page.contains("Legislation or draft regulations introduced"))
    #expect(try reader.get("/countries/XX").status == 404)
  }
}
