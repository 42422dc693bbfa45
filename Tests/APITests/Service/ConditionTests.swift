import HTTPTypes
import Testing
import Wire

/// RFC 9110 §13.2.2: If-Match comes first, then If-None-Match.
@Suite("If-Match and If-None-Match") struct ConditionTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  @Test(
    arguments: [
      (nil, nil, 200), (nil, "TAG", 304), (nil, "W/TAG", 304), (nil, "\"x\", TAG", 304),
      (nil, "*", 304), (nil, "\"x\"", 200), (nil, "x", 200),
      ("TAG", nil, 200), ("*", nil, 200), ("\"x\", TAG", nil, 200), ("\"x\"", nil, 412),
      ("W/TAG", nil, 412), ("x", nil, 412),
      ("TAG", "TAG", 304), ("TAG", "\"x\"", 200), ("\"x\"", "TAG", 412), ("\"x\"", "\"x\"", 412),
    ] as [(String?, String?, Int)])
  func `a GET is answered, left out or refused`(match: String?, noneMatch: String?, status: Int)
    throws
  {
    for target in [
      "/v1/sectors/C", "/v1/sectors?limit=1", "/v1/sectors.csv?limit=2", "/openapi.yaml",
    ] {
      let whole = try api.get(target)
      let tag = try #require(whole["ETag"])
      var fields: [String: String] = [:]
      fields["If-Match"] = match?.replacing("TAG", with: tag)
      fields["If-None-Match"] = noneMatch?.replacing("TAG", with: tag)
      let answer = try api.respond(.get, target, fields)
      #expect(answer.status == status, "\(target)")
      #expect(answer["ETag"] == tag)
      #expect(try api.respond(.head, target, fields).status == status)
      if status == 304 {
        // RFC 9110 §15.4.5: what a cache keeps of the answer is there, and no content.
        #expect(answer.body.isEmpty && answer["Content-Length"] == nil)
        for name in ["Cache-Control", "Vary"] { #expect(answer[name] == whole[name]) }
      }
    }
  }

  // §13.1.2: what is there, or has that tag, isn't written.
  @Test(arguments: ["*", "\"1\"", "W/\"1\"", "\"2\", \"1\""])
  func `a write that is for none of the tags is refused`(noneMatch: String) throws {
    let (slug, fields) = try api.provider()
    let more = fields.merging(["If-Match": "\"1\"", "If-None-Match": noneMatch]) { $1 }
    let target = "/v1/providers/\(slug)"
    for method in [HTTPRequest.Method.put, .patch] {
      let body = #"{"name": "X", "kind": "vet_provider", "country": "DK"}"#
      #expect(try api.respond(method, target, more, body).status == 412)
    }
    #expect(try api.respond(.delete, target, more).status == 412)
    #expect(try api.get(target)["ETag"] == "\"1\"")
  }

  // §13.2.1: without the conditions it would have been another error.
  @Test func `what isn't there has no condition`() throws {
    #expect(try api.respond(.get, "/v1/sectors/nope", ["If-Match": "*"]).status == 404)
    #expect(try api.respond(.get, "/v1/sectors?x=1", ["If-Match": "\"x\""]).status == 400)
  }

  // §13.1.3, §13.1.4, §14.2: nothing here has a date or parts.
  @Test func `dates and ranges are passed over`() throws {
    let fields = [
      "If-Modified-Since": "Fri, 31 Dec 2099 23:59:59 GMT",
      "If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:00 GMT",
      "If-Range": "\"x\"", "Range": "bytes=0-0",
    ]
    #expect(try api.respond(.get, "/v1/sectors/C", fields).text == api.get("/v1/sectors/C").text)
  }
}
