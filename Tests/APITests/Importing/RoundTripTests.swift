import HTTPTypes
import Testing
import Wire

/// Cairn's own CSV, sent back: whatever stands in a text, nothing new is said.
@Suite("CSV out and in again") struct RoundTripTests {
  let api: TestAPI
  let writer: [String: String]

  init() throws {
    api = try TestAPI()
    writer = try api.writer()
  }

  private func send(
    _ rows: String, _ list: String = "credentials", _ type: String = "text/csv",
    _ more: [String: String] = [:]
  ) throws -> [String] {
    let fields = writer.merging(["Content-Type": type]) { $1 }.merging(more) { $1 }
    let answer = try api.respond(.post, "/v1/\(list):import", fields, rows)
    #expect(answer.status == 200, "\(answer.text)")
    return answer.lines.dropLast().map { line in
      "\(line["result"]?.string ?? "") \(line["errors"].map { "\($0)" } ?? "")".trimmed
    }
  }

  private func post(_ item: String, _ list: String = "credentials") throws {
    #expect(try send(item, list, "application/x-ndjson") == ["created"], "\(item)")
  }

  private func csv(_ list: String, _ query: String = "") throws -> String {
    var fields = writer
    fields["Accept"] = "text/csv"
    return try api.respond(.get, "/v1/\(list)?\(query)", fields).text
  }

  private static let credentials = [
    #"{"slug": "x", "title": {"de": "Schweißen"}, "description": {"fr": "Souder", "de": "Schweißen"}}"#,
    #"{"slug": "x", "title": "X", "entry_requirement": "None", "prerequisites": {"de": "no"}}"#,
    #"{"slug": "x", "title": "X", "entry_requirement": "none", "prerequisites": "none"}"#,
    #"{"slug": "x", "title": " X ", "note": "\u00a0X\n", "external_id": " 7 "}"#,
    #"{"slug": "x", "title": "NS", "note": "NS", "external_id": "NS"}"#,
    #"{"slug": "x", "title": "{\"en\": \"X\"}", "note": "[]", "description": "[1]"}"#,
    #"{"slug": "x", "title": "=X", "note": "'=X", "description": "\tX", "external_id": "\rX"}"#,
    #"{"slug": "x", "title": "a\r\nb", "note": "c\rd", "description": "\"e\", f; g | h"}"#,
    #"{"slug": "x", "title": "X", "countries": [], "levels": [], "occupations": [], "not_specified": []}"#,
    #"{"slug": "x", "title": "X", "occupations": ["http://x.example/a;b", "http://x.example/c,d"]}"#,
    #"{"slug": "x", "title": "X", "as_printed": {"a": ""}, "source": {"title": " X "}, "not_specified": ["sector"]}"#,
    #"{"slug": "x", "title": "X", "learning_outcomes": [{"text": {"da": "NS"}}], "price": {"amount": 1.5, "currency": "EUR"}}"#,
    #"{"slug": "x", "title": "X", "nace": "25", "stackable": true, "highly_targeted": false, "status": "withdrawn"}"#,
    #"{"slug": "x", "title": "X", "validity": {"renewable": false}, "status": "draft"}"#,
  ]

  @Test(arguments: credentials)
  func `a credential that comes back is unchanged`(item: String) throws {
    try post(item)
    let asked = "slug=x&status=draft,published,withdrawn"
    for query in [asked, asked + "&lang=de"] {
      let sheet = try csv("credentials", query)
      #expect(try send(sheet) == ["unchanged"], "\(sheet)")
      #expect(
        try send(sheet, "credentials", "text/csv", ["Content-Language": "fr"]) == ["unchanged"])
    }
  }

  @Test(arguments: [
    #"{"slug": "x", "name": {"de": "Schule"}, "country": "DE", "external_id": " NS"}"#,
    #"{"slug": "x", "name": "NS", "homepage": "https://x.example/a;b", "identifiers": []}"#,
    #"{"slug": "x", "name": "=X", "identifiers": [{"scheme": "ror", "value": "03yrm5c26"}], "verification": {"state": "verified", "by": "NS"}}"#,
  ])
  func `a provider that comes back is unchanged`(item: String) throws {
    try post(item, "providers")
    let sheet = try csv("providers", "slug=x")
    #expect(try send(sheet, "providers") == ["unchanged"], "\(sheet)")
  }

  @Test func `a text that was changed is one in the sheet's language`() throws {
    try post(#"{"external_id": "x", "title": {"de": "Schweißen"}}"#)
    let (sheet, changed) = ("external_id,title\nx,Schweißen\n", "external_id,title\nx,Löten\n")
    #expect(try send(sheet) == ["unchanged"])
    let german = ["Content-Language": "de"]
    #expect(try send(changed, "credentials", "text/csv", german) == ["updated"])
    #expect(try api.get("/v1/credentials/schweissen").json["title"] == ["de": "Löten"])
    // Where a column says its language, so it is.
    #expect(try send("external_id,title.en\nx,Löten\n") == ["updated"])
    #expect(
      try api.get("/v1/credentials/schweissen").json["title"] == ["de": "Löten", "en": "Löten"])
  }

  @Test(arguments: ["title.de,title\nNeu,Hello", "title,title.de\nHello,Neu"])
  func `a text that is said again takes nothing of what another column says anew`(rows: String)
    throws
  {
    try post(#"{"slug": "x", "external_id": "k", "title": {"en": "Hello", "de": "Hallo"}}"#)
    let sheet = rows.split(separator: "\n")
    #expect(try send("external_id,\(sheet[0])\nk,\(sheet[1])\n") == ["updated"])
    #expect(try api.get("/v1/credentials/x").json["title"]?["de"] == "Neu")
  }

  @Test func `an empty list isn't one that isn't stated`() throws {
    try post(#"{"external_id": "x", "title": "X", "countries": []}"#)
    #expect(
      try csv("credentials", "slug=x&fields=countries,languages")
        == "countries,languages\r\n[],\r\n")
    #expect(try send("external_id,countries\nx,\n") == ["updated"])
    #expect(try api.get("/v1/credentials/x").json["countries"] == .null)
  }

  @Test func `no and none say that there is nothing, unless a column says the language`() throws {
    #expect(
      try send("external_id,title,prerequisites,entry_requirement.en\nx,X,No,None\n")
        == ["created"])
    let item = try api.get("/v1/credentials/x").json
    #expect(item["prerequisites"] == "none" && item["entry_requirement"] == ["en": "None"])
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
