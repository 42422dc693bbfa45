import HTTPTypes
import Registry
import Testing
import Wire

@Suite("include=") struct IncludeTests {
  let api: TestAPI

  init() throws {
    api = try TestAPI()
    let (slug, fields) = try api.provider()
    let guild = try api.provider("Guild of Smiths", country: "IE").slug
    for body in [
      #"{"slug": "a", "title": "A", "countries": ["DK", "IE"], "levels": [{"framework": "IE-NFQ", "level": "6"}], "awarding_bodies": [{"provider": "\#(guild)"}, {"provider": "\#(slug)"}]}"#,
      #"{"slug": "b", "title": "B", "countries": ["DK"]}"#, #"{"slug": "c", "title": "C"}"#,
    ] {
      let answer = try api.respond(.post, "/v1/credentials", fields, body)
      #expect(answer.status == 201, "\(answer.text)")
    }
  }

  @Test func `a list carries what its items name, each once, by code`() throws {
    let answer = try api.get(
      "/v1/credentials?provider=welding-school&include=provider,countries,levels,awarding_bodies")
    let included = answer.json["included"]
    #expect(answer.json["items"]?.items.count == 3)
    #expect(included?["providers"]?.members.keys.sorted() == ["guild-of-smiths", "welding-school"])
    #expect(included?["countries"]?.members.keys.sorted() == ["DK", "IE"])
    #expect(included?["countries"]?["DK"]?["name"]?["en"] == .string("Denmark"))
    #expect(included?["levels"]?["IE-NFQ-6"]?["framework"] == .string("IE-NFQ"))
    #expect(included?["providers"]?["welding-school"]?["country"] == .string("DK"))
  }

  @Test func `a page carries what its own items name`() throws {
    let answer = try api.get("/v1/credentials?q=B&provider=welding-school&include=countries,levels")
    #expect(answer.json["included"]?["countries"]?.members.keys.sorted() == ["DK"])
    #expect(answer.json["included"]?["levels"] == .object([:]))
    #expect(try api.get("/v1/credentials?limit=1").json["included"] == nil)
  }

  @Test func `an item carries what it names, and has a tag of its own for it`() throws {
    let answer = try api.get("/v1/credentials/b?include=provider&fields=slug,provider.name")
    #expect(
      answer.text
        == #"{"slug":"b","included":{"providers":{"welding-school":{"name":{"en":"Welding School"}}}}}"#
        + "\n")
    let whole = try api.get("/v1/credentials/b?include=provider")
    #expect(whole.json["title"]?["en"] == .string("B"))
    #expect(whole["ETag"] != (try api.get("/v1/credentials/b"))["ETag"])
    #expect(
      try api.get("/v1/credentials/c?include=countries").json["included"]?["countries"]
        == .object([:]))
  }

  @Test func `fields picks members of what is included`() throws {
    let answer = try api.get(
      "/v1/credentials?provider=welding-school&sort=-title&limit=1&fields=slug,countries.code,provider.slug&include=countries,provider"
    )
    #expect(
      answer.json["included"]
        == .object([
          "countries": .object([:]),
          "providers": .object(["welding-school": .object(["slug": .string("welding-school")])]),
        ]))
  }

  @Test func `a provider carries its country`() throws {
    let answer = try api.get("/v1/providers?include=country&fields=slug,country.alpha3")
    #expect(answer.json["included"]?["countries"]?["DK"] == .object(["alpha3": .string("DNK")]))
    #expect(
      try api.get("/v1/providers/welding-school?include=country").json["included"]?["countries"]?[
        "DK"]?["code"]
        == .string("DK"))
  }

  @Test(arguments: [
    ("/v1/credentials?include=providr", "include", "provider"),
    ("/v1/credentials/a?include=level", "include", "levels"),
    ("/v1/credentials?include=", "include", "countries"),
    ("/v1/credentials?fields=provider.name", "fields", "include=provider"),
    ("/v1/credentials?include=provider&fields=provider.nam", "fields", "name"),
    ("/v1/credentials?fields=proider.name", "fields", "member"),
    ("/v1/credentials.csv?include=provider", "include", "JSON"),
    ("/v1/countries?include=provider", "include", "parameter"),
    ("/v1/countries/DK?include=provider", "include", "all"),
  ])
  func `what can't be included is a 400 that names what can`(
    target: String, parameter: String, hint: String
  ) throws {
    let answer = try api.get(target)
    #expect(answer.status == 400)
    #expect(answer.places == [parameter])
    #expect(answer.json["detail"]?.string?.contains(hint) == true, "\(answer.text)")
  }
}
