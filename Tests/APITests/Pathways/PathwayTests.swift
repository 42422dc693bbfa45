import HTTPTypes
import Testing
import Wire

@Suite("POST /v1/pathways") struct PathwayTests {
  let stones: Stones

  init() throws {
    stones = try Stones()
    for (slug, hours, points) in [
      ("tig", 40, 4), ("mig", 30, 3), ("arc", 20, 2), ("safety", 8, 1),
    ] {
      try stones.credential(
        slug,
        #""workload": {"hours": \#(hours)}, "credit": {"system": "ects", "points": \#(points)}, "isced_f": ["0715"]"#
      )
    }
    try stones.credential(
      "welder",
      #""kind": "full_qualification", "workload": {"hours": 600}, "isced_f": ["0715"], "levels": [{"framework": "IE-NFQ", "level": "6"}]"#
    )
  }

  private func ask(_ body: String) throws -> JSON {
    let answer = try stones.api.respond(
      .post, "/v1/pathways", ["Content-Type": "application/json"], body)
    #expect(answer.status == 200, "\(answer.text)")
    return answer.json
  }

  private func plans(_ body: String) throws -> [JSON] { try ask(body)["plans"]?.items ?? [] }

  /// What a plan's steps do, as "take tig".
  private func steps(_ plan: JSON?) -> [String] {
    plan?["steps"]?.items.map { "\($0["do"]?.string ?? "") \($0["credential"]?.string ?? "")" }
      ?? []
  }

  private func stack(_ members: String) throws {
    try stones.given(#"{"kind": "accumulates_to", "target": "welder", \#(members)}"#)
  }

  @Test func `what is missing is told step by step, with what it is for and by whose rule`() throws
  {
    try stack(
      #""slug": "rule", "groups": [{"components": ["tig", "mig", "arc"], "at_least": 2}, {"components": ["safety"]}], "jurisdiction": "DK", "legal_basis": "An example""#
    )
    let plans = try plans(
      #"{"held": [{"credential": "tig"}], "goal": {"credential": "welder"}, "country": "DK"}"#)
    #expect(steps(plans.first) == ["take arc", "take safety", "stack welder"])
    #expect(plans.first?["hours_left"] == ["min": 28, "max": 28])
    #expect(plans.first?["credits_left"] == [["system": "ects", "points": 3]])
    let first = plans.first?["steps"]?.items
    #expect(first?[0]["satisfies"] == [["rule": "rule", "group": 0]])
    #expect(first?[2]["from"] == ["tig", "arc", "safety"])
    #expect(first?[2]["rule"]?["legal_basis"] == "An example")
    #expect(first?[2]["satisfies"] == [["goal": true]])
    #expect(steps(plans[1]) == ["take mig", "take safety", "stack welder"])
    #expect(steps(plans[2]) == ["take welder"])
  }

  @Test func `another country's rule is no way, and none at all is every country's`() throws {
    try stack(#""groups": [{"components": ["safety"]}], "jurisdiction": "DK""#)
    let ask = { (country: String) in
      #"{"goal": {"credential": "welder"}, "plans": 1\#(country)}"#
    }
    #expect(steps(try plans(ask(#", "country": "IE""#)).first) == ["take welder"])
    #expect(steps(try plans(ask("")).first) == ["take safety", "stack welder"])
  }

  @Test func `credits are gathered as cheaply as they come, and what two share counts once`() throws
  {
    try stack(
      #""groups": [{"components": ["tig", "mig", "arc"], "credits": 5, "system": "ects"}], "overlaps": [{"components": ["mig", "arc"], "credits": 1}]"#
    )
    // mig and arc have 4 credits between them, not 5; so it is tig and arc.
    #expect(
      Set(steps(try plans(#"{"goal": {"credential": "welder"}, "plans": 1}"#).first))
        == ["take tig", "take arc", "stack welder"])
  }

  @Test func `a component counts in one group alone`() throws {
    try stack(
      #""groups": [{"components": ["tig", "safety"], "at_least": 1}, {"components": ["safety", "mig"], "at_least": 1}]"#
    )
    let plan = try plans(#"{"goal": {"credential": "welder"}, "plans": 1}"#).first
    #expect(plan?["hours_left"]?["max"] == 38)
    let held = try plans(
      #"{"held": [{"credential": "safety"}], "goal": {"credential": "welder"}, "plans": 1}"#
    ).first
    #expect(held?["hours_left"]?["max"] == 30)
  }

  @Test func `a component too old for the rule doesn't count, one without a date isn't guessed`()
    throws
  {
    try stack(#""slug": "rule", "groups": [{"components": ["tig"]}], "max_age_months": 60"#)
    func ask(_ held: String, _ more: String = "") throws -> JSON {
      try self.ask(
        #"{"held": [{"credential": "tig"\#(held)}], "goal": {"credential": "welder"}, "plans": 1\#(more)}"#
      )
    }
    let recent = try ask(#", "date": "2026-01-01""#)["plans"]?.items.first
    #expect(steps(recent) == ["stack welder"])
    #expect(steps(try ask(#", "date": "2001-01-01""#)["plans"]?.items.first) == ["take welder"])
    let undated = try ask("")
    #expect(steps(undated["plans"]?.items.first) == ["take welder"])
    #expect(
      undated["off"]?.items.first == [
        "edge": "rule", "rule": "rule", "from": "tig", "not_stated": "date",
      ])
    #expect(
      steps(try ask("", #", "speculative": true"#)["plans"]?.items.first) == ["stack welder"])
  }

  @Test func `where the order counts, what was awarded out of it doesn't`() throws {
    try stack(#""groups": [{"components": ["safety", "tig"]}], "ordered": true"#)
    func plan(_ safety: String, _ tig: String) throws -> [String] {
      steps(
        try plans(
          #"{"held": [{"credential": "safety", "date": "\#(safety)"}, {"credential": "tig", "date": "\#(tig)"}], "goal": {"credential": "welder"}, "plans": 1}"#
        ).first)
    }
    #expect(try plan("2024-01-01", "2025-01-01") == ["stack welder"])
    #expect(try plan("2025-01-01", "2024-01-01") == ["take welder"])
    let none = try plans(#"{"goal": {"credential": "welder"}, "plans": 1}"#).first
    #expect(steps(none) == ["take safety", "take tig", "stack welder"])
  }

  @Test func `a rule that exempts spares hours, one that lets in comes first`() throws {
    try stones.given(
      #"{"kind": "exempts_from", "target": "welder", "groups": [{"components": ["tig"]}], "exempts": {"hours": 100}}"#
    )
    try stones.given(
      #"{"kind": "gives_access_to", "target": "welder", "groups": [{"components": ["safety"]}]}"#)
    let plan = try plans(#"{"goal": {"credential": "welder"}, "plans": 1}"#).first
    #expect(
      steps(plan) == ["take safety", "use welder", "take tig", "use welder", "take welder"])
    #expect(plan?["hours_left"]?["max"] == 548)
    let last = plan?["steps"]?.items.last
    #expect(last?["access"]?["kind"] == "gives_access_to")
    #expect(last?["exemption"]?["kind"] == "exempts_from")
  }

  @Test func `recognition is a country's statement, and where there is none it is off`() throws {
    let body = { (country: String, more: String) in
      #"{"held": [{"credential": "tig"}], "goal": {"credential": "welder"}, "country": "\#(country)"\#(more)}"#
    }
    let ireland = try ask(body("IE", ""))
    let stated = ireland["plans"]?.items.first?["steps"]?.items.last?["rpl"]
    #expect(stated?["use"] == "full_qualification")
    #expect(stated?["status"] == "stated")
    #expect(stated?["credentials"] == ["tig"])
    #expect(stated?["source"]?["locator"] == "Microcredentials and recognition of prior learning")
    #expect(ireland["off"] == [])
    let spain = try ask(body("ES", ""))
    #expect(spain["plans"]?.items.first?["steps"]?.items.last?["rpl"] == .null)
    #expect(
      spain["off"]
        == [["edge": "rpl", "use": "full_qualification", "to": "welder", "not_stated": "rpl_use"]])
    let guessed = try ask(body("ES", #", "speculative": true"#))
    #expect(
      guessed["plans"]?.items.first?["steps"]?.items.last?["rpl"]?["status"] == "not_stated")
  }

  @Test func `recognition lets in where a country says so`() throws {
    try stones.credential("entry", #""workload": {"hours": 200}"#)
    try stones.given(
      #"{"kind": "gives_access_to", "target": "welder", "groups": [{"components": ["entry"]}]}"#)
    func plan(_ country: String) throws -> JSON? {
      try plans(
        #"{"held": [{"credential": "tig"}], "goal": {"credential": "welder"}, "country": "\#(country)", "plans": 1}"#
      ).first
    }
    #expect(try plan("IE")?["hours_left"]?["max"] == 600)
    #expect(try plan("IE")?["steps"]?.items.last?["access"]?["use"] == "access_to_programme")
    #expect(try plan("ES")?["hours_left"]?["max"] == 800)
  }

  @Test func `preferences leave out what states otherwise, and flag what doesn't state`() throws {
    try stones.credential("online", #""workload": {"hours": 90}, "participation": ["online"]"#)
    try stones.credential("room", #""workload": {"hours": 10}, "participation": ["in_person"]"#)
    try stack(#""groups": [{"components": ["online", "room", "tig"], "at_least": 1}]"#)
    func plan(_ preferences: String) throws -> JSON? {
      try plans(
        #"{"goal": {"credential": "welder"}, "plans": 1, "preferences": {\#(preferences)}}"#
      ).first
    }
    #expect(steps(try plan(#""least": "hours""#)).first == "take room")
    let unstated = try plan(#""participation": ["online"]"#)
    #expect(steps(unstated).first == "take tig")
    #expect(unstated?["steps"]?.items.first?["not_stated"] == ["participation"])
    #expect(steps(try plan(#""least": "steps", "max_hours": 9"#)) == [])
    // Of equally few steps, those with the fewer hours.
    #expect(steps(try plan(#""max_hours": 700, "least": "steps""#)).first == "take room")
  }

  @Test func `a goal may be a level and a field`() throws {
    try stack(#""groups": [{"components": ["safety"]}]"#)
    let plans = try plans(
      #"{"goal": {"framework": "IE-NFQ", "level": "6", "field": "071"}, "plans": 1}"#)
    #expect(plans.first?["goal"] == "welder")
    #expect(steps(plans.first) == ["take safety", "stack welder"])
    #expect(
      try self.plans(#"{"goal": {"framework": "IE-NFQ", "level": "6", "field": "09"}}"#).isEmpty)
  }

  @Test func `what is held already takes no step, and what nobody offers has no way`() throws {
    let held = try plans(#"{"held": [{"credential": "welder"}], "goal": {"credential": "welder"}}"#)
    #expect(held.map(steps) == [[]])
    let fields = stones.admin.merging(["If-Match": "*"]) { $1 }
    _ = try stones.api.respond(.delete, "/v1/credentials/welder", fields)
    let none = try ask(#"{"goal": {"credential": "welder"}}"#)
    #expect(none["plans"] == [])
    #expect(none["complete"] == true)
  }

  @Test func `hours that nobody states come after all that are stated`() throws {
    try stones.credential("unknown")
    try stack(#""groups": [{"components": ["unknown", "tig"], "at_least": 1}]"#)
    let plans = try plans(#"{"goal": {"credential": "welder"}}"#)
    #expect(plans.map { steps($0).first } == ["take tig", "take welder", "take unknown"])
    #expect(plans.last?["hours_not_stated"] == ["unknown"])
  }

  @Test(arguments: [
    (#"{}"#, ["/goal"]), (#"{"goal": {"credential": "nothing"}}"#, ["/goal/credential"]),
    (#"{"goal": {"framework": "IE-NFQ", "level": "66"}}"#, ["/goal"]),
    (#"{"goal": {"credential": "tig", "level": "6"}}"#, ["/goal"]),
    (
      #"{"goal": {"credential": "tig"}, "held": [{"date": "2020"}], "plans": 99}"#,
      ["/held/0/date", "/held/0/credential", "/plans"]
    ),
    (#"{"goal": {"credential": "tig"}, "preferences": {"least": "pain"}}"#, ["/preferences/least"]),
    (
      #"{"goal": {"credential": "tig"}, "preferences": {"least": "price"}}"#,
      ["/preferences/max_price"]
    ),
  ])
  func `a question that can't be understood is refused`(body: String, places: [String]) throws {
    let answer = try stones.api.respond(
      .post, "/v1/pathways", ["Content-Type": "application/json"], body)
    #expect(answer.status == 422)
    #expect(Set(answer.places) == Set(places), "\(answer.text)")
  }
}
