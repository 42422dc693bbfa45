import HTTPTypes
import Testing
import Wire

/// A new credential is written down without being read.
@Suite struct NewCredentialTests {
  @Test func `the answer to a POST is what is stored, whatever is stated`() throws {
    let api = try TestAPI()
    let answer = try api.respond(
      .post, "/v1/credentials", try api.provider().fields,
      #"""
      {"title": {"da": "Svejsning \"i dybden\"", "en": "Welding <in depth>"}, "kind": "unit",
        "status": "published", "description": "Ümlauts & more", "external_id": "x/1",
        "awarding_bodies": [{"provider": "welding-school"}, {"name": "Institute", "joint": true}],
        "countries": ["DK"], "international": {"countries_count": 41}, "nace": "25",
        "isced_f": ["0715"], "languages": ["da"],
        "learning_outcomes": [{"kind": "skill", "text": {"de": "Dünnblech schweißen"}}],
        "workload": {"hours_min": 100, "hours_max": 120.5, "days": 15},
        "credit": {"system": "ects", "points": 4}, "levels": [{"framework": "EQF", "level": "4"}],
        "participation": ["in_person"], "prerequisites": "none", "integration": "stand_alone",
        "rpl_uses": [], "highly_targeted": false, "emerging_topics": true,
        "not_specified": ["occupations"], "validity": {"months": 24, "renewable": true},
        "price": {"amount": 450.5, "currency": "EUR"}, "homepage": "https://welding.example/tig",
        "note": "A note", "source": {"title": "A source"}}
      """#)
    #expect(answer.status == 201)
    #expect(answer.json["stackable"] == .bool(false) && answer.json["sector"] == .string("C"))
    let location = try #require(answer["Location"])
    #expect(try api.get(location).text == answer.text)
  }
}
