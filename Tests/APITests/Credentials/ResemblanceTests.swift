import HTTPTypes
import Testing
import Wire

/// The deck's open question, whether sectoral and professional certificates are microcredentials.
@Suite("GET /v1/credentials?resembles=microcredential") struct ResemblanceTests {
  let stones: Stones

  init() throws {
    stones = try Stones()
    try stones.credential(
      "sectoral",
      #""kind": "sectoral_certificate", "learning_outcomes": [{"text": "An example"}], "assessed_by": "independent_assessor", "quality_assurance_types": [], "highly_targeted": true"#
    )
    try stones.credential(
      "professional",
      #""kind": "professional_certificate", "learning_outcomes": [{"text": "An example"}], "integration": "both""#
    )
    try stones.credential("degree", #""kind": "full_qualification", "integration": "stand_alone""#)
    try stones.credential("silent", #""kind": "licence""#)
  }

  private func resemblance(_ slug: String) throws -> JSON? {
    try stones.api.get("/v1/credentials/\(slug)?fields=resemblance").json["resemblance"]
  }

  @Test func `each criterion is met, not met, or not stated`() throws {
    #expect(
      try resemblance("sectoral") == [
        "learning_outcomes": true, "small_volume": .null, "assessment": true,
        "specific_need": true, "stand_alone_or_combined": .null, "quality_assurance": false,
      ])
    #expect(try resemblance("degree")?["small_volume"] == false)
    #expect(try resemblance("silent")?.members.values.allSatisfy { $0 == .null } == true)
  }

  @Test func `what something speaks for and nothing against resembles one, and says why`() throws {
    let query = "/v1/credentials?resembles=microcredential&limit=100"
    let slugs = try stones.api.names(query)
    #expect(slugs.contains("professional"))
    #expect(!slugs.contains { ["sectoral", "degree", "silent"].contains($0) })
    let items = try stones.api.get(query).json["items"]?.items ?? []
    #expect(items.allSatisfy { $0["resemblance"]?["small_volume"] != nil })
    #expect(
      Set(try stones.api.names("/v1/credentials?resembles=null")) == [
        "sectoral", "degree", "silent",
      ])
    let kinds = "/v1/credentials?resembles=microcredential&kind=professional_certificate"
    #expect(try stones.api.names(kinds) == ["professional"])
  }

  @Test func `it is told to who asks, and to no one else`() throws {
    #expect(try stones.api.get("/v1/credentials/degree").json["resemblance"] == nil)
    #expect(
      try stones.api.get("/v1/credentials?limit=1").json["items"]?.items[0]["resemblance"] == nil)
    #expect(try stones.api.get("/v1/credentials?resembles=degree").places == ["resembles"])
  }
}
