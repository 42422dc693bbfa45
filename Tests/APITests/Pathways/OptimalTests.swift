import HTTPTypes
import Testing
import Wire

/// The first plan is the best one: held against trying everything, in worlds made up from a seed.
@Suite struct OptimalTests {
  let stones: Stones
  init() throws { stones = try Stones() }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `no plan of a small world has fewer hours than the first`(seed: UInt64) throws {
    let world = SmallWorld(seed: seed, count: 9)
    try build(world)
    let held = world.held.sorted().map { #"{"credential": "s\#($0)"}"# }.joined(separator: ",")
    let answer = try stones.api.respond(
      .post, "/v1/pathways", ["Content-Type": "application/json"],
      #"{"held": [\#(held)], "goal": {"credential": "s8"}, "plans": 10}"#)
    let hours = answer.json["plans"]?.items.compactMap { $0["hours_left"]?["max"]?.number } ?? []
    #expect(answer.json["complete"] == true)
    #expect(hours.first == world.leastHours.map(Double.init), "\(answer.text)")
    #expect(hours == hours.sorted())
  }

  private func build(_ world: SmallWorld) throws {
    for (index, hours) in world.hours.enumerated() {
      try stones.credential(
        "s\(index)",
        #""workload": {"hours": \#(hours)}, "credit": {"system": "ects", "points": \#(world.points[index])}"#
      )
    }
    for rule in world.rules {
      let groups = rule.groups.map { group in
        let components = group.components.map { "\"s\($0)\"" }.joined(separator: ",")
        let need =
          group.isInPoints
          ? #""credits": \#(group.need), "system": "ects""# : #""at_least": \#(group.need)"#
        return #"{"components": [\#(components)], \#(need)}"#
      }
      let exempts = rule.exempts > 0 ? #", "exempts": {"hours": \#(rule.exempts)}"# : ""
      try stones.given(
        #"{"kind": "\#(rule.kind)", "target": "s\#(rule.target)", "groups": [\#(groups.joined(separator: ","))]\#(exempts)}"#
      )
    }
  }
}
