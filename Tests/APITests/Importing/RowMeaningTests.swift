import Foundation
import HTTPTypes
import Registry
import Testing
import Wire

/// What rows say of items that are there, and of each other.
@Suite("What an import's rows mean") struct RowMeaningTests {
  let api: TestAPI
  let writer: [String: String]

  init() throws {
    api = try TestAPI()
    writer = try api.provider().fields
  }

  private func send(
    _ body: String, _ query: String = "", type: String = "application/x-ndjson",
    as fields: [String: String]? = nil
  ) throws -> [String] {
    var fields = fields ?? writer
    fields["Content-Type"] = type
    let answer = try api.respond(.post, "/v1/credentials:import" + query, fields, body)
    #expect(answer.status == 200, "\(answer.text)")
    return answer.lines.dropLast().map { "\($0["result"]?.string ?? "?")" }
  }

  private func sheet(_ body: String) throws -> [String] { try send(body, type: "text/csv") }

  private func post(_ body: String, _ more: [String: String] = [:]) throws -> Answer {
    try api.respond(.post, "/v1/credentials", writer.merging(more) { $1 }, body)
  }

  private func item(_ slug: String) throws -> JSON { try api.get("/v1/credentials/\(slug)").json }

  @Test(arguments: [("update", "updated"), ("fail", "rejected"), ("skip", "skipped")])
  func `of two rows of one item the first makes it, though its slug is taken`(
    policy: String, result: String
  ) throws {
    #expect(try post(#"{"title": "Alpha"}"#).status == 201)
    // What the writer knows of slugs is gone.
    _ = try api.provider("Another School")
    let rows = """
      {"external_id": "o-1", "title": "Alpha"}
      {"external_id": "o-1", "title": "Beta"}
      """
    #expect(try send(rows, "?on_conflict=\(policy)") == ["created", result])
    #expect(try item("alpha-2")["title"]?["en"] == (policy == "update" ? "Beta" : "Alpha"))
  }

  @Test func `what a text in one language says leaves those of others`() throws {
    #expect(
      try sheet("external_id,title,prerequisites,prerequisites.de\nx,X,Some,nichts\n")
        == ["created"])
    #expect(try item("x")["prerequisites"] == ["en": "Some", "de": "nichts"])
    #expect(try sheet("external_id,prerequisites\nx,All\n") == ["updated"])
    #expect(try item("x")["prerequisites"] == ["en": "All", "de": "nichts"])
    #expect(try sheet("external_id,prerequisites\nx,none\n") == ["updated"])
    // As Cairn's own CSV has it.
    #expect(try sheet("external_id,prerequisites\nx,\"\"\"none\"\"\"\n") == ["unchanged"])
    #expect(try item("x")["prerequisites"] == "none")
  }

  @Test func `a blank cell of a part or a language leaves the rest of its member`() throws {
    _ = try send(
      """
      {"external_id": "b", "title": {"en": "B", "de": "B"}, "description": {"en": "long", "de": "lang"}, "workload": {"days": 3}}
      """)
    #expect(
      try sheet("external_id,title.de,description.de,workload.hours\nb,,,\n") == ["unchanged"])
    #expect(try item("b")["description"] == ["en": "long", "de": "lang"])
    #expect(try item("b")["workload"] == ["days": 3])
  }

  @Test(arguments: ["[Online] First aid", "{sic} First aid"])
  func `a text may begin as JSON does`(text: String) throws {
    #expect(try sheet("external_id,title,learning_outcomes\nj,\(text),\(text)\n") == ["created"])
    let slug = try #require(try api.names("/v1/credentials?provider=welding-school").first)
    #expect(try item(slug)["title"]?["en"] == .string(text))
    #expect(try item(slug)["learning_outcomes"]?.items.first?["text"]?["en"] == .string(text))
  }

  @Test func `numbers and names that say the same are the same`() throws {
    for result in ["created", "unchanged"] {
      #expect(
        try send(
          """
          {"external_id": "n", "title": "N", "workload": {"hours": 22.0}, "international": {"count": 4}}
          """) == [result])
    }
    #expect(try item("n")["workload"]?["hours"] == 22)
    #expect(try send(#"{"external_id": "n", "international": {"count": 5}}"#) == ["updated"])
    #expect(try item("n")["international"] == ["countries_count": 5])
  }

  @Test func `a row that is too little for a new item is found by its provider's id, too`() throws {
    let id = try #require(try api.get("/v1/providers/welding-school").json["id"]?.string)
    #expect(try send(#"{"external_id": "z", "title": "Z"}"#) == ["created"])
    #expect(
      try send(
        #"{"external_id": "z", "provider": "\#(id)", "note": "n"}"#, as: try api.writer())
        == ["updated"])
  }

  @Test(arguments: ["update", "skip", "fail"])
  func `nobody learns of another's draft by importing`(policy: String) throws {
    let draft = try post(
      #"{"slug": "secret", "title": "S", "status": "draft", "external_id": "sd"}"#)
    let id = try #require(draft.json["id"]?.string)
    var other = try api.provider("Other School").fields
    other["Content-Type"] = "application/x-ndjson"
    for row in [
      #"{"external_id": "sd", "provider": "welding-school"}"#, #"{"id": "\#(id)", "note": "n"}"#,
    ] {
      let answer = try api.respond(
        .post, "/v1/credentials:import?on_conflict=\(policy)", other, row)
      #expect(answer.text.contains("rejected") && !answer.text.contains("secret"), "\(answer.text)")
    }
  }

  @Test(arguments: ["update", "skip", "fail"])
  func `who may not write an item learns that, whatever is to become of it`(policy: String) throws {
    let item = try post(#"{"slug": "theirs", "title": "T"}"#)
    let school = try api.get("/v1/providers/welding-school")
    let (credential, provider) = try (
      #require(item.json["id"]?.string), #require(school.json["id"]?.string)
    )
    let patch = writer.merging(["If-Match": "*"]) { $1 }
    _ = try api.respond(
      .patch, "/v1/providers/welding-school", patch, #"{"external_id": "p-1"}"#)
    let other = try api.provider("Other School").fields
    let authority = try api.writer(.authority(country: "IE"))
    for (path, row, fields, said) in [
      (
        "credentials", #"{"id": "\#(credential)", "note": "n"}"#, other,
        "This key is for credentials of the provider other-school only."
      ),
      (
        "credentials", #"{"id": "\#(credential)", "note": "n"}"#, authority,
        "An authority's key doesn't write credentials."
      ),
      (
        "providers", #"{"id": "\#(provider)", "homepage": "https://a.example"}"#, other,
        "This key is for the provider other-school only, and can't make others."
      ),
      (
        "providers", #"{"external_id": "p-1", "name": "N", "country": "IE"}"#, authority,
        "This key is for providers of IE only."
      ),
    ] {
      var fields = fields
      fields["Content-Type"] = "application/x-ndjson"
      let line = try #require(
        try api.respond(.post, "/v1/\(path):import?on_conflict=\(policy)", fields, row).lines.first)
      #expect(line["result"] == "rejected", "\(line)")
      #expect(line["errors"] == [["pointer": "", "detail": .string(said)]])
    }
  }

  @Test func `a header that isn't UTF-8 is told so`() throws {
    var fields = writer
    fields["Content-Type"] = "text/csv"
    let answer = try api.respond(
      .post, "/v1/credentials:import", fields,
      bytes: Array("title,Gr".utf8) + [0xF6, 0xDF]
        + Array("e\na,b\n".utf8))
    #expect(answer.text.contains("Windows-1252"), "\(answer.text)")
  }

  @Test func `names may have commas where semicolons part as many columns`() throws {
    #expect(
      try send(
        "external_id;Titel, kurz\nt;T\n", "?map=Titel%2C%20kurz=title",
        type: "text/csv") == ["created"])
  }

  @Test func `a text in a language that there isn't is refused`() throws {
    for language in ["Deutsch", "*", "zz"] {
      let answer = try post(#"{"title": "S"}"#, ["Content-Language": language])
      #expect(answer.status == 422 && answer.places == ["/title"], "\(answer.text)")
    }
  }

  @Test func `a code is the one that is on the list, byte for byte`() throws {
    for _ in 0..<3 {
      #expect(try post(#"{"title": "K", "countries": ["DK"]}"#).status == 201)
      // The Kelvin sign, which Unicode takes for a K.
      let answer = try post("{\"title\": \"K\", \"countries\": [\"D\u{212A}\"]}")
      #expect(answer.status == 422 && answer.places == ["/countries/0"], "\(answer.text)")
    }
  }

  @Test func `what looks alike and has other bytes is another name, and another value`() throws {
    let (one, other) = ("\u{E9}", "e\u{301}")
    let answer = try post(
      """
      {"title": "T", "as_printed": {"\(one)": "1", "\(other)": "2"},
        "learning_outcomes": [{"text": "\(one)"}, {"text": "\(other)"}]}
      """)
    #expect(answer.status == 201, "\(answer.text)")
    #expect(answer.body.contains("{\"\(one)\":\"1\",\"\(other)\":\"2\"}".utf8))
    let fields = writer.merging(["If-Match": "*"]) { $1 }
    let changed = try api.respond(
      .patch, "/v1/credentials/t", fields, "{\"as_printed\": {\"\(other)\": null}}")
    #expect(changed.body.contains("{\"\(one)\":\"1\"}".utf8), "\(changed.text)")
    let again = try api.respond(
      .patch, "/v1/credentials/t", fields,
      "{\"as_printed\": {\"\(one)\": null, \"\(other)\": \"1\"}}")
    #expect(again.json["version"] == 3, "\(again.text)")
  }

  @Test func `an item of a list stands there once, whatever the order of its members`() throws {
    let bodies = [
      #"{"name": {"en": "A", "da": "B"}, "joint": true}"#,
      #"{"joint": true, "name": {"da": "B", "en": "A"}}"#,
    ]
    let twice = bodies.joined(separator: ", ")
    let answer = try post(#"{"title": "L", "awarding_bodies": [\#(twice)]}"#)
    #expect(answer.status == 422 && answer.places == ["/awarding_bodies/1"], "\(answer.text)")
    // What came is kept in its order.
    let kept = try post(#"{"title": "L", "awarding_bodies": [\#(bodies[1])]}"#)
    #expect(kept.text.contains(#"[{"joint":true,"name":{"da":"B","en":"A"}}]"#), "\(kept.text)")
  }
}
