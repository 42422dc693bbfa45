import HTTPTypes
import Registry
import Testing
import Wire

@Suite("/v1/…/{slug}/history and ?as_of=") struct HistoryTests {
  let api: TestAPI
  let fields: [String: String]

  init() throws {
    api = try TestAPI()
    fields = try api.provider().fields
  }

  @discardableResult
  private func post(_ body: String) throws -> Answer {
    let answer = try api.respond(.post, "/v1/credentials", fields, body)
    #expect(answer.status == 201)
    return answer
  }

  @discardableResult
  private func change(_ method: HTTPRequest.Method, _ body: String = "") throws -> Answer {
    let fields = fields.merging(["If-Match": "*"]) { $1 }
    let answer = try api.respond(method, "/v1/credentials/tig-welding", fields, body)
    #expect(answer.status == 200)
    return answer
  }

  private func history(_ fields: [String: String] = [:], _ query: String = "") throws -> [JSON] {
    try api.respond(.get, "/v1/credentials/tig-welding/history" + query, fields).json["items"]?
      .items
      ?? []
  }

  @Test func `every write is told with who, what, and from what to what, the newest first`() throws
  {
    try post(#"{"title": "TIG welding", "countries": ["DK"]}"#)
    try change(.patch, #"{"countries": null, "sector": "C"}"#)
    try change(.put, #"{"title": "TIG"}"#)
    try change(.delete)
    let changes = try history()
    #expect(changes.map { $0["action"]?.string } == ["withdraw", "replace", "patch", "create"])
    #expect(changes.map { $0["version"]?.number } == [4, 3, 2, 1])
    #expect(changes.allSatisfy { $0["by"]?["role"]?.string == "provider" })
    #expect(changes.allSatisfy { $0["provider"]?.string == "welding-school" })
    #expect(
      changes[0]["before"] == .object(["status": .string("published")])
        && changes[0]["after"] == .object(["status": .string("withdrawn")]))
    #expect(
      changes[2]["before"]
        == .object(["countries": .array([.string("DK")]), "sector": .null]))
    #expect(changes[2]["after"] == .object(["countries": .null, "sector": .string("C")]))
    #expect(changes[3]["before"] == .null)
    #expect(changes[3]["after"]?["title"] == .object(["en": .string("TIG welding")]))
    #expect(changes[3]["after"]?["countries"] == .array([.string("DK")]))
    #expect(changes[3]["after"]?["sector"] == nil)
  }

  @Test func `no key's secret is in a history`() throws {
    try post(#"{"title": "TIG welding"}"#)
    let text = try api.get("/v1/credentials/tig-welding/history").text
    #expect(!text.contains("cairn_"))
  }

  @Test func `a history comes in pages that neither repeat nor lose a change`() throws {
    try post(#"{"title": "TIG welding"}"#)
    for number in 2...7 { try change(.patch, #"{"note": "\#(number)"}"#) }
    var versions: [Double] = []
    var target = "/v1/credentials/tig-welding/history?limit=3"
    while true {
      let page = try api.get(target)
      versions += page.json["items"]?.items.compactMap { $0["version"]?.number } ?? []
      guard let next = page.json["next"]?.string else { break }
      #expect(page["Link"]?.contains("cursor=\(next)") == true)
      target = "/v1/credentials/tig-welding/history?limit=3&cursor=\(next)"
      // What comes meanwhile is on no page that is still to come.
      try change(.patch, #"{"note": "later"}"#)
    }
    #expect(versions == [7, 6, 5, 4, 3, 2, 1])
    let lines = try api.get("/v1/credentials/tig-welding/history.ndjson").lines
    #expect(lines.last?["action"]?.string == "create")
  }

  @Test func `a provider has a history, too, and one who wasn't there has none`() throws {
    let changes = try api.get("/v1/providers/welding-school/history").json["items"]?.items
    #expect(changes?.count == 1)
    #expect(changes?.first?["by"]?["role"]?.string == "admin")
    #expect(try api.get("/v1/providers/nobody/history").status == 404)
    #expect(try api.get("/v1/credentials/nobody/history").status == 404)
  }

  @Test func `what was loaded with the registry has a history without a key`() throws {
    let answer = try api.get("/v1/credentials/mapped-microcredential-8/history")
    let changes = answer.json["items"]?.items
    #expect(changes?.map { $0["by"] } == [.null])
  }

  @Test
  func
    `a draft's changes are its provider's and the admins' to see, and begin for others once it is published`()
    throws
  {
    try post(#"{"title": "TIG welding", "status": "draft", "note": "secret"}"#)
    try change(.patch, #"{"note": "secret still"}"#)
    #expect(try api.get("/v1/credentials/tig-welding/history").status == 404)
    #expect(try history(fields).count == 2)
    try change(.patch, #"{"status": "published", "note": null}"#)
    for reader in [[:], try api.provider("Another School").fields] {
      let changes = try history(reader)
      #expect(changes.map { $0["version"]?.number } == [3])
      #expect(changes[0]["before"] == .null)
      #expect(changes[0]["after"]?["title"] == .object(["en": .string("TIG welding")]))
      #expect(!"\(changes)".contains("secret"))
    }
    #expect(try history(fields).count == 3)
    #expect(try history(try api.writer()).count == 3)
    try change(.patch, #"{"status": "draft", "note": "secret again"}"#)
    let feed =
      try api.get("/v1/changes?provider=welding-school&noun=credential").json["items"]?.items ?? []
    #expect(feed.map { $0["version"]?.number } == [3, 4])
    #expect(feed.last?["after"] == .null)
    #expect(feed.last?["before"] == .object(["status": .string("published")]))
  }
}

@Suite("?as_of=") struct AsOfTests {
  let api: TestAPI
  private let clock = Clock()
  let fields: [String: String]

  init() throws {
    try clock.set("2025-01-01")
    api = try TestAPI(environment: clock.environment)
    fields = try api.provider().fields.merging(["If-Match": "*"]) { $1 }
  }

  private func asOf(_ moment: String, _ more: String = "", _ fields: [String: String] = [:]) throws
    -> Answer
  {
    try api.respond(.get, "/v1/credentials/tig-welding?as_of=\(moment)\(more)", fields)
  }

  @Test(.enabled(if: TestAPI.isInProcess))
  func `an item is read as it stood at a date or a time, and isn't there before it was made`()
    throws
  {
    try clock.set("2026-01-01T12:00:00Z")
    let first = try api.respond(
      .post, "/v1/credentials", fields,
      #"{"title": "TIG welding", "countries": ["DK"], "integration": "both", "levels": [{"framework": "EQF", "level": "4"}]}"#
    )
    try clock.set("2026-03-01")
    let second = try api.respond(
      .patch, "/v1/credentials/tig-welding", fields,
      #"{"countries": ["IE"], "integration": null, "levels": null, "note": "n"}"#)
    try clock.set("2026-06-01")
    _ = try api.respond(.delete, "/v1/credentials/tig-welding", fields)
    #expect(try asOf("2026-01-01").status == 404)
    #expect(try asOf("2026-01-01T12:00:00Z").text == first.text)
    #expect(try asOf("2026-02-28T23:59:59Z").json == first.json)
    #expect(try asOf("2026-03-01").json == second.json)
    #expect(try asOf("2026-06-01").json["status"]?.string == "withdrawn")
    #expect(
      try asOf("2026-02-01", "&fields=countries,version").text
        == #"{"countries":["DK"],"version":1}"# + "\n")
  }

  @Test(.enabled(if: TestAPI.isInProcess))
  func `what was a draft then is its provider's alone, then as now`() throws {
    try clock.set("2026-01-01")
    _ = try api.respond(
      .post, "/v1/credentials", fields, #"{"title": "TIG welding", "status": "draft"}"#)
    try clock.set("2026-02-01")
    _ = try api.respond(
      .patch, "/v1/credentials/tig-welding", fields, #"{"status": "published"}"#)
    #expect(try asOf("2026-01-15").status == 404)
    #expect(try asOf("2026-01-15", "", fields).json["status"]?.string == "draft")
    #expect(try asOf("2026-02-01").status == 200)
  }

  @Test(arguments: ["yesterday", "2026-02-30", "9999-01-01", ""])
  func `what is no moment of the past is refused`(text: String) throws {
    let answer = try api.get("/v1/providers/welding-school?as_of=\(text)")
    #expect(answer.status == 400)
    #expect(answer.places == ["as_of"])
    #expect(try api.get("/v1/frameworks/EQF?as_of=2026-01-01").status == 400)
  }
  @Test(arguments: [
    "countries", "countries/IE", "countries/IE?include=all", "countries/aggregate?group_by=eea",
    "statements", "compare?countries=IE", "providers/welding-school",
  ])
  func `what is still to come is refused, a year alone as well`(path: String) throws {
    let mark = path.contains("?") ? "&" : "?"
    for (text, said) in [("9999-12-31", "9999-12-31"), ("9999", "9999-01-01")] {
      // Of an item the moment is meant, so there a year is none.
      if path.hasPrefix("providers"), text == "9999" { continue }
      let answer = try api.get("/v1/\(path)\(mark)as_of=\(text)")
      #expect(answer.status == 400 && answer.places == ["as_of"], "\(answer.text)")
      #expect(answer.text.contains("\(said)T00:00:00Z is still to come."), "\(answer.text)")
    }
  }

  @Test func `the year that has begun is as it is by now`() throws {
    let now = TestAPI.isInProcess ? "2025" : String(Instant.current().text.prefix(4))
    #expect(try api.get("/v1/countries/IE?as_of=\(now)").status == 200)
  }
}
