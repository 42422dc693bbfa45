import Foundation
import HTTPTypes
import Testing
import Wire

@Suite("GET /v1/credentials?q=") struct SearchTests {
  let api: TestAPI
  let fields: [String: String]

  init() throws {
    let courses = try MetalCourses()
    (api, fields) = (courses.api, courses.fields)
  }

  private func found(_ q: String, _ more: String = "") throws -> [String] {
    let q = try #require(q.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
    return try api.names("/v1/credentials?fields=slug&q=\(q)\(more)")
  }

  @Test func `what is found is ordered by where the words stand`() throws {
    #expect(try found("brazing") == ["titled", "long", "awarded", "taught", "described"])
  }

  @Test(arguments: [
    ("braz*", ["titled", "long", "awarded", "taught", "described"]),
    ("BRAZING", ["titled", "long", "awarded", "taught", "described"]),
    ("\"brazing of copper\"", ["long"]), ("copper brazing", ["long"]), ("\"copper brazing\"", []),
    ("\"brazing of cop*\"", ["long"]), ("\"brazing of copper", ["long"]),
    ("lodning", ["titled"]), ("pa kobberror", []), ("pa kobberrør", ["titled"]),
    ("etain", ["described"]), ("ÉTAIN", ["described"]), ("e\u{301}tain", ["described"]),
    ("aarhus", []), ("arhus metalwork", ["described"]),
    ("århus brazing", ["long", "titled", "awarded", "taught", "described"]),
    ("e-commerce", ["commerce"]), ("commerce-e", []), ("金属加工", ["commerce"]), ("金属*", ["commerce"]),
    ("tools risks", ["taught"]), ("braz", []), ("brazing, copper!", ["long"]),
  ])
  func `words, prefixes and phrases are found, accents or not`(q: String, slugs: [String]) throws {
    #expect(try found(q) == slugs)
  }

  @Test(arguments: [
    "the of and", "?!", "\"", "\"\"", "\"\"\"", "*", "**", "\"*\"", "AND", "OR NOT", "NEAR(",
    "NEAR(a b, 2)", "a AND", "(", ")", "-",
    "-a", "title:", "title:brazing", "{title}:x", ":", "^", "^brazing", "+", "a + b", "\\", "'",
    ";", "--", "%", "🙂", "🇩🇰 🙂",
    "\u{1}\u{2}\u{1E}", "\u{200D}", "\u{301}", "漢", "ß", "NULL", "rowid", "rank",
    "braz* OR", "\u{10FFFF}", "\u{E000}",
    String(repeating: "a ", count: 1800), String(repeating: "\"", count: 2000),
    String(repeating: "x", count: 7000),
  ])
  func `whatever is typed is a question with an answer`(q: String) throws {
    _ = try found(q)
    _ = try found(q, "&sort=title&highlight=true")
    _ = try found(q, "&highlight=true&count=exact")
  }

  @Test func `an empty box asks for everything, one of punctuation for nothing`() throws {
    #expect(try found("").count == 14)
    #expect(try found("  ").count == 14)
    #expect(try found("?!") == [])
  }

  @Test func `a search combines with filters, and with an order of one's own`() throws {
    #expect(try found("brazing", "&country=DK") == ["titled"])
    #expect(try found("brazing", "&country=IE") == [])
    #expect(try found("brazing", "&sort=-title").first == "awarded")
    #expect(
      try api.get("/v1/credentials?q=brazing&count=exact&limit=1").json["total"] == .number(5))
  }

  @Test(arguments: [1, 2, 3]) func `pages show each row once, the best first`(limit: Int) throws {
    var walked: [String] = []
    var target: String? = "/v1/credentials?q=brazing&fields=slug&limit=\(limit)"
    while let page = target {
      let answer = try api.get(page)
      walked += answer.json["items"]?.items.compactMap { $0["slug"]?.string } ?? []
      target = answer.next
      try #require(walked.count <= 5)
      // A better one comes in between: it stands before the pages that are still to come.
      _ = try api.respond(.post, "/v1/credentials", fields, #"{"title": "Brazing"}"#)
    }
    #expect(walked == ["titled", "long", "awarded", "taught", "described"])
  }

  @Test func `more than are ranked are still all found, once`() throws {
    for number in 0..<560 {
      let place = number.isMultiple(of: 14) ? "description" : "title"
      let other = place == "title" ? "" : #""title": "Another", "#
      let body =
        #"{\#(other)"\#(place)": "Kiln \#(number % 7) firing", "external_id": "\#(number)"}"#
      let answer = try api.respond(.post, "/v1/credentials", fields, body)
      try #require(answer.status == 201)
    }
    var titles: [String] = []
    var target: String? = "/v1/credentials?q=kiln&fields=external_id,title&limit=90"
    var ids: Set<String> = []
    while let page = target {
      let answer = try api.get(page)
      for item in answer.json["items"]?.items ?? [] {
        titles.append(item["title"]?["en"]?.string ?? "")
        ids.insert(item["external_id"]?.string ?? "")
      }
      target = answer.next
      try #require(titles.count <= 560)
    }
    #expect(titles.count == 560)
    #expect(ids.count == 560)
    #expect(titles.prefix(520).allSatisfy { $0.hasPrefix("Kiln") })
  }

  @Test(arguments: ["WyJxIiwwLG51bGwsbnVsbF0", "WyJxIiw1LG51bGwsMSwxXQ", "x"])
  func `a cursor of another list is refused`(cursor: String) throws {
    #expect(try api.get("/v1/credentials?q=brazing&cursor=\(cursor)").places == ["cursor"])
    let other = try #require(try api.get("/v1/credentials?limit=1").json["next"]?.string)
    #expect(try api.get("/v1/credentials?q=brazing&cursor=\(other)").places == ["cursor"])
  }

  @Test(arguments: [
    ("brasing", "brazing"), ("rbazing", "brazing"), ("brazing coper", "brazing copper"),
    ("coper*", "copper*"), ("techniske", "tekniske"),
    ("zzzzzz", nil), ("brazing zzzzzz", nil), ("copper commerce", nil),
  ])
  func `nothing found is answered with what was probably meant`(q: String, meant: String?) throws {
    let q = try #require(q.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
    let answer = try api.get("/v1/credentials?q=\(q)")
    #expect(answer.json["items"] == .array([]))
    #expect(answer.json["did_you_mean"]?.string == meant)
    #expect(try api.get("/v1/credentials?q=\(q)&country=MT").json["did_you_mean"] == nil)
  }

  @Test(arguments: [
    "count=exact", "facets=kind", "count=exact&facets=country&country=DK", "sort=title",
    "sort=-updated_at&count=exact&highlight=true",
  ])
  func `what was probably meant is said however the answer is counted and sorted`(more: String)
    throws
  {
    let list = "/v1/credentials?\(more)&q="
    #expect(try api.get(list + "rbazing").json["did_you_mean"] == "brazing")
    #expect(try api.get(list + "rbazing&status=withdrawn").json["did_you_mean"] == nil)
    #expect(try api.get(list + "brazing").json["did_you_mean"] == nil)
  }

  @Test func `a change is found, and what it replaced is not`() throws {
    let patched = try api.respond(
      .patch, "/v1/credentials/titled", fields.merging(["If-Match": "*"]) { $1 },
      #"{"title": {"en": "Riveting"}}"#)
    #expect(patched.status == 200, "\(patched.text)")
    #expect(try found("riveting") == ["titled"])
    #expect(try found("brazing").contains("titled") == false)
    #expect(try found("kobberrør") == ["titled"])
  }

  @Test func `credentials follow their provider's name`() throws {
    #expect(try found("tekniske metalwork") == ["described"])
    let renamed = try api.respond(
      .patch, "/v1/providers/arhus-tekniske-skole", fields.merging(["If-Match": "*"]) { $1 },
      #"{"name": {"en": "Aros College"}}"#)
    #expect(renamed.status == 200, "\(renamed.text)")
    #expect(try found("tekniske metalwork") == [])
    #expect(try found("aros metalwork") == ["described"])
  }

  @Test func `what goes and what changes between pages moves nothing else`() throws {
    let first = try api.get("/v1/credentials?q=brazing&fields=slug&limit=2")
    #expect(first.json["items"]?.items.map { $0["slug"]?.string } == ["titled", "long"])
    for slug in ["titled", "awarded"] {
      let answer = try api.respond(
        .delete, "/v1/credentials/\(slug)", fields.merging(["If-Match": "*"]) { $1 })
      #expect(answer.status == 200, "\(answer.text)")
    }
    let next = try #require(first.json["next"]?.string)
    #expect(try found("brazing", "&cursor=\(next)") == ["taught", "described"])
  }

  @Test func `a prefix finds every word that it begins, few or many`() throws {
    let words = (0..<40).map { "kiln\(String(UnicodeScalar(UInt8(97 + $0 / 26))))\($0)" }
    for (slug, some) in [("few", words.prefix(3)), ("many", words.suffix(37))] {
      let title = #"{"slug": "\#(slug)", "title": "\#(some.joined(separator: " "))"}"#
      #expect(try api.respond(.post, "/v1/credentials", fields, title).status == 201)
    }
    #expect(try found("kiln*") == ["few", "many"])
    #expect(try found("kilnb*") == ["many"])
    #expect(try found("kilna1*") == ["few", "many"])
    #expect(try found("kilna0* kilna2*") == ["few"])
    #expect(try found("kilnz*") == [])
  }

  @Test func `drafts are searched by their provider alone`() throws {
    _ = try api.respond(
      .post, "/v1/credentials", fields, #"{"slug": "d", "title": "Forging", "status": "draft"}"#)
    #expect(try found("forging", "&status=draft") == [])
    let own = try api.respond(.get, "/v1/credentials?q=forging&status=draft&fields=slug", fields)
    #expect(own.json["items"]?.items.map { $0["slug"]?.string } == ["d"])
  }
}
