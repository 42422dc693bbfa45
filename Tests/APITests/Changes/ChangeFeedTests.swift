import HTTPTypes
import Registry
import Testing
import Wire

@Suite("/v1/changes") struct ChangeFeedTests {
  let api: TestAPI
  let fields: [String: String]

  init() throws {
    api = try TestAPI()
    fields = try api.provider().fields
  }

  private func post(_ title: String, _ fields: [String: String]? = nil) throws {
    let answer = try api.respond(
      .post, "/v1/credentials", fields ?? self.fields, #"{"title": "\#(title)"}"#)
    #expect(answer.status == 201)
  }

  private var last: Int {
    get throws { Int(try api.get("/v1/changes?limit=1000").json["last"]?.number ?? -1) }
  }

  private func slugs(_ answer: Answer) -> [String] {
    answer.json["items"]?.items.compactMap { $0["slug"]?.string } ?? []
  }

  @Test func `changes come in the order of commits, and on from where one was`() throws {
    let start = try last
    for title in ["a", "b", "c"] { try post(title) }
    let first = try api.get("/v1/changes?since=\(start)&limit=2")
    #expect(slugs(first) == ["a", "b"])
    let next = try #require(first.json["next"]?.string)
    #expect(next.hasPrefix("\(start + 2)-"))
    #expect(first["Link"] == "</v1/changes?limit=2&since=\(next)>; rel=\"next\"")
    let second = try api.get("/v1/changes?since=\(start + 2)&limit=2")
    #expect(slugs(second) == ["c"])
    #expect(second.json["next"] == .null)
    #expect(second.json["last"] == .number(Double(start + 3)))
    #expect(
      first.json["items"]?.items.compactMap { $0["sequence"]?.number }
        == [Double(start + 1), Double(start + 2)])
    let caughtUp = try api.get("/v1/changes?since=\(start + 3)")
    #expect(slugs(caughtUp) == [])
    #expect(caughtUp.json["last"] == .number(Double(start + 3)))
  }

  @Test func `the newest come first where that is asked for, and on from where one was`() throws {
    let start = try last
    for title in ["a", "b", "c"] { try post(title) }
    let first = try api.get("/v1/changes?sort=-sequence&limit=2")
    #expect(slugs(first) == ["c", "b"])
    let next = try #require(first.json["next"]?.string)
    #expect(next.hasPrefix("\(start + 2)-"))
    #expect(
      first["Link"] == "</v1/changes?sort=-sequence&limit=2&before=\(next)>; rel=\"next\"")
    let second = try api.get("/v1/changes?sort=-sequence&before=\(start + 2)&limit=1000")
    #expect(slugs(second).first == "a")
    #expect(second.json["next"] == .null)
    #expect(second.json["last"] == .number(1))
    let all = try api.get("/v1/changes?sort=sequence&limit=1000")
    #expect(slugs(all) == (slugs(second).reversed() + ["b", "c"]))
    for bad in ["sort=at", "sort=-sequence&since=1", "before=3", "sort=-sequence&before=x"] {
      #expect(try api.get("/v1/changes?\(bad)").status == 400)
    }
  }

  @Test func `what is published again and again is told whole each time, in either order`() throws {
    let start = try last
    try post("t0")
    for number in 1...4 {
      for change in [
        #"{"status": "draft", "price": {"amount": \#(number), "currency": "EUR"}}"#,
        #"{"status": "published", "title": "t\#(number)", "note": \#(number % 2 == 0 ? "null" : "\"odd\"")}"#,
      ] {
        let answer = try api.respond(
          .patch, "/v1/credentials/t0", fields.merging(["If-Match": "*"]) { $1 }, change)
        #expect(answer.status == 200, "\(answer.text)")
      }
    }
    let onward = try api.get("/v1/changes?since=\(start)").json["items"]?.items ?? []
    let backward = try api.get("/v1/changes?sort=-sequence&limit=9").json["items"]?.items ?? []
    #expect(onward.count == 9 && onward == backward.reversed())
    let told = onward.filter { $0["before"] == .null }.compactMap { $0["after"] }
    #expect(told.map { $0["title"]?["en"] } == ["t0", "t1", "t2", "t3", "t4"])
    #expect(told.map { $0["price"]?["amount"] } == [nil, 1, 2, 3, 4])
    #expect(told.map { $0["note"] } == [nil, "odd", nil, "odd", nil])
  }

  @Test func `a refused write leaves no change and no gap`() throws {
    let start = try last
    #expect(try api.respond(.post, "/v1/credentials", fields, "{}").status == 422)
    try post("a")
    #expect(try last == start + 1)
  }

  @Test(arguments: [
    ("", [:]), ("&format=ndjson", [:]), ("", ["Accept": "text/event-stream"]),
    ("&limit=7&format=ndjson", [:]),
  ])
  func `who has been further than the registry is told to begin anew`(
    format: String, fields: [String: String]
  ) throws {
    let last = try last
    let ask = { (since: Int) in
      try api.respond(.get, "/v1/changes?since=\(since)\(format)", fields)
    }
    for since in [last + 1, .max] {
      let answer = try ask(since)
      #expect(answer.status == 409)
      #expect(answer.json["type"]?.string == "urn:cairn:problem:ahead")
      #expect(answer.json["detail"]?.string?.contains("change \(last)") == true)
    }
    // A live stream that is up to date has no end.
    if fields.isEmpty { #expect(try ask(last).status == 200) }
  }

  @Test(arguments: ["", "&format=ndjson", "&limit=7&format=ndjson"])
  func `so is who goes back from beyond the newest change`(format: String) throws {
    let last = try last
    for before in [last + 1, .max] {
      let answer = try api.get("/v1/changes?sort=-sequence&before=\(before)\(format)")
      #expect(answer.status == 409)
      #expect(answer.json["type"]?.string == "urn:cairn:problem:ahead")
    }
    #expect(try api.get("/v1/changes?sort=-sequence&before=\(last)\(format)").status == 200)
  }

  @Test(arguments: ["limit=7", "sort=-sequence"])
  func `a live stream has no limit and one order`(query: String) throws {
    let fields = ["Accept": "text/event-stream"]
    let answer = try api.respond(.get, "/v1/changes?\(query)", fields)
    #expect(answer.status == 400)
    #expect(answer.places == [query.split(separator: "=").first.map(String.init) ?? ""])
  }

  @Test func `so is a live stream by the id of the event that it had`() throws {
    let fields = ["Accept": "text/event-stream", "Last-Event-ID": "\(try last + 1)"]
    #expect(try api.respond(.get, "/v1/changes?since=0", fields).status == 409)
  }

  @Test func `filters are by noun and by provider`() throws {
    let start = try last
    let other = try api.provider("Another School")
    try post("a")
    try post("b", other.fields)
    let since = "/v1/changes?since=\(start)"
    #expect(slugs(try api.get(since + "&noun=provider")) == ["another-school"])
    #expect(slugs(try api.get(since + "&noun=credential")) == ["a", "b"])
    #expect(slugs(try api.get(since + "&provider=another-school")) == ["another-school", "b"])
    #expect(slugs(try api.get(since + "&provider=!another-school")) == ["a"])
  }

  @Test func `NDJSON comes whole, or as long as a limit says`() throws {
    for number in 0..<120 { try post("t\(number)") }
    let all = try api.get("/v1/changes.ndjson?provider=welding-school")
    #expect(all["Content-Type"] == "application/x-ndjson")
    #expect(all.lines.count == 121)
    #expect(
      try api.respond(.get, "/v1/changes?limit=7", ["Accept": "application/x-ndjson"]).lines.count
        == 7)
  }

  @Test(arguments: [
    ("since=x", "since"), ("since=-1", "since"), ("noun=credentials", "noun"), ("limit=0", "limit"),
    ("provider=nobody", "provider"), ("sort=at", "sort"), ("sinse=1", "sinse"),
  ])
  func `what can't be understood is refused by name`(query: String, parameter: String) throws {
    let answer = try api.get("/v1/changes?\(query)")
    #expect(answer.status == 400)
    #expect(answer.places == [parameter])
  }

  @Test func `there is no CSV of it`() throws {
    #expect(try api.get("/v1/changes.csv").status == 406)
    #expect(try api.respond(.get, "/v1/changes", ["Accept": "text/csv"]).status == 406)
  }
}
