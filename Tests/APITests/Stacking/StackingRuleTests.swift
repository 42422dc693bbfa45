import HTTPTypes
import Registry
import Testing
import Wire

@Suite("/v1/stacking-rules") struct StackingRuleTests {
  let stones: Stones

  init() throws {
    stones = try Stones()
    for slug in ["a", "b", "c", "d"] {
      try stones.credential(slug, #""credit": {"system": "ects", "points": 5}"#)
    }
    try stones.credential("unstated")
    try stones.credential("whole", #""kind": "full_qualification""#)
  }

  private static let rule =
    #"{"kind": "accumulates_to", "target": "whole", "groups": [{"components": ["a", "b", "c"], "at_least": 2}, {"components": ["d"]}], "ordered": true, "max_age_months": 48, "jurisdiction": "DK", "legal_basis": "An example"}"#

  @Test func `a rule is kept with its versions, and found by what it is made of`() throws {
    let posted = try stones.rule(Self.rule)
    #expect(posted.status == 201)
    #expect(posted["ETag"] == "\"1\"")
    let location = try #require(posted["Location"])
    #expect(try stones.api.get(location).text == posted.text)
    for query in ["component=a", "target=whole", "jurisdiction=DK", "kind=accumulates_to"] {
      #expect(try stones.api.names("/v1/stacking-rules?\(query)") == ["whole"])
    }
    #expect(try stones.api.names("/v1/stacking-rules?component=unstated") == [])
    var fields = stones.admin
    #expect(
      try stones.api.respond(.patch, location, fields, #"{"max_age_months": 60}"#).status == 428)
    fields["If-Match"] = "\"1\""
    let patched = try stones.api.respond(.patch, location, fields, #"{"max_age_months": 60}"#)
    #expect(patched.json["max_age_months"] == 60)
    #expect(patched.json["version"] == 2)
    #expect(try stones.api.respond(.put, location, fields, Self.rule).status == 412)
    fields["If-Match"] = "\"2\""
    #expect(try stones.api.respond(.delete, location, fields).json["status"] == "withdrawn")
    #expect(try stones.api.names("/v1/stacking-rules?target=whole") == [])
  }

  @Test(arguments: [
    (#"{}"#, ["/groups", "/kind", "/target"]),
    (#"{"kind": "accumulates_to", "target": "whole", "groups": []}"#, ["/groups"]),
    (
      #"{"kind": "accumulates_to", "target": "whole", "groups": [{"components": ["a"], "at_least": 2}]}"#,
      ["/groups/0/at_least"]
    ),
    (
      #"{"kind": "accumulates_to", "target": "whole", "groups": [{"components": ["a", "whole"]}]}"#,
      ["/groups/0/components/1"]
    ),
    (
      #"{"kind": "accumulates_to", "target": "whole", "groups": [{"components": ["nothing"]}]}"#,
      ["/groups/0/components/0"]
    ),
    (
      #"{"kind": "accumulates_to", "target": "whole", "groups": [{"components": ["a", "b"]}, {"components": ["b"]}]}"#,
      ["/groups"]
    ),
    (
      #"{"kind": "accumulates_to", "target": "whole", "groups": [{"components": ["a", "b"], "credits": 11, "system": "ects"}]}"#,
      ["/groups/0/credits"]
    ),
    (
      #"{"kind": "accumulates_to", "target": "whole", "groups": [{"components": ["a"], "credits": 5}]}"#,
      ["/groups/0"]
    ),
    (
      #"{"kind": "accumulates_to", "target": "whole", "groups": [{"components": ["a", "b"]}], "overlaps": [{"components": ["a", "c"], "credits": 1}]}"#,
      ["/overlaps/0/components/1"]
    ),
    (
      #"{"kind": "accumulates_to", "target": "whole", "groups": [{"components": ["a"]}], "exempts": {"hours": 5}}"#,
      ["/exempts"]
    ),
  ])
  func `a rule that can't be is refused, with the place that shows it`(
    body: String, places: [String]
  ) throws {
    let answer = try stones.rule(body)
    #expect(answer.status == 422)
    #expect(Set(answer.places) == Set(places), "\(answer.text)")
  }

  @Test func `credits that nobody states may be enough, so they aren't refused`() throws {
    let body =
      #"{"kind": "accumulates_to", "target": "whole", "groups": [{"components": ["a", "unstated"], "credits": 11, "system": "ects"}]}"#
    #expect(try stones.rule(body).status == 201)
  }

  @Test func `two groups may want the same where there is enough for both`() throws {
    let body =
      #"{"kind": "accumulates_to", "target": "whole", "groups": [{"components": ["a", "b"], "at_least": 1}, {"components": ["b", "a"], "at_least": 1}]}"#
    #expect(try stones.rule(body).status == 201)
  }

  @Test(arguments: [
    (#"[{"components": ["a", "b"], "at_least": 1}, {"components": ["a"]}]"#, 201),
    (
      #"[{"components": ["a", "b", "c"], "at_least": 1}, {"components": ["a", "b"], "at_least": 1}, {"components": ["a"]}]"#,
      201
    ),
    (
      #"[{"components": ["a", "b"], "at_least": 1}, {"components": ["a"]}, {"components": ["b", "a"], "at_least": 1}]"#,
      422
    ),
  ])
  func `groups are met where each gets components that no other needs`(
    groups: String, status: Int
  ) throws {
    let body = #"{"kind": "accumulates_to", "target": "whole", "groups": \#(groups)}"#
    #expect(try stones.rule(body).status == status)
  }

  @Test(.timeLimit(.minutes(1)))
  func `a rule of as many components as a list may have holds nobody up`() throws {
    let slugs = (0..<1000).map { "part-\($0)" }
    var fields = stones.admin
    fields["Content-Type"] = "application/x-ndjson"
    let rows = slugs.map { #"{"slug": "\#($0)", "title": "\#($0)"}"# }.joined(separator: "\n")
    #expect(
      try stones.api.respond(.post, "/v1/credentials:import", fields, rows).status == 200)
    let quoted = slugs.map { "\"\($0)\"" }
    let components = quoted.joined(separator: ", ")
    try stones.given(
      #"{"kind": "accumulates_to", "target": "whole", "groups": [{"components": [\#(components)]}]}"#
    )
    let held = quoted.prefix(500).map { #"{"credential": \#($0)}"# }.joined(separator: ", ")
    let answer = try stones.api.respond(
      .post, "/v1/pathways", ["Content-Type": "application/json"],
      #"{"held": [\#(held)], "goal": {"credential": "whole"}}"#)
    #expect(answer.status == 200 && answer.json["complete"] == .bool(false))
  }

  @Test func `a circle is refused with the way around it`() throws {
    for (part, whole) in [("a", "b"), ("b", "c")] {
      try stones.given(
        #"{"kind": "accumulates_to", "target": "\#(whole)", "groups": [{"components": ["\#(part)"]}]}"#
      )
    }
    let back = #"{"kind": "accumulates_to", "target": "a", "groups": [{"components": ["c"]}]}"#
    let answer = try stones.rule(back)
    #expect(answer.status == 422)
    #expect(answer.text.contains("a → b → c → a"))
    // What is withdrawn stacks nothing any more.
    let fields = stones.admin.merging(["If-Match": "*"]) { $1 }
    #expect(try stones.api.respond(.delete, "/v1/stacking-rules/b", fields).status == 200)
    #expect(try stones.rule(back).status == 201)
  }

  @Test func `a circle of names that are parts of each other is one, too`() throws {
    for slug in ["welder", "welder-2"] {
      let body = #"{"slug": "\#(slug)", "title": "\#(slug)"}"#
      #expect(try stones.api.respond(.post, "/v1/credentials", stones.admin, body).status == 201)
    }
    try stones.given(
      #"{"kind": "accumulates_to", "target": "welder", "groups": [{"components": ["welder-2"]}]}"#)
    let back =
      #"{"kind": "accumulates_to", "target": "welder-2", "groups": [{"components": ["welder"]}]}"#
    #expect(try stones.rule(back).status == 422)
  }

  @Test func `exempting each other is no circle`() throws {
    for (part, whole) in [("a", "b"), ("b", "a")] {
      try stones.given(
        #"{"kind": "exempts_from", "target": "\#(whole)", "groups": [{"components": ["\#(part)"]}], "exempts": {"hours": 1}}"#
      )
    }
  }

  @Test func `an authority has the rules of its country, a provider those to its own credentials`()
    throws
  {
    let api = stones.api
    #expect(try stones.rule(Self.rule, by: try api.writer(.authority(country: "IE"))).status == 403)
    #expect(try stones.rule(Self.rule, by: try api.writer(.authority(country: "DK"))).status == 201)
    let provider = try api.provider().fields
    #expect(try stones.rule(Self.rule, by: provider).status == 403)
    let own = try api.respond(.post, "/v1/credentials", provider, #"{"title": "Own"}"#)
    #expect(own.status == 201)
    let toOwn = #"{"kind": "accumulates_to", "target": "own", "groups": [{"components": ["a"]}]}"#
    #expect(try stones.rule(toOwn, by: provider).status == 201)
    #expect(try stones.rule(toOwn, by: [:]).status == 401)
  }
}
