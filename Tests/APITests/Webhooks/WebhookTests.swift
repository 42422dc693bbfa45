import HTTPTypes
import Registry
import Testing
import Wire

@Suite("/v1/webhooks") struct WebhookTests {
  let api: TestAPI
  let admin: [String: String]

  init() throws {
    api = try TestAPI()
    admin = try api.writer()
  }

  private func create(
    _ body: String = #"{"url": "https://hooks.example/in"}"#, by fields: [String: String]? = nil
  ) throws -> Answer {
    try api.respond(.post, "/v1/webhooks", fields ?? admin, body)
  }

  @Test func `its secret is told once, and never again`() throws {
    let made = try create(#"{"url": "https://hooks.example/in", "description": "Mine"}"#)
    #expect(made.status == 201 && made["Cache-Control"] == "no-store")
    let secret = try #require(made.json["secret"]?.string)
    #expect(secret.hasPrefix("whsec_") && secret.utf8.count == "whsec_".utf8.count + 44)
    #expect(made.json["events"] == .null && made.json["enabled"] == .bool(true))
    let location = try #require(made["Location"])
    let answers = [
      try api.respond(.get, location, admin), try api.respond(.get, "/v1/webhooks", admin),
      try api.respond(.get, location + "/deliveries", admin),
      try api.respond(
        .patch, location, admin.merging(["If-Match": "*"]) { $1 }, #"{"enabled": false}"#),
      try api.get("/v1/changes?limit=1000"),
    ]
    for answer in answers {
      #expect(answer.status == 200 && !answer.text.contains("whsec_"))
      #expect(!answer.text.contains(secret.dropFirst("whsec_".count)))
    }
    #expect(answers[0].json["description"] == "Mine" && answers[0].json["secret"] == nil)
  }

  @Test(arguments: [
    ("{}", ["/url"]), (#"{"url": "http://hooks.example/in"}"#, ["/url"]),
    (#"{"url": "https://127.0.0.1/in"}"#, ["/url"]),
    (#"{"url": "https://hooks.example.evil.example/in"}"#, ["/url"]),
    (#"{"url": "https://hooks.example@evil.example/in"}"#, ["/url"]),
    (
      #"{"url": "https://other.example/", "events": ["credentials"], "provider": "none", "enabled": 1, "secret": "x"}"#,
      ["/url", "/events/0", "/provider", "/enabled", "/secret"]
    ),
    (#"{"url": "https://hooks.example/", "events": []}"#, ["/events"]),
    (#"{"url": "https://hooks.example/", "events": ["credential.delete"]}"#, ["/events/0"]),
    (#"{"url": "https://hooks.example/", "since": -1}"#, ["/since"]),
    (#"{"url": "https://hooks.example/", "since": 1000000}"#, ["/since"]),
  ])
  func `what breaks a rule is refused with every violation`(body: String, places: [String]) throws {
    let answer = try create(body)
    #expect(answer.status == 422)
    #expect(Set(answer.places) == Set(places), "\(answer.text)")
  }

  @Test func `a change names its version`() throws {
    let made = try create()
    let location = try #require(made["Location"])
    #expect(made["ETag"] == "\"1\"")
    #expect(try api.respond(.patch, location, admin, "{}").status == 428)
    #expect(try api.respond(.delete, location, admin).status == 428)
    let fields = admin.merging(["If-Match": "\"1\""]) { $1 }
    let changed = try api.respond(
      .patch, location, fields, #"{"events": ["credential", "provider.merge"]}"#)
    #expect(changed["ETag"] == "\"2\"")
    #expect(changed.json["events"] == .array([.string("credential"), .string("provider.merge")]))
    #expect(try api.respond(.patch, location, fields, #"{"enabled": false}"#).status == 412)
    #expect(try api.respond(.delete, location, fields).status == 412)
    let moved = try api.respond(
      .patch, location, admin.merging(["If-Match": "*"]) { $1 }, #"{"url": "https://no.example/"}"#)
    #expect(moved.status == 422 && moved.places == ["/url"])
    #expect(
      try api.respond(.delete, location, admin.merging(["If-Match": "\"2\""]) { $1 }).status == 200)
    #expect(try api.respond(.get, location, admin).status == 404)
  }

  @Test func `a provider has its own, an admin all, and nobody else any`() throws {
    let (slug, fields) = try api.provider()
    let other = try api.provider("Another School")
    let own = try create(by: fields)
    #expect(own.json["provider"]?.string == slug && own.json["owner"]?.string == slug)
    #expect(
      try create(
        #"{"url": "https://hooks.example/in", "provider": "another-school"}"#, by: fields
      ).places == ["/provider"])
    let location = try #require(own["Location"])
    #expect(try create().json["owner"] == .null)
    #expect(try api.respond(.get, location, fields).status == 200)
    #expect(try api.respond(.get, location, other.fields).status == 403)
    #expect(try api.respond(.get, location + "/deliveries", other.fields).status == 403)
    #expect(try api.get(location).status == 401)
    #expect(try api.get("/v1/webhooks").status == 401)
    let authority = try api.writer(.authority(country: "DK"))
    #expect(try api.respond(.get, "/v1/webhooks", authority).status == 403)
    for (fields, count) in [(fields, 1), (other.fields, 0), (admin, 2)] {
      #expect(
        try api.respond(.get, "/v1/webhooks", fields).json["items"]?.items.count == count)
    }
  }

  @Test func `a provider has ten, which takes nobody else's place`() throws {
    let (_, fields) = try api.provider()
    let other = try api.provider("Another School")
    for _ in 0..<10 { #expect(try create(by: fields).status == 201) }
    let refusal = try create(by: fields)
    #expect(refusal.status == 409)
    #expect(refusal.json["detail"] == "A provider has at most 10 webhooks.")
    for fields in [other.fields, admin] { #expect(try create(by: fields).status == 201) }
    let first = try api.respond(.get, "/v1/webhooks", fields).json["items"]?.items.first
    let path = "/v1/webhooks/\(first?["id"]?.string ?? "")"
    #expect(
      try api.respond(.delete, path, fields.merging(["If-Match": "*"]) { $1 }).status == 200)
    #expect(try create(by: fields).status == 201)
  }

  @Test func `providers have five hundred together, which leave the admins theirs`() throws {
    for number in 0..<50 {
      let (_, fields) = try api.provider("School \(number)")
      for _ in 0..<10 { #expect(try create(by: fields).status == 201) }
    }
    let refusal = try create(by: try api.provider("One more").fields)
    #expect(refusal.status == 409)
    #expect(refusal.json["detail"] == "All providers together have at most 500 webhooks.")
    #expect(try create().status == 201)
  }

  @Test func `one takes no parameters`() throws {
    let location = try #require(try create()["Location"])
    let answer = try api.respond(.get, location + "?x=1", admin)
    #expect(answer.status == 400 && answer.places == ["x"])
  }

  @Test func `a merged provider's webhooks are the survivor's`() throws {
    let (slug, fields) = try api.provider()
    let survivor = try api.provider("Another School")
    let location = try #require(try create(by: fields)["Location"])
    #expect(
      try api.respond(
        .post, "/v1/providers/\(slug):merge", admin, #"{"into": "\#(survivor.slug)"}"#
      ).status == 200)
    let after = try api.respond(.get, location, survivor.fields).json
    #expect(after["owner"]?.string == survivor.slug && after["provider"]?.string == survivor.slug)
  }

  @Test func `lists come in pages, and there is an end to them`() throws {
    for _ in 0..<100 { #expect(try create().status == 201) }
    let refusal = try create()
    #expect(refusal.status == 409)
    #expect(refusal.json["detail"] == "All admins together have at most 100 webhooks.")
    let first = try api.respond(.get, "/v1/webhooks?limit=60", admin)
    let cursor = try #require(first.json["next"]?.string)
    let second = try api.respond(.get, "/v1/webhooks?limit=60&cursor=\(cursor)", admin)
    #expect(second.json["next"] == .null)
    let ids = [first, second].flatMap {
      $0.json["items"]?.items.compactMap { $0["id"]?.string } ?? []
    }
    #expect(Set(ids).count == 100)
  }
}
