internal import JSON

/// What `/pathways` is asked, all of it in the address: what is held, where it should lead, by whose rules.
struct PathwayForm {
  /// Slugs.
  let held: [String]
  /// A slug; nil where a level is the goal.
  let goal: String?
  /// An EQF level, 1 to 8, and an ISCED-F code.
  let level: String?
  let field: String?
  let country: String?
  let least: String
  let isSpeculative: Bool

  init(_ address: Address) {
    func stated(_ name: String) -> String? {
      address[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    held = address.parameters.filter { $0.name == "held" && !$0.value.isEmpty }.map(\.value)
    goal = stated("goal")
    level = stated("level")
    field = stated("field")
    country = stated("country")
    least = stated("least") ?? "hours"
    isSpeculative = address["speculative"] == "true"
  }

  /// The body of `POST /v1/pathways`; nil until there is a goal.
  var question: JSONValue? {
    var members: [JSONValue.Member] = [
      .init(
        name: "held",
        value: .array(held.map { .object([.init(name: "credential", value: .string($0))]) }))
    ]
    if let goal {
      members.append(
        .init(name: "goal", value: .object([.init(name: "credential", value: .string(goal))])))
    } else if let level {
      var goal: [JSONValue.Member] = [
        .init(name: "framework", value: "EQF"), .init(name: "level", value: .string(level)),
      ]
      if let field { goal.append(.init(name: "field", value: .string(field))) }
      members.append(.init(name: "goal", value: .object(goal)))
    } else {
      return nil
    }
    if let country { members.append(.init(name: "country", value: .string(country))) }
    members.append(
      .init(name: "preferences", value: .object([.init(name: "least", value: .string(least))])))
    if isSpeculative { members.append(.init(name: "speculative", value: true)) }
    return .object(members)
  }
}
