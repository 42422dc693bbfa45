import Foundation
import HTTPTypes
import Testing
import Wire

/// What was got from the registry, put back: its rows name the items that they are of.
@Suite("POST /v1/credentials:import of what was exported") struct ImportAgainTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  private func send(
    _ body: [UInt8], _ query: String = "", type: String = "application/x-ndjson",
    as writer: [String: String]? = nil
  ) throws -> [JSON] {
    var fields = try writer ?? api.writer()
    fields["Content-Type"] = type
    let answer = try api.respond(.post, "/v1/credentials:import" + query, fields, bytes: body)
    #expect(answer.status == 200, "\(answer.text)")
    return answer.lines.dropLast()
  }

  @Test(arguments: [("ndjson", "application/x-ndjson"), ("csv", "text/csv")])
  func `every row is of the item that it was got from, and says nothing new`(
    format: String, type: String
  ) throws {
    // The deck tells of some without their titles, which no new item may lack.
    let exported = try api.get("/v1/credentials.\(format)")
    let lines = try send(exported.body, type: type)
    #expect(lines.count == 8)
    #expect(lines.filter { $0["result"]?.string != "unchanged" } == [])
  }

  @Test func `a cell that was changed changes that item`() throws {
    let csv = try api.get("/v1/credentials.csv?fields=id,note&limit=2").text
    let rows = csv.split(separator: "\r\n")
    let changed = [rows[0], rows[1].prefix { $0 != "," } + ",Seen again", rows[2]]
    let lines = try send(Array(changed.joined(separator: "\r\n").utf8), type: "text/csv")
    #expect(lines.compactMap { $0["result"]?.string } == ["updated", "unchanged"])
    let slug = try #require(lines.first?["slug"]?.string)
    #expect(try api.get("/v1/credentials/\(slug)").json["note"] == "Seen again")
  }

  @Test func `an id that no item has says nothing`() throws {
    let id = "019b0d8e-5758-7fc7-af18-a2b765663e29"
    let lines = try send(Array(#"{"id": "\#(id)", "title": "Of another registry"}"#.utf8))
    #expect(lines.first?["result"] == "created")
    #expect(try api.get("/v1/credentials/of-another-registry").json["id"] != .string(id))
  }

  @Test(arguments: [("skip", "skipped"), ("fail", "rejected")])
  func `an item that is named is one that is there`(policy: String, result: String) throws {
    let row = try api.get("/v1/credentials.ndjson?limit=1").body
    #expect(try send(row, "?on_conflict=\(policy)").first?["result"] == .string(result))
  }

  @Test func `naming another's item gives no right to change it`() throws {
    let item = try #require(try api.get("/v1/credentials?limit=1").json["items"]?.items.first)
    let id = try #require(item["id"]?.string)
    let (_, writer) = try api.provider()
    let lines = try send(Array(#"{"id": "\#(id)", "title": "Mine now"}"#.utf8), as: writer)
    #expect(lines.first?["result"] == "rejected", "\(lines)")
    #expect(try api.get("/v1/credentials/\(id)").json["version"] == item["version"])
  }
}
