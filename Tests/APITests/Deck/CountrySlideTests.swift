import Testing
import Wire

/// What the deck's slides say of countries, asked of the API.
@Suite("the deck, asked: countries") struct CountrySlideTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  private func statements(_ query: String) throws -> [JSON] {
    let answer = try api.get("/v1/statements?limit=200&\(query)")
    #expect(answer.status == 200, "\(answer.text)")
    return answer.json["items"]?.items ?? []
  }

  /// "Microcredentials discussion at national policy level"; BU is Bulgaria there, and EL Greece.
  @Test(arguments: [
    ("initial_discussion", ["BE-FL", "BE-FR", "BG", "CY", "CZ", "DE", "DK", "FR", "GR"]),
    ("advanced_discussion", ["NL", "PL", "SK"]), ("legislation", ["EE", "ES", "IE", "LV"]),
  ])
  func `each stage of policy has its countries, as examples of November 2022`(
    stage: String, countries: [String]
  ) throws {
    #expect(try api.names("/v1/countries?policy_stage=\(stage)") == countries)
    let found = try statements("topic=policy_stage&value=\(stage)")
    #expect(found.compactMap { $0["country"]?.string }.sorted() == countries)
    #expect(found.allSatisfy { $0["as_of"]?.string == "2022-11-28" })
    #expect(found.allSatisfy { $0["indicative_example"] == .bool(true) })
    #expect(
      found.allSatisfy {
        $0["source"]?["locator"]?.string == "Microcredentials discussion at national policy level"
      })
  }

  @Test func `the codes that the deck prints are kept, and asked for`() throws {
    #expect(try statements("country=BG&topic=policy_stage")[0]["details"]?["deck_code"] == "BU")
    #expect(try api.names("/v1/countries?code=EL") == ["GR"])
    #expect(try statements("country=LU&topic=rpl_use")[0]["details"]?["deck_code"] == "LUX")
  }

  /// "Microcredentials and recognition of prior learning".
  @Test(arguments: [
    ("partial_qualification", ["CY", "DE", "ES", "IE", "NL"]),
    ("full_qualification", ["EE", "IE", "LU", "NO"]),
    ("access_to_programme", ["BE-FR", "IE"]),
    ("exemption_from_programme", ["BE-FL", "DK", "ES"]),
    ("exemption_from_professional_qualification", ["BE-FL", "FR"]),
  ])
  func `each use of microcredentials in RPL has its countries`(
    use: String, countries: [String]
  ) throws {
    #expect(try api.names("/v1/countries?rpl_use=\(use)") == countries)
  }

  @Test func `microcredentials are a tool of RPL, and what RPL awards`() throws {
    #expect(try statements("topic=rpl_use&aspect=tool_of_rpl").count == 16)
    let outcome = try statements("topic=rpl_use&aspect=outcome_of_rpl")
    #expect(outcome.map { $0["country"] } == [.null])
    let legislating = "/v1/countries?policy_stage=legislation&rpl_use=full_qualification"
    #expect(try api.names(legislating) == ["EE", "IE"])
  }

  /// "Linking modularisation to microcredentials".
  @Test func `modules are common in the adult learning of five`() throws {
    let found = try statements("topic=modularisation&aspect=modules_in_adult_learning")
    #expect(
      found.compactMap { $0["country"]?.string }.sorted() == ["BE-FL", "BE-FR", "CZ", "DK", "HU"])
  }

  @Test func `Croatia's mikrokvalifikacija came in 2021, and leads to levels 2 to 4`() throws {
    let found = try statements("country=HR&topic=modularisation")
    #expect(found.count == 1)
    #expect(found[0]["text"]?["en"]?.string?.contains("mikrokvalifikacija") == true)
    #expect(found[0]["details"] == ["since_year": 2021, "eqf_level_min": 2, "eqf_level_max": 4])
  }

  @Test func `Ireland has qualifications of five credits, and smaller ones are steps to them`()
    throws
  {
    let found = try statements("country=IE&topic=modularisation")
    #expect(
      found.compactMap { $0["aspect"]?.string }
        == ["free_standing_and_small_qualifications", "smaller_than_five_credits"])
    #expect(found[0]["details"] == ["min_credits": 5])
  }

  @Test func `Spain's VET runs from micro-training on, in partial and cumulative modules`() throws {
    #expect(
      try statements("country=ES&topic=modularisation").compactMap { $0["aspect"]?.string }
        == ["micro_training_to_degrees", "partial_and_cumulative_modules"])
  }

  /// "Stacking microcredentials".
  @Test func `Spain's and Latvia's laws let microcredentials stack`() throws {
    let found = try statements("topic=stacking&value=true&sort=country")
    #expect(found.compactMap { $0["country"]?.string } == ["ES", "LV"])
    #expect(found[0]["details"]?["target"] == "Formal VET certificate")
    #expect(found[0]["details"]?["legal_basis"]?.string?.contains("Organic Law") == true)
    #expect(found[1]["details"]?["target"] == "Full qualification")
    #expect(found[1]["details"]?["stand_alone_use"] == .bool(true))
    // Nobody said of Ireland that its law does, nor that it doesn't.
    #expect(try statements("country=IE&topic=stacking").isEmpty)
  }

  @Test func `ECVET doesn't always stack, and isn't always linked to a level`() throws {
    let found = try statements("country=null&topic=stacking")
    #expect(found.compactMap { $0["aspect"]?.string } == ["data", "ecvet", "ecvet_levels"])
  }

  /// "MCs and qualification systems/frameworks".
  @Test func `what has a level has one of 2 to 5, and two developments open the NQFs`() throws {
    let found = try statements("country=null&topic=nqf_inclusion")
    #expect(
      Set(found.compactMap { $0["aspect"]?.string })
        == ["levels", "path_modularisation", "path_outside_formal", "rpl"])
    let levels = try #require(found.first { $0["aspect"] == "levels" })
    #expect(levels["details"] == ["eqf_level_min": 2, "eqf_level_max": 5])
  }

  /// "Examples of why/how MCs are trusted in different local contexts".
  @Test(
    arguments: [
      ("EE", "high", "learners", "Competition for places"),
      ("LV", "high", nil, "Well-functioning national quality assurance"),
      ("PL", "high", "employers", nil), ("PL", "high", "learners", nil),
      ("PL", "low", "state_providers", "lack of clear quality assurance standards"),
      ("SI", "high", nil, "Accreditation and inclusion"),
      ("SI", "mixed", nil, "Depends on the perceived quality of content and of the provider"),
    ] as [(String, String, String?, String?)])
  func `trust is by someone, for a reason, as far as the deck says`(
    country: String, level: String, by: String?, because: String?
  ) throws {
    let found = try statements("country=\(country)&topic=trust&value=\(level)")
    #expect(
      found.contains { item in
        let details = item["details"]
        return details?["trusted_by"]?.string == by
          && (because == nil || details?["because"]?.string?.contains(because ?? "") == true)
      })
  }

  @Test func `trust has eight examples, two of them Latvia's`() throws {
    #expect(try statements("topic=trust").count == 8)
    #expect(
      try statements("topic=trust&country=LV").compactMap { $0["details"]?["subject"]?.string } == [
        "Upskilling courses that lead to certificates",
        "VET modules for one competence that lead to certificates",
      ])
  }
}
