import Foundation
import HTTPTypes
import Registry
import Testing
import Wire

/// Whose changes they are that somebody follows: numbers come again after a restore, with other changes.
@Suite("/v1/changes of another feed") struct FeedIdentityTests {
  let api: TestAPI
  private let other = "0123456789abcdef"

  init() throws { api = try TestAPI() }

  private var newest: (last: Int, feed: String) {
    get throws {
      let page = try api.get("/v1/changes?limit=1000").json
      return try (Int(#require(page["last"]?.number)), #require(page["feed"]?.string))
    }
  }

  @Test func `a page says which feed it is of, and the next one is asked for with that`() throws {
    let (last, feed) = try newest
    #expect(feed.wholeMatch(of: /[0-9a-f]{16}/) != nil)
    for (query, parameter) in [("", "since"), ("sort=-sequence&", "before")] {
      let page = try api.get("/v1/changes?\(query)limit=2")
      let next = try #require(page.json["next"]?.string)
      let end = try Int(#require(page.json["last"]?.number))
      #expect(next == "\(end)-\(feed)")
      #expect(
        page["Link"] == "</v1/changes?\(query)limit=2&\(parameter)=\(next)>; rel=\"next\"")
      let (said, bare) = try (
        api.get("/v1/changes?\(query)\(parameter)=\(next)"),
        api.get("/v1/changes?\(query)\(parameter)=\(end)")
      )
      #expect(said.status == 200 && said.body == bare.body)
    }
    let caughtUp = try api.get("/v1/changes?since=\(last)-\(feed)")
    #expect(caughtUp.json["items"]?.items.isEmpty == true && caughtUp.json["next"] == .null)
    let lines = try api.get("/v1/changes.ndjson?limit=2")
    #expect(lines["Link"]?.contains("since=2-\(feed)>") == true)
  }

  @Test(arguments: [
    ("since", "", [:]), ("since", "&format=ndjson", [:]), ("since", "&limit=3&format=ndjson", [:]),
    ("before", "&sort=-sequence", [:]), ("since", "", ["Accept": "text/event-stream"]),
  ])
  func `who follows another feed is told to read everything anew, however far it is`(
    parameter: String, query: String, fields: [String: String]
  ) throws {
    let (last, feed) = try newest
    for number in [0, last, last + 1] {
      let answer = try api.respond(
        .get, "/v1/changes?\(parameter)=\(number)-\(other)\(query)", fields)
      #expect(answer.status == 409)
      #expect(answer.json["type"]?.string == "urn:cairn:problem:other-feed")
      let detail = answer.json["detail"]?.string ?? ""
      #expect(detail.contains("is feed \(feed)") && detail.contains("Read anew"), "\(detail)")
    }
  }

  @Test func `so is a live stream by the id of the event that it had`() throws {
    let (last, feed) = try newest
    let ask = { (id: String) in
      let fields = ["Accept": "text/event-stream", "Last-Event-ID": id]
      return try api.respond(.get, "/v1/changes?since=0", fields)
    }
    let answer = try ask("\(last)-\(other)")
    #expect(answer.status == 409)
    #expect(answer.json["type"]?.string == "urn:cairn:problem:other-feed")
    let ahead = try ask("\(last + 1)-\(feed)")
    #expect(ahead.json["type"]?.string == "urn:cairn:problem:ahead")
  }

  @Test(arguments: [
    "12-", "-0123456789abcdef", "-", "12-x", "12-0123456789ABCDEF", "12-0123456789abcdef0",
    "12-0123456789abcdef-", "12--0123456789abcdef", "-1-0123456789abcdef", "+1",
  ])
  func `a place that no answer had is refused`(place: String) throws {
    #expect(try api.get("/v1/changes?since=\(place)").places == ["since"])
    #expect(try api.get("/v1/changes?sort=-sequence&before=\(place)").places == ["before"])
    let fields = ["Accept": "text/event-stream", "Last-Event-ID": place]
    #expect(try api.respond(.get, "/v1/changes", fields).status == 400)
  }

  @Test func `a dump says of which feed it tells, to go on from there`() throws {
    let dump = try api.dump()
    let (last, feed) = try newest
    for target in ["/v1/dumps/latest/", "/v1/dumps/"] {
      let answer = try api.get(target).json
      let said = answer["items"]?.items.first ?? answer
      #expect(said["feed"]?.string == feed && said["sequence"]?.number == Double(last))
    }
    // It is the same feed, as far as everyone sees it: who follows a mirror goes on at either.
    let copy = try TestAPI(of: api.dumps.appending(path: "\(dump.name)/cairn.sqlite").path)
    #expect(try copy.get("/v1/changes?since=\(last)-\(feed)").status == 200)
  }

  @Test func `a dump from before feeds had names stays what it is`() throws {
    let dump = try api.dump()
    let manifest = api.dumps.appending(path: "\(dump.name)/manifest.json")
    let older = try String(contentsOf: manifest, encoding: .utf8).replacing(
      try Regex(#""feed":"[0-9a-f]{16}","#), with: "")
    #expect(!older.contains("feed"))
    try older.write(to: manifest, atomically: true, encoding: .utf8)
    #expect(try api.get("/v1/dumps/latest/").text == older)
    #expect(try api.get("/v1/dumps/").json["items"]?.items.count == 1)
  }
}
