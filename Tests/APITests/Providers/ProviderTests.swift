import HTTPTypes
import Registry
import Testing
import Wire

@Suite("/v1/providers") struct ProviderTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  private let school =
    #"{"name": {"en": "Welding School", "da": "Svejseskolen"}, "kind": "vet_provider", "country": "DK", "homepage": "https://welding.example", "identifiers": [{"scheme": "ror", "value": "03yrm5c26"}]}"#

  @Test func `a provider is stored whole and found by its members`() throws {
    let answer = try api.respond(.post, "/v1/providers", try api.writer(), school)
    #expect(answer.status == 201)
    #expect(answer.json["name"]?["da"]?.string == "Svejseskolen")
    #expect(answer.json["identifiers"]?.items.first?["value"]?.string == "03yrm5c26")
    for filter in [
      "country=DK", "kind=vet_provider", "q=svejse*", "slug=welding-school", "status=active",
    ] {
      #expect(try api.names("/v1/providers?\(filter)") == ["welding-school"])
    }
    #expect(try api.names("/v1/providers?country=!DK") == [])
  }

  @Test func `an authority verifies the providers of its country, who can't do it themselves`()
    throws
  {
    let (slug, own) = try api.provider()
    let patch = #"{"verification": {"state": "verified", "on": "2026-11-24"}}"#
    func verify(_ fields: [String: String]) throws -> Int {
      let fields = fields.merging(["If-Match": "*"]) { $1 }
      return try api.respond(.patch, "/v1/providers/\(slug)", fields, patch).status
    }
    #expect(try verify(own) == 403)
    #expect(try verify(try api.writer(.authority(country: "IE"))) == 403)
    #expect(try verify(try api.writer(.authority(country: "DK"))) == 200)
    #expect(try api.names("/v1/providers?verification_state=verified") == [slug])
    // Who verified it answers for its own country alone.
    let fields = own.merging(["If-Match": "*"]) { $1 }
    let move = try api.respond(.patch, "/v1/providers/\(slug)", fields, #"{"country": "IE"}"#)
    #expect(move.status == 403)
  }

  @Test func `a provider's key changes its own entry and makes no others`() throws {
    let (slug, own) = try api.provider()
    let other = try api.provider("Another School").slug
    let change = own.merging(["If-Match": "*"]) { $1 }
    let patch = #"{"homepage": "https://welding.example"}"#
    #expect(try api.respond(.patch, "/v1/providers/\(slug)", change, patch).status == 200)
    #expect(try api.respond(.patch, "/v1/providers/\(other)", change, patch).status == 403)
    #expect(try api.respond(.post, "/v1/providers", own, school).status == 403)
  }

  @Test func `a withdrawn provider's key reads its own, and writes nothing any more`() throws {
    let (slug, own) = try api.provider()
    func write(
      _ method: HTTPRequest.Method, _ path: String, _ body: String = "",
      _ more: [String: String] = [:]
    ) throws -> Answer {
      let fields = own.merging(["If-Match": "*"]) { $1 }.merging(more) { $1 }
      return try api.respond(method, "/v1/" + path, fields, body)
    }
    let rows = ["Content-Type": "application/x-ndjson", "If-Match": ""]
    #expect(try write(.post, "credentials", #"{"title": "D", "status": "draft"}"#).status == 201)
    let done = try write(.post, "credentials:import", #"{"title": "E"}"#, rows)
    #expect(try write(.delete, "providers/\(slug)").status == 200)
    for answer in try [
      write(.post, "credentials", #"{"title": "T"}"#),
      write(.post, "credentials:import", #"{"title": "T"}"#, rows),
      write(.patch, "credentials/e", "{}"), write(.delete, "credentials/e"),
      write(.patch, "providers/\(slug)", "{}"),
      write(.post, "webhooks", #"{"url": "https://hooks.example/"}"#),
    ] {
      #expect(answer.status == 403)
      #expect(answer.json["detail"]?.string?.contains("\(slug) was withdrawn") == true)
    }
    let place = try #require(done["Content-Location"])
    for path in ["/v1/credentials/d", "/v1/webhooks", place, place + "/results"] {
      #expect(try api.respond(.get, path, own).status == 200)
    }
    #expect(try api.get("/v1/credentials/e").status == 200)
  }

  @Test func `withdrawing takes a provider off the list and keeps it`() throws {
    let slug = try api.provider().slug
    let fields = try api.writer().merging(["If-Match": "\"1\""]) { $1 }
    #expect(try api.respond(.delete, "/v1/providers/\(slug)", fields).status == 200)
    #expect(try api.names("/v1/providers") == [])
    #expect(try api.get("/v1/providers/\(slug)").json["status"]?.string == "withdrawn")
  }

  @Test(arguments: [
    (#"{}"#, ["/name"]),
    (#"{"name": "N", "country": "XX", "kind": "school"}"#, ["/country", "/kind"]),
    (
      #"{"name": "N", "identifiers": [{"scheme": "isbn", "value": "1"}]}"#,
      ["/identifiers/0/scheme"]
    ),
    (#"{"name": "N", "homepage": "welding.example"}"#, ["/homepage"]),
  ])
  func `every violation is named at once`(body: String, places: [String]) throws {
    let answer = try api.respond(.post, "/v1/providers", try api.writer(), body)
    #expect(answer.status == 422)
    #expect(Set(answer.places) == Set(places))
  }

  @Test(arguments: [
    "http://", "http://:80", "http://[::1", "http://[]/", "http://[::1]x", "http://[::1]:8o/",
    "http://a:8o/", "http://a]/", "http://u@a/", "http:/a", "HTTP//a", "ftp://a/", "http://[g::1]/",
  ])
  func `a homepage has a host`(homepage: String) throws {
    let answer = try api.respond(
      .post, "/v1/providers", try api.writer(), #"{"name": "N", "homepage": "\#(homepage)"}"#)
    #expect(answer.status == 422 && answer.places == ["/homepage"], "\(answer.text)")
  }

  @Test(arguments: [
    ("HTTPS://x.y", "https://x.y"), ("Http://x.y:80/A", "http://x.y:80/A"),
    ("http://[::1]:80/", nil), ("http://a:#b", nil),
    ("https://1.2.3.4", nil), ("https://blåbær.example/ø", nil),
  ])
  func `its scheme is kept in small letters`(homepage: String, kept: String?) throws {
    let answer = try api.respond(
      .post, "/v1/providers", try api.writer(), #"{"name": "N", "homepage": "\#(homepage)"}"#)
    #expect(answer.json["homepage"] == .string(kept ?? homepage), "\(answer.text)")
  }

  @Test func `names are searched as titles are`() throws {
    for name in ["Guild of Riveting", "Riveting School"] { _ = try api.provider(name) }
    #expect(
      try api.names("/v1/providers?q=rivet*&fields=slug") == [
        "riveting-school", "guild-of-riveting",
      ])
    let answer = try api.get("/v1/providers?q=guild&highlight=true&fields=slug")
    #expect(
      answer.json["items"]?.items.first?["highlights"]?["name"]
        == .string("<mark>Guild</mark> of Riveting"))
    #expect(try api.get("/v1/providers?q=rivetting").json["did_you_mean"] == .string("riveting"))
  }
}
