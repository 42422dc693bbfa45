import HTTPTypes
import Registry
import Testing
import Wire

@Suite("GET /v1/credentials") struct ListCredentialsTests {
  let api: TestAPI

  init() throws {
    api = try TestAPI(empty: false)
    let fields = try api.provider().fields
    for body in Self.bodies {
      let answer = try api.respond(.post, "/v1/credentials", fields, body)
      #expect(answer.status == 201, "\(answer.text)")
    }
  }

  private static let bodies = [
    #"{"slug": "a", "title": {"en": "Aluminium welding", "da": "Svejsning"}, "countries": ["DK"], "sector": "C", "nace": "25", "workload": {"hours": 120}, "credit": {"system": "ecvet", "points": 5}, "levels": [{"framework": "IE-NFQ", "level": "6"}], "participation": ["in_person", "blended"], "languages": ["da", "en"], "isced_f": ["0715"], "integration": "stackable", "price": {"amount": 100, "currency": "EUR"}}"#,
    #"{"slug": "b", "title": "Baking", "countries": ["DK", "IE"], "sector": "I", "workload": {"hours_min": 50, "hours_max": 80}, "credit": {"system": "ects", "points": 2.5}, "levels": [{"framework": "EQF", "level": "3"}], "participation": ["online"], "languages": ["en"], "integration": "stand_alone", "kind": "unit"}"#,
    #"{"slug": "c", "title": "Care at home", "countries": ["IE"], "workload": {"days": 3}, "learning_outcomes": [{"kind": "skill", "text": "Lift a person safely"}]}"#,
    #"{"slug": "d", "title": "A draft", "status": "draft", "countries": ["IE"]}"#,
  ]

  @Test(arguments: [
    ("country=DK", ["a", "b"]), ("country=IE", ["b", "c"]), ("country=DK,IE", ["a", "b", "c"]),
    ("country=IE&country=DK", ["b"]), ("country=!IE", ["a"]), ("sector=C", ["a"]),
    ("sector=null", ["c"]), ("sector=!null", ["a", "b"]), ("nace=25", ["a"]),
    ("isced_f=0715", ["a"]), ("language=da", ["a"]), ("language=!da", ["b"]),
    ("kind=unit", ["b"]), ("kind=!unit", ["a", "c"]),
    ("workload_hours=100..", ["a"]), ("workload_hours=..60", ["b"]), ("workload_hours=70", ["b"]),
    ("workload_hours=70..130", ["a", "b"]), ("workload_hours=null", ["c"]),
    ("credit_system=ects", ["b"]), ("credit_points=2..5", ["a", "b"]),
    ("credit_system=null", ["c"]),
    ("framework=IE-NFQ", ["a"]), ("level=IE-NFQ-6", ["a"]), ("eqf_level=5", ["a"]),
    ("eqf_level=2..4", ["b"]), ("eqf_level=3..5", ["a", "b"]), ("level=null", ["c"]),
    ("participation=blended", ["a"]), ("participation=online,blended", ["a", "b"]),
    ("stackable=true", ["a"]), ("stackable=false", ["b"]), ("stackable=null", ["c"]),
    ("integration=stand_alone", ["b"]), ("price_amount=50..150", ["a"]),
    ("q=alu*", ["a"]), ("q=svejsning", ["a"]), ("q=lift%20person", ["c"]), ("q=welder", []),
    ("q=welding%20school", ["a", "b", "c"]),
    ("missing=learning_outcomes", ["a", "b"]), ("status=draft", ["d"]), ("status=withdrawn", []),
    ("status=draft,published&country=IE", ["b", "c", "d"]),
  ])
  func `a filter keeps what it says`(filter: String, slugs: [String]) throws {
    let provider = try api.writer(.provider(slug: "welding-school"))
    let answer = try api.respond(
      .get, "/v1/credentials?provider=welding-school&fields=slug&sort=title&\(filter)", provider)
    let found = answer.json["items"]?.items.compactMap { $0["slug"]?.string } ?? []
    #expect(answer.status == 200, "\(answer.text)")
    #expect(found.sorted() == slugs)
  }

  @Test func `drafts are shown to their provider alone`() throws {
    #expect(try api.names("/v1/credentials?status=draft") == [])
    #expect(try api.get("/v1/credentials/d").status == 404)
    let other = try api.provider("Another School").fields
    #expect(try api.respond(.get, "/v1/credentials/d", other).status == 404)
    let own = try api.writer(.provider(slug: "welding-school"))
    #expect(try api.respond(.get, "/v1/credentials/d", own).status == 200)
  }

  @Test(arguments: [
    ("title", ["a", "b", "c"]), ("-title", ["c", "b", "a"]), ("workload", ["c", "b", "a"]),
    ("-workload,title", ["a", "b", "c"]), ("-price", ["a", "c", "b"]),
  ])
  func `a list has the order asked for`(sort: String, slugs: [String]) throws {
    #expect(try api.names("/v1/credentials?provider=welding-school&sort=\(sort)") == slugs)
  }

  @Test(arguments: ["", "&sort=title", "&sort=-workload", "&sort=price,-title"], [1, 2, 5])
  func `pages by cursor show everything once, whatever the order`(sort: String, limit: Int) throws {
    let whole = try api.names("/v1/credentials?fields=slug\(sort)&limit=1000")
    var walked: [String] = []
    var target: String? = "/v1/credentials?fields=slug\(sort)&limit=\(limit)"
    while let page = target {
      let answer = try api.get(page)
      walked += answer.json["items"]?.items.compactMap { $0["slug"]?.string } ?? []
      // RFC 8288: the link is where the body's `next` leads.
      target = answer.next
      #expect((answer.json["next"] == .null) == (target == nil))
      try #require(walked.count <= whole.count)
    }
    #expect(walked == whole)
    #expect(whole.count == 11)
  }

  @Test func `count=exact counts past the page`() throws {
    let answer = try api.get("/v1/credentials?provider=welding-school&limit=1&count=exact")
    #expect(answer.json["total"] == .number(3))
    #expect(try api.get("/v1/credentials").json["total"] == nil)
  }

  @Test func `fields picks members, in the order asked for`() throws {
    let answer = try api.get("/v1/credentials?provider=welding-school&fields=title,slug&limit=1")
    #expect(
      answer.text.hasPrefix(
        #"{"items":[{"title":{"en":"Aluminium welding","da":"Svejsning"},"slug":"a"}]"#))
  }

  @Test(arguments: ["/v1/credentials.csv?", "/v1/credentials?format=csv&"])
  func `the same list as CSV`(path: String) throws {
    let answer = try api.get(
      path + "provider=welding-school&fields=slug,title,countries,workload&sort=title")
    #expect(answer["Content-Type"] == "text/csv; charset=utf-8; header=present")
    #expect(
      answer.text == """
        slug,title,countries,workload\r
        a,Aluminium welding,DK,"{""hours"":120}"\r
        b,Baking,DK; IE,"{""hours_min"":50,""hours_max"":80}"\r
        c,Care at home,IE,"{""days"":3}"\r

        """)
    let danish = try api.get(path + "provider=welding-school&fields=title&lang=da&q=alu*")
    #expect(danish.text == "title\r\nSvejsning\r\n")
  }

  @Test func `Accept chooses the format, and none of them is a 406`() throws {
    func type(_ accept: String) throws -> (Int, String?) {
      let answer = try api.respond(.get, "/v1/credentials", ["Accept": accept])
      return (answer.status, answer["Content-Type"])
    }
    #expect(try type("text/csv") == (200, "text/csv; charset=utf-8; header=present"))
    #expect(try type("text/csv;q=0.5, application/json") == (200, "application/json"))
    #expect(try type("*/*") == (200, "application/json"))
    #expect(try type("image/png").0 == 406)
  }

  @Test func `a cell that a spreadsheet would run is text`() throws {
    let fields = try api.writer(.provider(slug: "welding-school"))
    for title in ["=1+1", "+1", "-1", "@x"] {
      _ = try api.respond(
        .post, "/v1/credentials", fields, #"{"title": "\#(title)", "sector": "P"}"#)
    }
    let answer = try api.get("/v1/credentials.csv?sector=P&fields=title&sort=title")
    #expect(answer.text == "title\r\n'+1\r\n'-1\r\n'=1+1\r\n'@x\r\n")
  }

  @Test(arguments: [
    ("secter=C", "secter", "sector"), ("country=IX", "country", "country"),
    ("sector=c", "sector", "C"),
    ("participation=onlin", "participation", "online"), ("fields=titel", "fields", "title"),
    ("sort=titel", "sort", "title"), ("level=IE-NFQ-66", "level", "IE-NFQ-6"),
    ("eqf_level=9", "eqf_level", "EQF"), ("workload_hours=many", "workload_hours", "number"),
    ("stackable=maybe", "stackable", "true"), ("limit=0", "limit", "1000"),
    ("limit=x", "limit", "1"),
    ("count=yes", "count", "exact"), ("cursor=abc", "cursor", "next"),
    ("format=xml", "format", "csv"),
    ("country=", "country", "null"), ("country=..", "country", "range"),
    ("description=x", "description", "null"),
    ("sort=title&sort=title", "sort", "once"), ("country=DK,!IE", "country", "!"),
    ("updated_at=yesterday", "updated_at", "date"),
  ])
  func `what can't be understood is a 400 that names the nearest known`(
    query: String, parameter: String, hint: String
  ) throws {
    let answer = try api.get("/v1/credentials?\(query)")
    #expect(answer.status == 400)
    #expect(answer.places == [parameter])
    #expect(answer.json["detail"]?.string?.contains(hint) == true, "\(answer.text)")
  }

  @Test func `all that is wrong with a question is said at once`() throws {
    let answer = try api.get("/v1/credentials?secter=C&limit=0&fields=titel")
    #expect(Set(answer.places) == ["secter", "limit", "fields"])
  }

  @Test func `what hasn't changed is a 304, and what has is not`() throws {
    for target in [
      "/v1/credentials?country=DK", "/v1/credentials/a", "/v1/countries/IE", "/openapi.yaml",
    ] {
      let first = try api.get(target)
      let tag = try #require(first["ETag"])
      let again = try api.respond(.get, target, ["If-None-Match": tag])
      #expect(again.status == 304)
      #expect(again.body.isEmpty)
      #expect(again["ETag"] == tag)
      #expect(try api.respond(.get, target, ["If-None-Match": "\"other\""]).status == 200)
    }
  }
}
