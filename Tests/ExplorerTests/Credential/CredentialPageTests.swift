import HTTPTypes
import JSON
import Testing
import Wire

@testable import Explorer

@Suite("/credentials/{slug}") struct CredentialPageTests {
  let reader: Reader
  let fields: [String: String]

  init() throws {
    reader = try Reader()
    fields = try reader.fill()
  }

  @Test(arguments: [
    "<h1>TIG &lt;welding&gt; &amp; more</h1>",
    "<span lang=\"de\">WIG-Schweißen</span>",
    "<dd>100–120 hours · 15 days</dd>",
    "<span lang=\"de\">Dünnblech schweißen</span>",
    "<a href=\"/countries/DK\">Denmark</a>",
    "<a href=\"/providers/welding-school\">Welding School</a>",
    "Institute <span class=\"chip\">joint</span>",
    "<a href=\"/credentials?eqf_level=4\">EQF 4</a> <span class=\"chip caution\">not verified</span>",
    "<dd>24 months · renewable: yes</dd>", "<dd>450.5 EUR</dd>", "Mechanics and metal trades",
    "<a href=\"https://welding.example/tig\" rel=\"nofollow noopener external\">",
  ])
  func `a fact is shown as it is stated, in its own language`(fact: String) throws {
    let page = try reader.get("/credentials/tig-welding")
    #expect(page.status == 200)
    #expect(page.text.contains(fact))
  }

  @Test func `not stated, none, no and not specified are told apart`() throws {
    let page = try reader.get("/credentials/tig-welding").text
    #expect(
      page.contains("<dt>Supervision</dt><dd><span class=\"not-stated\">not stated</span></dd>"))
    #expect(page.contains("<dt>Prerequisites</dt><dd>none</dd>"))
    #expect(page.contains("<dt>Uses in recognition of prior learning</dt><dd>none</dd>"))
    #expect(page.contains("<dt>Highly targeted</dt><dd>no</dd>"))
    #expect(
      page.contains(
        "<dt>Emerging topics</dt><dd><span class=\"not-stated\">the source says: not specified"))
  }

  @Test func `the deck's rows show how they are printed, and where`() throws {
    let page = try reader.get("/credentials/international-welding-engineer-iwe").text
    #expect(page.contains("in 41 countries, not named one by one"))
    #expect(page.contains("<q>person/blended</q>"))
    #expect(page.contains("under “Main characteristics of microcredentials"))
    #expect(page.contains("no rule in this registry names it"))
  }

  @Test func `elements of the standard are told by words, met and missing`() throws {
    let page = try reader.get("/credentials/tig-welding").text
    #expect(page.contains("9 of 13 standard elements are stated."))
    #expect(page.contains("<li class=\"met\"><span aria-hidden=\"true\">✓</span>"))
    #expect(page.contains("<li class=\"missing\"><span aria-hidden=\"true\">○</span>"))
    #expect(!page.contains("Grade achieved"))
  }

  @Test func `its stack is drawn with links and told in words with its legal basis`() throws {
    let page = try reader.get("/credentials/tig-welding").text
    #expect(page.contains("<a class=\"node\" href=\"/credentials/welder\">"))
    #expect(page.contains("marker-end=\"url(#arrow)\""))
    #expect(page.contains("<a href=\"/credentials/safety\">Safety at work</a> → "))
    #expect(page.contains("Example act, section 4"))
    #expect(page.contains("<cite>Example act</cite>, Ministry"))
  }

  @Test func `a change is told from before to after`() throws {
    var patching = fields
    patching["If-Match"] = "*"
    patching["Content-Type"] = "application/merge-patch+json"
    #expect(
      try reader.respond(
        .patch, "/v1/credentials/tig-welding", patching, #"{"workload": {"days": 16}}"#
      )
      .status == 200)
    let page = try reader.get("/credentials/tig-welding").text
    #expect(
      page.contains(
        "<th scope=\"row\">Workload</th><td>100–120 hours · 15 days</td><td>100–120 hours · 16 days</td>"
      ))
    #expect(page.contains("by an administrator"))
  }

  @Test func `what is withdrawn says so and isn't for search engines`() throws {
    var deleting = fields
    deleting["If-Match"] = "*"
    #expect(try reader.respond(.delete, "/v1/credentials/tig-welding", deleting).status == 200)
    let page = try reader.get("/credentials/tig-welding")
    #expect(page.status == 200)
    #expect(page.text.contains("<p class=\"notice\">This credential is withdrawn"))
    #expect(page.text.contains("content=\"noindex\""))
    #expect(page.text.contains("/v1/credentials.csv?slug=tig-welding&amp;status=withdrawn"))
  }

  @Test func `what is merged is at the other's address, and the id's page names the slug's`() throws
  {
    try reader.post("/v1/credentials/safety:merge", #"{"into": "tig-welding"}"#, fields)
    let merged = try reader.get("/credentials/safety")
    #expect(merged.status == 308)
    #expect(merged["Location"] == "/credentials/tig-welding")
    let item = try JSONValue(
      parsing: reader.get("/v1/credentials/tig-welding", ["Accept": "application/json"]).body)
    let id = try #require(item["id"]?.string)
    let page = try reader.get("/credentials/\(id)")
    #expect(
      page.text.contains(
        "<link rel=\"canonical\" href=\"https://cairn.example/credentials/tig-welding\">"))
  }

  @Test func `its past is a page of its own, and a day that is none is refused`() throws {
    #expect(try reader.get("/credentials/tig-welding?as_of=2020-01-01").status == 404)
    #expect(try reader.get("/credentials/tig-welding?as_of=yesterday").status == 400)
    let now = try reader.get("/credentials/tig-welding?as_of=")
    #expect(now.text.contains("name=\"as_of\" type=\"date\""))
    let past = try reader.get("/credentials/tig-welding?as_of=2100-01-01")
    #expect(past.status == 400 || past.text.contains("This is as it stood on"))
  }

  @Test(arguments: ["fr", "de"])
  func `every word of the page is in its language`(language: String) throws {
    let page = try reader.get("/credentials/tig-welding?lang=\(language)").text
    #expect(page.contains(language == "fr" ? "<dd>24 mois" : "<dd>24 Monate"))
    #expect(page.contains("href=\"/countries/DK?lang=\(language)\""))
    #expect(!page.contains("Learning outcomes") && !page.contains("not stated"))
  }

  /// The properties that schema.org has for a credential, as far as they are used.
  private let properties: Set = [
    "@context", "@type", "@id", "url", "name", "description", "identifier", "sameAs",
    "credentialCategory", "dateModified", "version", "provider", "recognizedBy",
    "competencyRequired", "educationalLevel", "inLanguage", "validIn", "validFor", "timeRequired",
    "offers",
  ]

  @Test func `search engines are told in the words of schema.org, and only what is stated`() throws
  {
    let data = try linkedData(reader.get("/credentials/tig-welding").text)
    #expect(data["@type"] == "EducationalOccupationalCredential")
    #expect(data["name"] == "TIG <welding> & more")
    #expect(data["url"] == "https://cairn.example/credentials/tig-welding")
    #expect(data["validFor"] == "P24M")
    #expect(data["offers"]?["priceCurrency"] == "EUR")
    #expect(data["recognizedBy"] != nil && data["timeRequired"] == nil)
    #expect(Set(data.members.map(\.name)).isSubset(of: properties))
    let deck = try linkedData(reader.get("/credentials/international-welding-engineer-iwe").text)
    #expect(deck["timeRequired"] == "PT448H")
    #expect(deck["offers"] == nil && deck["provider"] == nil)
  }
}

/// The JSON-LD that a page carries.
func linkedData(_ page: String) throws -> JSONValue {
  let begin = try #require(page.firstRange(of: "<script type=\"application/ld+json\">"))
  let rest = page[begin.upperBound...]
  let end = try #require(rest.firstRange(of: "</script>"))
  return try JSONValue(parsing: Array(rest[..<end.lowerBound].utf8))
}
