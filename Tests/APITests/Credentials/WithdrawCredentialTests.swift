import HTTPTypes
import Registry
import Testing
import Wire

extension WriteCredentialTests {
  @Test func `withdrawing keeps the item, and takes it off the list`() throws {
    _ = try post(#"{"title": "TIG welding"}"#)
    #expect(try change(.delete, "*").json["status"]?.string == "withdrawn")
    #expect(try api.names("/v1/credentials?provider=welding-school") == [])
    #expect(
      try api.names("/v1/credentials?provider=welding-school&status=withdrawn") == ["tig-welding"])
    #expect(try api.get("/v1/credentials/tig-welding").status == 200)
  }

  @Test func `what was stored before a rule that it breaks is withdrawn all the same`() throws {
    let slug = try #require(
      try api.get("/v1/credentials.ndjson").lines.first { $0["title"] == .null }?["slug"]?.string)
    let answer = try api.respond(
      .delete, "/v1/credentials/\(slug)", try api.writer().merging(["If-Match": "*"]) { $1 })
    #expect(answer.status == 200 && answer.json["status"] == "withdrawn", "\(answer.text)")
  }
}
