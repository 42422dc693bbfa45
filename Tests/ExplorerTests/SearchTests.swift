import HTTPTypes
import Testing
import Wire

@testable import Explorer

@Suite("/credentials") struct SearchTests {
  let reader: Reader
  init() throws { reader = try Reader() }

  private func post(_ body: String) throws {
    let answer = try reader.respond(.post, "/v1/credentials", reader.writer(), body)
    #expect(answer.status == 201, "\(answer.text)")
  }

  @Test func `a page has what was found, the count, and facets with "not stated" among them`()
    throws
  {
    let page = try reader.get("/credentials?q=welding")
    #expect(page.text.contains("<p class=\"count\" role=\"status\">3 results</p>"))
    #expect(page.text.contains("<mark>Welding</mark> Engineer"))
    #expect(page.text.contains("href=\"/credentials?q=welding&amp;country=null\""))
    #expect(
      page.text.contains(
        "<span class=\"not-stated\">not stated</span></span> <span class=\"number\">2</span>"))
  }

  @Test func `a value is chosen by a link, let go by the same link, and shown as a chip`() throws {
    let page = try reader.get("/credentials?country=DK,FR&sort=title")
    #expect(
      page.text.contains(
        "href=\"/credentials?country=FR&amp;sort=title\" aria-current=\"true\"><span>Denmark"))
    #expect(page.text.contains("Remove filter:</span> Country: France</a>"))
    #expect(page.text.contains("href=\"/credentials?country=DK,FR,MT&amp;sort=title\""))
    #expect(page.text.contains("href=\"/v1/credentials.csv?country=DK,FR&amp;sort=title\""))
  }

  @Test(arguments: [
    ("workload_hours=100..", "from 100"), ("eqf_level=!null", "EQF level: stated"),
    ("country=!DK", "Country: not Denmark"), ("highly_targeted=true", "Highly targeted: yes"),
    ("missing=learning_outcomes", "Missing element: Learning outcomes"),
    ("hours_from=10&hours_to=200", "Workload in hours: 10–200"),
    ("hours_from=&hours_to=30", "up to 30"),
  ])
  func `every way to narrow is said in words`(query: String, words: String) throws {
    let page = try reader.get("/credentials?\(query)")
    #expect(page.status == 200)
    #expect(page.text.contains(words == "from 100" ? "100 or more" : words))
  }

  @Test
  func `of many providers the largest are shown, what was chosen, and how many others there are`()
    throws
  {
    let fields = try reader.writer()
    for number in 1...12 {
      try reader.post("/v1/providers", #"{"slug": "p\#(number)", "name": "P \#(number)"}"#, fields)
      for _ in number...12 { try post(#"{"title": "Numbered", "provider": "p\#(number)"}"#) }
    }
    let page = try reader.get("/credentials?q=numbered").text
    #expect(page.contains("id=\"provider-p7\"") && !page.contains("id=\"provider-p8\""))
    #expect(page.contains("5 more ·</span> <a href=\"/providers\">All providers</a>"))
    #expect(page.contains("facet_limit="))
    let chosen = try reader.get("/credentials?q=numbered&provider=p12").text
    #expect(chosen.contains("aria-current=\"true\"><span>P 12</span> <span class=\"number\">1<"))
    #expect(chosen.contains("4 more ·</span>"))
  }

  @Test func `ranges of hours say how many results each would give`() throws {
    for hours in [5, 9, 35] {
      try post(#"{"title": "Numbered", "workload": {"hours": \#(hours)}}"#)
    }
    try post(#"{"title": "Numbered"}"#)
    for chosen in ["", "&workload_hours=10..40", "&workload_hours=300..&sort=title"] {
      let page = try reader.get("/credentials?q=numbered\(chosen)").text
      let counts = page.matches(of: /id="hours-([^"]*)".*?class="number">([0-9]*)</)
        .map { "\($0.1): \($0.2)" }
      #expect(
        counts == ["..10: 2", "10..40: 1", "40..100: 0", "100..300: 0", "300..: 0", "null: 1"])
    }
  }

  @Test func `pages follow one another, with a way back to the start`() throws {
    for number in 1...21 { try post(#"{"title": "Numbered \#(number)"}"#) }
    let first = try reader.get("/credentials?q=numbered")
    let next = try #require(first.text.firstMatch(of: /rel="next" href="([^"]*)"/))
    let second = try reader.get(String(next.1).replacing("&amp;", with: "&"))
    #expect(second.text.matches(of: /class="result card"/).count == 1)
    #expect(second.text.contains("<a class=\"button plain\" href=\"/credentials?q=numbered\">"))
  }

  @Test func `what is misspelt or nowhere gets advice`() throws {
    let page = try reader.get("/credentials?q=wleding&sector=C")
    #expect(page.text.contains("href=\"/credentials?q=welding&amp;sector=C\">welding</a>"))
    #expect(page.text.contains("Remove a filter above."))
    // The API is asked for credentials once where there are none to choose from.
    #expect(page.text.matches(of: /<a href="\/v1\/credentials\?q=wleding/).count == 1)
  }

  @Test func `an unknown parameter or value is refused in the API's words, with the nearest name`()
    throws
  {
    let page = try reader.get("/credentials?secter=C")
    #expect(page.status == 400)
    #expect(page["Content-Type"] == "text/html; charset=utf-8")
    #expect(page.text.contains("Did you mean sector?"))
    #expect(try reader.get("/credentials?country=DX").text.contains("Did you mean"))
  }

  @Test func `hostile words and titles are text`() throws {
    try post(#"{"title": "<script>alert(1)</script> & <mark>x</mark> forging"}"#)
    let page = try reader.get("/credentials?q=%3Cscript%3E%22'forging")
    #expect(!page.text.contains("<script>"))
    #expect(page.text.contains("value=\"&lt;script&gt;&quot;&#39;forging\""))
    let found = try reader.get("/credentials?q=forging")
    #expect(
      found.text.contains(
        "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;mark&gt;x&lt;/mark&gt; <mark>forging</mark>"
      ))
  }

  @Test func `one of something is one`() throws {
    try post(#"{"title": "Short course", "workload": {"hours": 7.5, "days": 1, "months": 1}}"#)
    #expect(
      try reader.get("/credentials?q=short").text.contains("7.5 hours · 1 day · 1 month</dd>"))
    #expect(
      try reader.get("/credentials?q=short&lang=de").text.contains(
        "7,5 Stunden · 1 Tag · 1 Monat</dd>"))
  }

  @Test func `what the page asks for itself can't be asked of it`() throws {
    #expect(
      try reader.get("/credentials?format=csv&fields=id&limit=1&q=").text.contains("7 results")
        == false)
    #expect(try reader.get("/credentials?format=csv&fields=id&q=").status == 200)
  }

  @Test func `words are the page's, titles keep their language`() throws {
    try post(#"{"title": {"fi": "Hitsaus"}, "languages": ["fi"], "participation": ["online"]}"#)
    let page = try reader.get("/credentials?q=hitsaus&lang=de")
    #expect(page.text.contains("<span lang=\"fi\"><mark>Hitsaus</mark></span>"))
    #expect(page.text.contains("Finnisch") && page.text.contains("keine Angabe"))
    #expect(page.text.contains("href=\"/credentials?q=hitsaus&amp;language=fi&amp;lang=de\""))
  }
}
