import HTTPTypes
import JSON
import Testing
import Wire

@testable import Explorer

@Suite struct CodesTests {
  let reader: Reader
  init() throws { reader = try Reader() }

  @Test func `a code of every list that pages show has a word in every language`() throws {
    let lists = [
      "credential_kind", "provider_kind", "policy_stage", "rpl_use", "participation",
      "integration", "assessed_by", "credit_system", "stacking_kind", "credential_status",
      "learning_outcome_kind", "trust_level", "trust_group", "identifier_scheme",
      "provider_status", "verification_state", "statement_topic", "observation_kind",
      "assessment_type", "quality_assurance_type", "supervision_verification", "target_group",
    ]
    for list in lists {
      try expectWords(list, of: "/v1/vocabularies/\(list)", under: "values")
    }
    try expectWords("sector", of: "/v1/sectors?level=section&limit=100", under: "items")
    try expectWords("element", of: "/v1/vocabularies/annex1_element", under: "values")
  }

  @Test func `each member of a credential and a provider has a label`() throws {
    _ = try reader.respond(.post, "/v1/providers", reader.writer(), #"{"name": "Any"}"#)
    for list in ["credentials", "providers"] {
      let items = try JSONValue(parsing: reader.get("/v1/\(list)?limit=1").body)
      let names = try #require(items["items"]?.items.first?.members.map(\.name))
      #expect(names.count > 10)
      for name in names { #expect(Messages.all[.en]?["field.\(name)"] != nil, "\(name)") }
    }
  }

  private func expectWords(_ list: String, of path: String, under member: String) throws {
    let values = try JSONValue(parsing: reader.get(path).body)[member]?.items ?? []
    #expect(!values.isEmpty, "\(list)")
    for code in values.compactMap({ $0["code"]?.string }) {
      for language in Language.allCases {
        #expect(Messages.all[language]?["\(list).\(code)"] != nil, "\(language) \(list).\(code)")
      }
    }
  }
}
