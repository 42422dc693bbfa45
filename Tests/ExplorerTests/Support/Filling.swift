import HTTPTypes
import Testing
import Wire

extension Reader {
  /// Stores what `body` says as a client would.
  @discardableResult
  func post(_ path: String, _ body: String, _ fields: [String: String]) throws -> Answer {
    let answer = try respond(
      .post, path, fields.merging(["Accept": "application/json"]) { $1 }, body)
    #expect(answer.status == 201 || answer.status == 200, "\(answer.text)")
    return answer
  }

  /// A school in Denmark whose credential states all that one can.
  @discardableResult
  func fill() throws -> [String: String] {
    let fields = try writer()
    try post("/v1/providers", school, fields)
    try post("/v1/credentials", welding, fields)
    try post(
      "/v1/credentials", #"{"slug": "welder", "title": "Welder", "kind": "full_qualification"}"#,
      fields)
    try post(
      "/v1/credentials", #"{"slug": "safety", "title": "Safety at work", "kind": "unit"}"#, fields)
    try post("/v1/stacking-rules", rule, fields)
    return fields
  }
}

private let school = """
  {"slug": "welding-school", "name": {"en": "Welding School", "da": "Svejseskolen"}, "kind": "vet_provider",
    "country": "DK", "homepage": "https://welding.example",
    "identifiers": [{"scheme": "ror", "value": "05a28rw58"}, {"scheme": "vat", "value": "DK1"}],
    "quality_assurance": [{"type": "institutional_license", "agency": "Agency", "valid_until": "2029-01-31"}],
    "verification": {"state": "verified", "by": "Ministry", "on": "2026-10-01"}}
  """

private let welding = """
  {"slug": "tig-welding", "provider": "welding-school",
    "title": {"en": "TIG <welding> & more", "de": "WIG-Schweißen"},
    "awarding_bodies": [{"provider": "welding-school"}, {"name": {"en": "Institute"}, "joint": true}],
    "countries": ["DK"], "sector": "C", "nace": "25", "isced_f": ["0715"], "languages": ["da"],
    "learning_outcomes": [{"kind": "skill", "text": {"de": "Dünnblech schweißen"}}],
    "workload": {"hours_min": 100, "hours_max": 120, "days": 15}, "credit": {"system": "ects", "points": 4},
    "levels": [{"framework": "EQF", "level": "4"}, {"framework": "DE-DQR", "level": "4"}],
    "participation": ["in_person"], "prerequisites": "none", "rpl_uses": [], "highly_targeted": false,
    "not_specified": ["emerging_topics"], "validity": {"months": 24, "renewable": true},
    "price": {"amount": 450.5, "currency": "EUR"}, "homepage": "https://welding.example/tig"}
  """

private let rule = """
  {"slug": "to-welder", "kind": "accumulates_to", "target": "welder", "jurisdiction": "DK",
    "groups": [{"components": ["tig-welding"]}, {"components": ["safety"]}],
    "legal_basis": "Example act, section 4", "source": {"title": "Example act", "publisher": "Ministry"}}
  """
