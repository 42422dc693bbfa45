import HTTPTypes
import Registry
import Testing
import Wire

@Suite("POST, PUT, PATCH and DELETE of credentials") struct WriteCredentialTests {
  let api: TestAPI
  let fields: [String: String]

  init() throws {
    api = try TestAPI()
    fields = try api.provider().fields
  }

  func post(_ body: String, _ more: [String: String] = [:]) throws -> Answer {
    try api.respond(.post, "/v1/credentials", fields.merging(more) { $1 }, body)
  }

  func change(_ method: HTTPRequest.Method, _ tag: String?, _ body: String = "") throws
    -> Answer
  {
    var fields = fields
    fields["If-Match"] = tag
    return try api.respond(method, "/v1/credentials/tig-welding", fields, body)
  }

  @Test func `what a provider posts is in the list at once, under its provider`() throws {
    let answer = try post(#"{"title": "TIG welding", "countries": ["DK"]}"#)
    #expect(answer.status == 201)
    #expect(answer["Location"] == "/v1/credentials/tig-welding")
    #expect(answer["ETag"] == "\"1\"")
    #expect(answer.json["provider"]?.string == "welding-school")
    #expect(try api.names("/v1/credentials?provider=welding-school") == ["tig-welding"])
    let got = try api.get("/v1/credentials/tig-welding")
    #expect(got.text == answer.text)
    #expect(got["ETag"] == "\"1\"")
    let id = try #require(answer.json["id"]?.string)
    #expect(try api.get("/v1/credentials/\(id)").text == answer.text)
  }

  @Test func `members left out are not stated, and stay apart from no`() throws {
    let item = try post(
      #"{"title": "T", "prerequisites": "none", "participation": [], "integration": null}"#
    ).json
    #expect(item["prerequisites"] == .string("none"))
    #expect(item["entry_requirement"] == .null)
    #expect(item["integration"] == .null)
    #expect(item["stackable"] == .null)
  }

  @Test(arguments: ["Aggregate", "Suggest!", "01a21245-d037-7b60-920c-0cbea30e224b"])
  func `a title that makes no slug gets another`(title: String) throws {
    let slug = try post(#"{"title": "\#(title)"}"#).json["slug"]?.string
    #expect(slug == "item")
  }

  @Test func `two of one title have two slugs`() throws {
    let locations = try (1...3).map { _ in try post(#"{"title": "First aid"}"#)["Location"] }
    #expect(Set(locations).count == 3)
  }

  @Test(arguments: [
    (#"{}"#, ["/title"]), (#"[]"#, [""]), (#"{"title": ""}"#, ["/title"]),
    (#"{"title": {"english": "T"}}"#, ["/title/english"]), (#"{"title": {}}"#, ["/title"]),
    (#"{"title": "T", "titel": "U"}"#, ["/titel"]),
    (#"{"title": "T", "countries": ["DK", "XX", 1]}"#, ["/countries/1", "/countries/2"]),
    (#"{"title": "T", "countries": "DK"}"#, ["/countries"]),
    (#"{"title": "T", "countries": ["DK", "DK"]}"#, ["/countries/1"]),
    (#"{"title": "T", "sector": "CC", "kind": "diploma"}"#, ["/sector", "/kind"]),
    (#"{"title": "T", "workload": {"hours": -1}}"#, ["/workload/hours"]),
    (
      #"{"title": "T", "workload": {"hours": 1, "hours_min": 1, "hours_max": 2}}"#,
      ["/workload/hours"]
    ),
    (#"{"title": "T", "workload": {"hours_min": 3, "hours_max": 2}}"#, ["/workload/hours_max"]),
    (#"{"title": "T", "workload": {"hour": 3}}"#, ["/workload/hour"]),
    (#"{"title": "T", "levels": [{"framework": "EQF", "level": "9"}]}"#, ["/levels/0/level"]),
    (#"{"title": "T", "levels": [{"framework": "EQF"}]}"#, ["/levels/0/level"]),
    (#"{"title": "T", "credit": {"points": 3}}"#, ["/credit/system"]),
    (#"{"title": "T", "credit": {"system": "none", "points": 3}}"#, ["/credit/points"]),
    (#"{"title": "T", "homepage": "javascript:alert(1)"}"#, ["/homepage"]),
    (#"{"title": "T", "price": {"amount": 3, "currency": "euro"}}"#, ["/price/currency"]),
    (#"{"title": "T", "nace": "25", "sector": "I"}"#, ["/sector"]),
    (#"{"title": "T", "not_specified": ["title"]}"#, ["/not_specified/0"]),
    // It gets one if it states none.
    (#"{"title": "T", "not_specified": ["slug"]}"#, ["/not_specified/0"]),
    (#"{"title": "T", "slug": "Not A Slug"}"#, ["/slug"]),
    (#"{"title": "T", "slug": "aggregate"}"#, ["/slug"]),
    (#"{"title": "T", "slug": "suggest"}"#, ["/slug"]),
    // The form of an id: it would stand where another's id does.
    (#"{"title": "T", "slug": "01a21245-d037-7b60-920c-0cbea30e224b"}"#, ["/slug"]),
    (
      #"{"title": {"en-": "T", "-en": "U", "en-<b>": "V"}}"#,
      ["/title/en-", "/title/-en", "/title/en-<b>"]
    ),
    (#"{"title": "T", "stackable": "yes", "highly_targeted": "yes"}"#, ["/highly_targeted"]),
    // Both are names of one member.
    (
      #"{"title": "T", "international": {"count": 3, "countries_count": 4}}"#,
      ["/international/countries_count"]
    ),
    (
      #"{"title": "T", "learning_outcomes": [{"text": "A"}, {"text": {"en": "", "x/y": "B"}, "kind": "k"}, {}]}"#,
      [
        "/learning_outcomes/1/text/en", "/learning_outcomes/1/text/x~1y",
        "/learning_outcomes/1/kind", "/learning_outcomes/2/text",
      ]
    ),
  ])
  func `every violation is named at once, and nothing is stored`(body: String, places: [String])
    throws
  {
    let answer = try post(body)
    #expect(answer.status == 422, "\(answer.text)")
    #expect(Set(answer.places) == Set(places), "\(answer.text)")
    #expect(try api.names("/v1/credentials?provider=welding-school") == [])
  }

  @Test(arguments: [
    "", "{", #"{"title": "T"} x"#, #"{"title": "T", "title": "U"}"#, "{\"title\": \"\u{0}\"}",
    #"{"title": "\ud800"}"#, #"{"title": 1e999}"#, #"{'title': 'T'}"#,
  ])
  func `what isn't JSON is a 400`(body: String) throws {
    #expect(try post(body).status == 400)
  }

  @Test(arguments: ["", "title", "as_printed"])
  func `a thousand violations are told, and what has more isn't looked at further`(
    member: String
  ) throws {
    let many = (0..<5000).map { #""x\#($0)": "1""# }.joined(separator: ", ")
    let body = member.isEmpty ? "{\(many)}" : #"{"\#(member)": {\#(many)}}"#
    for method in [HTTPRequest.Method.post, .patch] {
      if method == .patch { #expect(try post(#"{"title": "TIG welding"}"#).status == 201) }
      let answer = try method == .post ? post(body) : change(method, "*", body)
      #expect(answer.status == 422)
      #expect((1...1000).contains(answer.places.count), "\(answer.places.count)")
    }
  }

  @Test func `another content type is a 415 that says which is taken`() throws {
    let answer = try post("title=T", ["Content-Type": "application/x-www-form-urlencoded"])
    #expect(answer.status == 415)
    #expect(answer["Accept-Post"] == "application/json")
  }

  @Test func `a change needs the version it changes`() throws {
    _ = try post(#"{"title": "TIG welding"}"#)
    #expect(try change(.patch, nil, #"{"sector": "C"}"#).status == 428)
    #expect(try change(.patch, "\"7\"", #"{"sector": "C"}"#).status == 412)
    #expect(try change(.patch, "W/\"1\"", #"{"sector": "C"}"#).status == 412)
    #expect(try change(.patch, "1", #"{"sector": "C"}"#).status == 400)
    let changed = try change(.patch, "\"1\"", #"{"sector": "C"}"#)
    #expect(changed.status == 200)
    #expect(changed["ETag"] == "\"2\"")
    #expect(try change(.delete, "\"1\"").status == 412)
    #expect(try api.get("/v1/credentials/tig-welding").json["version"] == .number(2))
  }

  @Test func `a merge patch changes what it names and takes away what it nulls`() throws {
    _ = try post(#"{"title": "TIG welding", "workload": {"hours": 10, "days": 2}, "sector": "C"}"#)
    let item = try change(
      .patch, "\"1\"", #"{"workload": {"days": null}, "sector": null, "countries": ["IE"]}"#
    ).json
    #expect(item["workload"] == .object(["hours": .number(10)]))
    #expect(item["sector"] == .null)
    #expect(item["countries"] == .array([.string("IE")]))
    #expect(try api.names("/v1/credentials?country=IE&provider=welding-school") == ["tig-welding"])
  }

  @Test func `what was got can be put, and says the same`() throws {
    let before = try post(
      #"{"title": "TIG welding", "levels": [{"framework": "EQF", "level": "4"}]}"#)
    let after = try change(.put, before["ETag"], before.text)
    #expect(after.status == 200)
    // What says nothing new is no new version.
    #expect(after.text == before.text && after["ETag"] == "\"1\"")
    let replaced = try change(.put, "\"1\"", #"{"title": "TIG welding"}"#)
    #expect(replaced.json["levels"] == .null)
    #expect(try api.names("/v1/credentials?eqf_level=4&provider=welding-school") == [])
  }

  @Test func `the same idempotency key gives the first answer again`() throws {
    let first = try post(#"{"title": "TIG welding"}"#, ["Idempotency-Key": "k"])
    let again = try post(#"{"title": "TIG welding"}"#, ["Idempotency-Key": "k"])
    #expect(again.status == 201)
    #expect(again.text == first.text)
    #expect(again["Idempotency-Replayed"] == "true")
    #expect(try post(#"{"title": "Other"}"#, ["Idempotency-Key": "k"]).status == 422)
    #expect(try api.names("/v1/credentials?provider=welding-school") == ["tig-welding"])
    // Another writer's keys are its own.
    let other = try api.provider("Another School").fields.merging(["Idempotency-Key": "k"]) { $1 }
    #expect(
      try api.respond(.post, "/v1/credentials", other, #"{"title": "TIG welding"}"#)["Location"]
        != first["Location"])
  }

  @Test func `an external id is its provider's, once`() throws {
    #expect(try post(#"{"title": "One", "external_id": "x"}"#).status == 201)
    #expect(try post(#"{"title": "Two", "external_id": "x"}"#).status == 409)
    #expect(try post(#"{"title": "Three", "slug": "one"}"#).status == 409)
  }

  @Test func `no key, a wrong key, a revoked or expired one: 401`() throws {
    let body = #"{"title": "T"}"#
    let none = try api.respond(.post, "/v1/credentials", ["Content-Type": "application/json"], body)
    #expect(none.status == 401)
    #expect(none["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
    #expect(try post(body, ["Authorization": "Bearer cairn_wrong"]).status == 401)
    #expect(try post(body, ["Authorization": "Basic eDp5"]).status == 401)
    let made = try api.registry.createKey(.admin, label: nil, expiresAt: nil)
    #expect(try post(body, ["Authorization": "Bearer \(made.key)"]).status == 201)
    try api.registry.revokeKey(made.id)
    #expect(try post(body, ["Authorization": "Bearer \(made.key)"]).status == 401)
    let past = try #require(Instant("2020-01-01"))
    let expired = try api.registry.createKey(.admin, label: nil, expiresAt: past).key
    #expect(try post(body, ["Authorization": "Bearer \(expired)"]).status == 401)
  }

  // RFC 9110 §11.4.
  @Test func `between the scheme and the key are as many spaces as one likes`() throws {
    let key = try #require(fields["Authorization"]?.dropFirst("Bearer ".count))
    for said in ["Bearer  \(key)", "bearer    \(key)"] {
      #expect(try post(#"{"title": "T"}"#, ["Authorization": said]).status == 201)
    }
    for said in ["Bearer", "Bearer \(key) \(key)", "Bearer\(key)"] {
      #expect(try post(#"{"title": "T"}"#, ["Authorization": said]).status == 401)
    }
  }

  @Test func `a key writes what is its own and nothing else`() throws {
    let (other, otherFields) = try api.provider("Another School", country: "IE")
    _ = try post(#"{"title": "TIG welding"}"#)
    #expect(try post(#"{"title": "T", "provider": "\#(other)"}"#).status == 403)
    let theft = otherFields.merging(["If-Match": "*"]) { $1 }
    for (method, body) in [
      (HTTPRequest.Method.put, #"{"title": "Mine"}"#), (.patch, "{}"), (.delete, ""),
    ] {
      #expect(try api.respond(method, "/v1/credentials/tig-welding", theft, body).status == 403)
    }
    let authority = try api.writer(.authority(country: "DK"))
    #expect(try api.respond(.post, "/v1/credentials", authority, #"{"title": "T"}"#).status == 403)
    let admin = try api.writer()
    #expect(
      try api.respond(.post, "/v1/credentials", admin, #"{"title": "T", "provider": "\#(other)"}"#)
        .status
        == 201)
  }
}
