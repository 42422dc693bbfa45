import Testing
import Wire

/// What the deck's other slides found, asked of the API.
@Suite("the deck, asked: findings and figures") struct FindingSlideTests {
  let api: TestAPI
  init() throws { api = try TestAPI() }

  private func items(_ path: String) throws -> [JSON] {
    let answer = try api.get("/v1/\(path)")
    #expect(answer.status == 200, "\(answer.text)")
    return answer.json["items"]?.items ?? []
  }

  /// The slide "What would influence a wider uptake of MCs by employees?".
  @Test func `four factors of uptake have their per cent and their count`() throws {
    let found = try items("observations?indicator=uptake_factor&sort=-value")
    #expect(
      found.compactMap { $0["dimension"]?.string } == [
        "relevance_to_career_goals", "recognition_across_sectors_and_borders",
        "included_in_workplace_training_and_cpd", "employer_support_such_as_time_or_costs",
      ])
    #expect(found.compactMap { $0["value"]?.number } == [56, 46, 44, 36])
    #expect(found.compactMap { $0["count"]?.number } == [37, 30, 29, 24])
    // How many answered isn't printed, so it isn't said.
    #expect(found.allSatisfy { $0["base"] == .null && $0["unit"] == "percent_of_responses" })
  }

  @Test func `23 of the 39 mapped microcredentials describe their learning outcomes`() throws {
    let found = try items("observations?indicator=describes_learning_outcomes")
    #expect(found.map { $0["count"] } == [23])
    #expect(found.map { $0["base"] } == [39])
  }

  @Test func `two welding credentials are offered in 41 countries`() throws {
    let found = try items("observations?indicator=countries_offering")
    #expect(found.map { $0["value"] } == [41, 41])
    for slug in ["international-welding-engineer-iwe", "international-welding-practitioner-iwp"] {
      let credential = try api.get("/v1/credentials/\(slug)").json
      #expect(credential["international"] == ["countries_count": 41])
    }
  }

  @Test func `levels 2 to 5 are those of most`() throws {
    let found = try items("observations?unit=eqf_level_range")
    #expect(found.map { $0["value_min"] } == [2])
    #expect(found.map { $0["value_max"] } == [5])
  }

  /// "Microcredentials and the added value for end users".
  @Test(arguments: [("learners_and_employees", 7), ("employers", 6), ("vet_providers", 7)])
  func `each group of end users has its added values`(stakeholder: String, count: Int) throws {
    let found = try items("findings?kind=added_value&stakeholder=\(stakeholder)&sort=position")
    #expect(found.compactMap { $0["position"]?.number } == (1...count).map(Double.init))
    #expect(found.allSatisfy { $0["text"]?["en"]?.string?.isEmpty == false })
  }

  /// The slide "Which are the distinguishing features of micro-credentials?".
  @Test func `the distinguishing features are ten`() throws {
    let found = try items("findings?kind=feature&sort=position")
    #expect(
      found.compactMap { $0["topic"]?.string } == [
        "stated_title", "stated_date", "stated_holder", "stated_provider",
        "stated_learning_outcomes", "delivery", "outcome_based", "assessment_in_house",
        "assessment_independent", "stackable",
      ])
  }

  /// Every kind of finding stands on its slide.
  @Test(arguments: [
    ("finding", 5, "Main key findings"),
    ("finding", 3, "Focusing on sectoral and professional skills certificates"),
    ("concept", 2, "Two main conceptual elements"),
    ("shared_function", 5, "Two main conceptual elements"),
    ("objective", 3, "Cedefop project: Microcredentials (2021-23)"),
    ("driver", 2, "MCs and qualification systems/frameworks"),
    ("open_question", 3, "Emerging questions!"),
    ("research_question", 3, "Research questions (links to qualification systems)"),
    ("research_question", 3, "Research questions (added value)"),
    ("feature", 10, "Which are the distinguishing features of micro-credentials?"),
    ("added_value", 20, "Microcredentials and the added value for end users"),
  ])
  func `a slide's findings are found with the slide's title`(
    kind: String, count: Int, slide: String
  ) throws {
    let found = try items("findings?kind=\(kind)&limit=100")
    let onSlide = found.filter { $0["source"]?["locator"]?.string == slide }
    #expect(onSlide.count == count)
    #expect(onSlide.allSatisfy { $0["text"] != .null })
  }

  @Test func `the slides that are pictures say that they are, and state nothing`() throws {
    for slide in [
      "Key factors driving discussions relating MCs to qualification systems",
      "Challenges and opportunities that microcredentials bring to national qualification systems",
    ] {
      let found = try items("findings?text=null")
        .filter { $0["source"]?["locator"]?.string == slide }
      #expect(found.count == 1)
      #expect(found.first?["note"]?.string?.contains("picture") == true)
    }
  }

  @Test func `a finding is an observation in words, and no figure is one`() throws {
    #expect(try items("findings?kind=figure").isEmpty)
    let finding = try api.get("/v1/findings/open-question-open-1").json
    let observation = try api.get("/v1/observations/open-question-open-1").json
    #expect(finding["text"] == observation["text"])
    #expect(try api.get("/v1/findings/figure-uptake-factor").status == 404)
  }

  /// The first and the last slide.
  @Test func `the deck itself is a source, and so are the two that it names`() throws {
    let deck = try api.get("/v1/sources/cedefop-2022-11").json
    #expect(deck["author"] == "Anastasia Pouliou")
    #expect(deck["date_from"] == "2022-11-28")
    #expect(deck["date_to"] == "2022-11-29")
    #expect(deck["event"] == "14th BUILD UP Skills European exchange meeting")
    #expect(
      try api.names("/v1/sources?publisher=Cedefop")
        == ["cedefop-2022-11", "cedefop-5587", "cedefop-podcast"])
  }
}
