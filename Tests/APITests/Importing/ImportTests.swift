import Compression
import Foundation
import HTTPTypes
import Registry
import Testing
import Wire

@Suite("POST /v1/credentials:import") struct ImportTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  private func send(
    _ body: String, _ query: String = "", type: String = "application/x-ndjson",
    as writer: [String: String]? = nil, _ fields: [String: String] = [:]
  ) throws -> Answer {
    var all = try writer ?? api.writer()
    all["Content-Type"] = type
    for (name, value) in fields { all[name] = value }
    return try api.respond(.post, "/v1/credentials:import" + query, all, body)
  }

  /// What became of each row, and how many of each there were.
  private func results(_ answer: Answer) -> [String] {
    answer.lines.dropLast().map { line in
      "\(Int(line["line"]?.number ?? 0)) \(line["result"]?.string ?? "?") \(line["slug"]?.string ?? "")"
        .trimmingCharacters(in: .whitespaces)
    }
  }

  private func count(_ answer: Answer, _ name: String) -> Double? {
    answer.lines.last?["summary"]?[name]?.number
  }

  @Test func `every row is answered by its line, and a row that breaks rules stops no other`()
    throws
  {
    let answer = try send(
      """
      {"title": "One"}
      {"titel": "Two", "workload": {"hours": -1}}

      {"title": "Three", "workload": {"hours": 3}}
      {"title":
      """)
    #expect(answer.status == 200)
    #expect(results(answer) == ["1 created one", "2 rejected", "4 created three", "5 rejected"])
    let places = answer.lines[1]["errors"]?.items.compactMap { $0["pointer"]?.string }
    #expect(places == ["/titel", "/workload/hours", "/title"])
    #expect(count(answer, "created") == 2 && count(answer, "rejected") == 2)
    #expect(try api.get("/v1/credentials/three").json["workload"]?["hours"]?.number == 3)
  }

  @Test func `a line names the item that its row is of`() throws {
    let (_, writer) = try api.provider()
    for (hours, query, result, version) in [
      (1, "", "created", 1.0), (2, "", "updated", 2), (2, "", "unchanged", 2),
      (3, "?on_conflict=skip", "skipped", 2),
    ] {
      let rows = ["first", "second"].map {
        #"{"external_id": "\#($0)", "title": "\#($0)", "workload": {"hours": \#(hours)}}"#
      }
      for line in try send(rows.joined(separator: "\n"), query, as: writer).lines.dropLast() {
        #expect(line["result"] == .string(result))
        let slug = try #require(line["slug"]?.string)
        #expect(line["version"]?.number == version)
        #expect(line["id"] == (try api.get("/v1/credentials/\(slug)").json["id"]), "\(line)")
      }
    }
  }

  @Test func `a row is found again by its provider and external id`() throws {
    let (_, writer) = try api.provider()
    let rows = """
      {"external_id": "a", "title": "First aid"}
      {"external_id": "b", "title": "Second aid"}
      """
    #expect(
      try results(send(rows, as: writer)) == ["1 created first-aid", "2 created second-aid"])
    let again = try send(
      rows.replacing("Second", with: "Further")
        + "\n{\"external_id\": \"c\", \"title\": \"Third\"}",
      as: writer)
    #expect(
      results(again) == ["1 unchanged first-aid", "2 updated second-aid", "3 created third"])
    let item = try api.get("/v1/credentials/second-aid").json
    #expect(item["title"]?["en"]?.string == "Further aid" && item["version"]?.number == 2)
    #expect(try results(send(rows, "?on_conflict=skip", as: writer)).first == "1 skipped first-aid")
    #expect(
      try results(send(rows, "?on_conflict=fail", as: writer)) == ["1 rejected", "2 rejected"])
    // Another provider's items of the same ids are its own.
    let (_, other) = try api.provider("Other School")
    #expect(try results(send(rows, as: other)).first == "1 created first-aid-2")
  }

  @Test func `an update says only what the row says`() throws {
    let writer = try api.writer()
    _ = try send(#"{"external_id": "x", "title": "One", "note": "Kept"}"#, as: writer)
    _ = try send(#"{"external_id": "x", "title": {"de": "Eins"}, "countries": ["DK"]}"#, as: writer)
    let item = try api.get("/v1/credentials/one").json
    #expect(item["note"]?.string == "Kept")
    #expect(item["title"]?["en"]?.string == "One" && item["title"]?["de"]?.string == "Eins")
  }

  @Test func `an atomic import stores all rows or none`() throws {
    let refused = try send("{\"title\": \"One\"}\n{}\n{\"title\": \"Three\"}\n", "?mode=atomic")
    #expect(results(refused) == ["2 rejected"])
    #expect(refused.lines.last?["summary"]?["state"]?.string == "refused")
    #expect(count(refused, "created") == 0 && count(refused, "rejected") == 1)
    #expect(try api.get("/v1/credentials/one").status == 404)
    let done = try send("{\"title\": \"One\"}\n{\"title\": \"Three\"}\n", "?mode=atomic")
    #expect(results(done) == ["1 created one", "2 created three"])
    #expect(done.lines.last?["summary"]?["state"]?.string == "done")
  }

  @Test func `an atomic import is given up once a thousand reasons are told`() throws {
    let rows = ["{\"title\": \"One\"}"] + Array(repeating: "{}", count: 5000)
    let refused = try send(rows.joined(separator: "\n"), "?mode=atomic")
    #expect(refused.lines.count == 1001 && refused.lines.first?["line"]?.number == 2)
    let summary = try #require(refused.lines.last?["summary"])
    #expect(summary["state"] == "refused" && summary["created"] == 0)
    #expect((1000...2000).contains(Int(summary["rejected"]?.number ?? 0)), "\(summary)")
    #expect(try api.get("/v1/credentials/one").status == 404)
  }

  @Test(arguments: ["partial", "atomic"])
  func `a dry run says what would happen, and nothing does`(mode: String) throws {
    let answer = try send(
      "{\"title\": \"One\"}\n{\"title\": \"Two\"}", "?dry_run=true&mode=\(mode)")
    #expect(results(answer) == ["1 created one", "2 created two"])
    #expect(answer.lines.dropLast().map { $0["id"] } == [.null, .null])
    #expect(answer.lines.last?["summary"]?["dry_run"] == .bool(true))
    #expect(try api.get("/v1/credentials/one").status == 404)
  }

  @Test func `more rows than a batch are stored in their order`() throws {
    let rows = (1...450).map { #"{"external_id": "r\#($0)", "title": "Row \#($0)"}"# }
    let answer = try send(rows.joined(separator: "\n"))
    #expect(results(answer).count == 450 && results(answer).last == "450 created row-450")
    #expect(count(answer, "created") == 450 && count(answer, "line") == 450)
  }

  @Test func `a body may come in gzip, and one that isn't what it says is refused`() throws {
    var packed: [UInt8] = []
    try Deflater(.gzip).append(Array("{\"title\": \"One\"}\n".utf8), to: &packed, isLast: true)
    var fields = try api.writer()
    fields["Content-Type"] = "application/x-ndjson"
    fields["Content-Encoding"] = "gzip"
    let answer = try api.respond(.post, "/v1/credentials:import", fields, bytes: packed)
    #expect(results(answer) == ["1 created one"])
    let cut = try api.respond(.post, "/v1/credentials:import", fields, bytes: packed.dropLast(4))
    #expect(cut.status == 400)
  }

  @Test func `an import is had again by whoever began it`() throws {
    let (_, writer) = try api.provider()
    let answer = try send("{\"title\": \"One\"}\n{\"x\": 1}", as: writer)
    let address = try #require(answer["Content-Location"])
    let record = try api.respond(.get, address, writer)
    #expect(record.json == answer.lines.last?["summary"])
    #expect(try api.respond(.get, address + "/results", writer).text == answer.text)
    #expect(try api.respond(.get, address, api.writer()).status == 200)
    let (_, other) = try api.provider("Other School")
    #expect(try api.respond(.get, address, other).status == 404)
    #expect(try api.get(address).status == 401)
  }

  @Test func `a client that won't wait is told where the import is`() throws {
    let writer = try api.writer()
    let answer = try send("{\"title\": \"One\"}", as: writer, ["Prefer": "respond-async"])
    #expect(answer.status == 202 && answer["Preference-Applied"] == "respond-async")
    let address = try #require(answer["Location"])
    // Bounded by what a test may take at all; each look is a request.
    var state: String?
    for _ in 0..<100_000 where state != "done" {
      state = try api.respond(.get, address, writer).json["state"]?.string
    }
    #expect(state == "done")
    #expect(try api.get("/v1/credentials/one").status == 200)
  }

  @Test(arguments: [
    ("?mode=all", 400), ("?mod=atomic", 400), ("?mode=atomic&mode=partial", 400),
    ("?dry_run=yes", 400), ("?map=nothing", 400),
  ])
  func `what can't be understood is refused before anything is read`(query: String, status: Int)
    throws
  {
    #expect(try send("{\"title\": \"One\"}", query).status == status)
    #expect(try send("", query, type: "text/plain").status == 415)
  }

  @Test func `a key is needed, and stores what it may`() throws {
    #expect(try send("{}", as: [:]).status == 401)
    let (_, writer) = try api.provider()
    _ = try api.provider("Other School")
    let answer = try send(#"{"title": "One", "provider": "other-school"}"#, as: writer)
    #expect(results(answer) == ["1 rejected"])
  }
}
