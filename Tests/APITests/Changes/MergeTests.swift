import HTTPTypes
import Registry
import Testing
import Wire

@Suite("/v1/…/{slug}:merge") struct MergeTests {
  let api: TestAPI
  let admin: [String: String]
  /// Of Welding School, which stays, and Weld College, which goes.
  let school: [String: String]
  let college: [String: String]

  init() throws {
    api = try TestAPI()
    admin = try api.writer()
    school = try api.provider("Welding School").fields
    college = try api.provider("Weld College").fields
  }

  func merge(
    _ path: String, into: String, _ fields: [String: String]? = nil
  ) throws -> Answer {
    try api.respond(.post, "/v1/\(path):merge", fields ?? admin, #"{"into": "\#(into)"}"#)
  }

  @discardableResult
  func post(_ body: String, _ fields: [String: String]) throws -> JSON {
    let answer = try api.respond(.post, "/v1/credentials", fields, body)
    #expect(answer.status == 201)
    return answer.json
  }

  @Test func `a merge with If-Match is of the version that was seen`() throws {
    let seen = admin.merging(["If-Match": "\"9\""]) { $1 }
    #expect(try merge("providers/weld-college", into: "welding-school", seen).status == 412)
    let right = admin.merging(["If-Match": "\"1\""]) { $1 }
    #expect(try merge("providers/weld-college", into: "welding-school", right).status == 200)
  }

  @Test func `the old id and slug answer 308 to the survivor, which says so`() throws {
    let old = try api.get("/v1/providers/weld-college").json
    let id = try #require(old["id"]?.string)
    let answer = try merge("providers/weld-college", into: "welding-school")
    #expect(answer.status == 200)
    #expect(answer["Content-Location"] == "/v1/providers/welding-school")
    #expect(answer["ETag"] == "\"2\"")
    #expect(
      answer.json["same_as"]
        == .array([.object(["id": .string(id), "slug": .string("weld-college")])]))
    for name in ["weld-college", id] {
      let moved = try api.get("/v1/providers/\(name)?fields=slug")
      #expect(moved.status == 308)
      #expect(moved["Location"] == "/v1/providers/welding-school?fields=slug")
      #expect(
        try api.get("/v1/providers/\(name)/history")["Location"]
          == "/v1/providers/welding-school/history")
      #expect(try api.respond(.head, "/v1/providers/\(name)").status == 308)
    }
    #expect(try api.get("/v1/providers/welding-school").text == answer.text)
    #expect(!(try api.names("/v1/providers?limit=1000").contains("weld-college")))
  }

  @Test(arguments: [
    ("providers", HTTPRequest.Method.patch, #"{"homepage": "https://a.example/"}"#),
    ("providers", .put, #"{"name": "Mine", "country": "DK"}"#), ("providers", .delete, ""),
    ("credentials", .patch, #"{"note": "n"}"#), ("credentials", .put, #"{"title": "Mine"}"#),
    ("credentials", .delete, ""),
  ])
  func `a write of what was merged is a conflict that names the survivor, which stays as it is`(
    path: String, method: HTTPRequest.Method, body: String
  ) throws {
    for title in ["Old", "New"] { try post(#"{"title": "\#(title)"}"#, school) }
    let (old, new) = path == "providers" ? ("weld-college", "welding-school") : ("old", "new")
    let id = try #require(try api.get("/v1/\(path)/\(old)").json["id"]?.string)
    let survivor = try merge("\(path)/\(old)", into: new)
    // Of version 2 there were two: whoever had seen the one would have written over the other.
    for tag in ["\"2\"", "*"] {
      for name in [old, id] {
        let fields = admin.merging(["If-Match": tag]) { $1 }
        let answer = try api.respond(method, "/v1/\(path)/\(name)", fields, body)
        #expect(answer.status == 409 && answer["Location"] == nil)
        #expect(answer.json["type"] == "urn:cairn:problem:merged")
        let detail = answer.json["detail"]?.string ?? ""
        #expect(detail.contains("is one with \(new)"), "\(detail)")
        #expect(detail.contains("Get /v1/\(path)/\(new)"), "\(detail)")
      }
    }
    #expect(try api.get("/v1/\(path)/\(new)").text == survivor.text)
  }

  @Test func `credentials, awarding bodies and keys follow, and new ones under the old name, too`()
    throws
  {
    try post(#"{"title": "A"}"#, college)
    try post(
      #"{"title": "B", "awarding_bodies": [{"provider": "weld-college"}, {"provider": "welding-school", "joint": true}]}"#,
      school)
    _ = try merge("providers/weld-college", into: "welding-school")
    #expect(try api.names("/v1/credentials?provider=welding-school") == ["a", "b"])
    #expect(try api.names("/v1/credentials?provider=weld-college") == ["a", "b"])
    #expect(try api.names("/v1/credentials?awarding_body=welding-school") == ["b"])
    #expect(
      try api.get("/v1/credentials/b").json["awarding_bodies"]
        == .array([.object(["provider": .string("welding-school")])]))
    // The same people with the same keys.
    #expect(
      try post(#"{"title": "C", "provider": "weld-college"}"#, college)["provider"]?.string
        == "welding-school")
    let fields = college.merging(["If-Match": "\"2\""]) { $1 }
    #expect(try api.respond(.patch, "/v1/credentials/a", fields, #"{"note": "n"}"#).status == 200)
    // As of one version before, it was the college's.
    let change = try api.get("/v1/credentials/a/history").json["items"]?.items[1]
    #expect(change?["action"]?.string == "merge")
    #expect(change?["before"] == .object(["provider": .string("weld-college")]))
  }

  @Test func `its history is told with the survivor's`() throws {
    _ = try merge("providers/weld-college", into: "welding-school")
    let changes = try api.get("/v1/providers/welding-school/history").json["items"]?.items ?? []
    #expect(
      changes.map { "\($0["action"]?.string ?? "") \($0["slug"]?.string ?? "")" } == [
        "merge welding-school", "merge weld-college", "create weld-college",
        "create welding-school",
      ])
    #expect(changes[1]["after"]?["merged_into"]?.string == "welding-school")
  }

  @Test func `merged twice, all names lead to the last survivor`() throws {
    for title in ["a", "b", "c"] { try post(#"{"title": "\#(title)"}"#, school) }
    #expect(try merge("credentials/a", into: "b", school).status == 200)
    let answer = try merge("credentials/b", into: "c", school)
    #expect(answer.json["same_as"]?.items.map { $0["slug"]?.string } == ["a", "b"])
    for name in ["a", "b"] {
      #expect(try api.get("/v1/credentials/\(name)")["Location"] == "/v1/credentials/c")
    }
    #expect(try api.names("/v1/credentials?provider=welding-school") == ["c"])
    #expect(
      try api.get(
        "/v1/credentials?provider=welding-school&status=withdrawn&fields=slug,merged_into"
      )
      .json["items"]?.items.map { $0["merged_into"]?.string } == ["c", "c"])
  }

  @Test func `asked again it changes nothing, and into another it is a conflict`() throws {
    for title in ["a", "b", "c"] { try post(#"{"title": "\#(title)"}"#, school) }
    let first = try merge("credentials/a", into: "b", school)
    #expect(try merge("credentials/a", into: "b", school).text == first.text)
    #expect(try merge("credentials/a", into: "c", school).status == 409)
    let answer = try merge("credentials/c", into: "a", school)
    #expect(answer.status == 422)
    #expect(answer.text.contains("a is one with b already"))
  }

  @Test(.enabled(if: TestAPI.isInProcess), arguments: ["credentials", "providers"])
  func `as of a moment before, it is what it was itself`(path: String) throws {
    let clock = Clock()
    try clock.set("2026-01-01T10:00:00Z")
    let api = try TestAPI(environment: clock.environment)
    let admin = try api.writer()
    func post(_ path: String, _ body: String) throws -> Answer {
      try api.respond(.post, "/v1/\(path)", admin, body)
    }
    let name = path == "providers" ? "name" : "title"
    for slug in ["a", "b", "c"] {
      #expect(try post(path, #"{"slug": "\#(slug)", "\#(name)": "\#(slug)"}"#).status == 201)
    }
    let before = try api.get("/v1/\(path)/a").json
    try clock.set("2026-01-02T10:00:00Z")
    #expect(try post("\(path)/a:merge", #"{"into": "b"}"#).status == 200)
    try clock.set("2026-01-03T10:00:00Z")
    #expect(try post("\(path)/b:merge", #"{"into": "c"}"#).status == 200)
    for id in ["a", try #require(before["id"]?.string)] {
      #expect(try api.get("/v1/\(path)/\(id)?as_of=2026-01-02T09:59:59Z").json == before)
      #expect(try api.get("/v1/\(path)/\(id)?as_of=2026-01-01").status == 404)
      // From then on it was b, and later what that became.
      for day in ["2026-01-02T10:00:00Z", "2026-01-03"] {
        let moved = try api.get("/v1/\(path)/\(id)?as_of=\(day)")
        #expect(moved.status == 308 && moved["Location"] == "/v1/\(path)/b?as_of=\(day)")
      }
    }
    let middle = try api.get("/v1/\(path)/b?as_of=2026-01-03").json
    #expect(middle["slug"] == "b" && middle["same_as"]?.items.first?["slug"] == "a")
    #expect(try api.get("/v1/\(path)/a")["Location"] == "/v1/\(path)/c")
  }

  @Test(arguments: [
    #"{"into": "nobody"}"#, #"{"into": "weld-college"}"#, "{}", "[]", #"{"into": 1}"#,
    #"{"into": "welding-school", "x": 1}"#,
  ])
  func `a body that names no other is refused`(body: String) throws {
    let answer = try api.respond(.post, "/v1/providers/weld-college:merge", admin, body)
    #expect(answer.status == 422)
    #expect(answer.places == ["/into"])
  }

  @Test func `drafts and what is withdrawn stay apart, and so do twins by external id`() throws {
    try post(#"{"title": "a", "status": "draft"}"#, school)
    try post(#"{"title": "b", "external_id": "x"}"#, school)
    try post(#"{"title": "c", "external_id": "x"}"#, college)
    #expect(try merge("credentials/a", into: "b", school).status == 409)
    #expect(try merge("credentials/b", into: "a", school).status == 409)
    #expect(try merge("providers/weld-college", into: "welding-school").status == 409)
    #expect(try merge("credentials/c", into: "b").status == 200)
    #expect(try merge("providers/weld-college", into: "welding-school").status == 200)
  }
}
