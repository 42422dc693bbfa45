import HTTPTypes
import Testing
import Wire

/// What may be said in short is stored in full.
@Suite("What a POST of a credential says in short") struct ShortFormTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  private func post(_ body: String, _ more: [String: String] = [:]) throws -> Answer {
    let fields = try api.writer().merging(more) { $1 }
    return try api.respond(.post, "/v1/credentials", fields, body)
  }

  @Test func `a bare string is in the language that the request says`() throws {
    let danish = try post(#"{"title": "Svejsning"}"#, ["Content-Language": "da-DK"])
    #expect(danish.json["title"] == .object(["da": .string("Svejsning")]))
    #expect(try post(#"{"title": "Welding"}"#).json["title"] == .object(["en": .string("Welding")]))
  }

  @Test func `Cedefop's country codes are stored as ISO's`() throws {
    #expect(
      try post(#"{"title": "T", "countries": ["EL", "UK"]}"#).json["countries"]
        == .array([.string("GR"), .string("GB")]))
  }

  @Test func `what is said in short is stored in full, wherever it stands`() throws {
    let item = try post(
      #"""
      {"title": "T", "countries": ["DK", "EL", "IE"], "international": {"count": 41},
       "learning_outcomes": [{"text": {"en": "A"}}, {"kind": null, "text": "B"}],
       "awarding_bodies": [{"provider": null, "name": "Guild", "country": "UK"}]}
      """#, ["Content-Language": "ga"]
    ).json
    #expect(item["countries"] == ["DK", "GR", "IE"])
    #expect(item["international"] == ["countries_count": 41])
    #expect(item["learning_outcomes"] == [["text": ["en": "A"]], ["text": ["ga": "B"]]])
    #expect(item["awarding_bodies"] == [["name": ["ga": "Guild"], "country": "GB"]])
  }
}
