import HTTPTypes
import Testing
import Wire

/// Pages of changes that are as large as a body may make them.
@Suite struct HeavyChangeTests {
  let api: TestAPI
  let start: Int

  /// A credential that is made, and then told again and again what it teaches, in 300 KB.
  init() throws {
    api = try TestAPI()
    let fields = try api.provider().fields
    start = Int(try api.get("/v1/changes?limit=1000").json["last"]?.number ?? -1)
    #expect(try api.respond(.post, "/v1/credentials", fields, #"{"title": "Heavy"}"#).status == 201)
    for letter in ["a", "b", "c", "d"] {
      let outcomes = (1...75).map {
        #"{"text": "\#($0)\#(String(repeating: letter, count: 4000))"}"#
      }
      let answer = try api.respond(
        .patch, "/v1/credentials/heavy", fields.merging(["If-Match": "*"]) { $1 },
        #"{"learning_outcomes": [\#(outcomes.joined(separator: ", "))]}"#)
      #expect(answer.status == 200)
    }
  }

  @Test(arguments: [
    "changes?since=%&limit=1000", "changes?since=%&limit=1000&format=ndjson",
    "changes?sort=-sequence&noun=credential&provider=welding-school&limit=1000",
    "credentials/heavy/history?limit=1000", "credentials/heavy/history.ndjson?limit=1000",
  ])
  func `a page of large changes ends before its limit, and the next one goes on`(path: String)
    throws
  {
    var versions: [Double] = []
    var target: String? = "/v1/" + path.replacing("%", with: "\(start)")
    var count = 0
    while let page = target {
      let answer = try api.get(page)
      // A page isn't cut within a change, so it is as much longer than 1 MiB as its last one makes it.
      #expect(answer.body.count < 1 << 20 + 700_000)
      let items = answer.json["items"]?.items ?? answer.lines
      versions += items.compactMap { $0["version"]?.number }
      target = answer.next
      count += 1
    }
    #expect(count > 1 && versions.sorted() == [1, 2, 3, 4, 5])
  }

  @Test func `whole exports and streams of large changes have them all`() throws {
    let lines = try api.get("/v1/changes.ndjson?since=\(start)").lines
    #expect(lines.compactMap { $0["version"]?.number } == [1, 2, 3, 4, 5])
  }
}
