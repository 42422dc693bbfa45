internal import JSON

/// Writes plans down.
struct PathwayWriter {
  private let search: PathwaySearch
  private var graph: PathwayGraph { search.graph }

  init(_ search: PathwaySearch) { self.search = search }

  func json(_ plan: PathwayState) -> JSONValue {
    let moves = plan.moves?.list ?? []
    let takes = moves.compactMap { if case .take(let take) = $0 { take } else { nil } }
    let hours = takes.map(hours)
    let unstated = zip(takes, hours).filter { $0.1 == nil }.map { graph.stones[$0.0.stone].slug }
    let sum = hours.compactMap(\.self).reduce((0.0, 0.0)) {
      ($0.0 + $1.lowerBound, $0.1 + $1.upperBound)
    }
    return .object([
      .init(name: "goal", value: .string(graph.stones[plan.goal].slug)),
      .init(name: "hours_left", value: range(sum.0...sum.1)),
      .init(name: "hours_not_stated", value: .array(unstated.map(JSONValue.string))),
      .init(name: "credits_left", value: credits(takes)),
      .init(name: "price_left", value: prices(takes)),
      .init(name: "steps", value: .array(moves.map { step($0, in: moves, plan) })),
    ])
  }

  /// Uses of RPL of which no source says anything, towards what the plans take.
  func off(_ plans: [PathwayState]) -> [PathwayOff] {
    guard !search.question.isSpeculative, search.question.country != nil else { return [] }
    var off: [PathwayOff] = []
    for plan in plans {
      for case .take(let take) in plan.moves?.list ?? [] {
        let use = Recognition.use(towards: graph.stones[take.stone].kind)
        let edge = PathwayOff.recognition(use, take.stone)
        guard search.recognition.isStated(use) == nil, !akin(to: take.stone).isEmpty else {
          continue
        }
        if !off.contains(edge) { off.append(edge) }
      }
    }
    return off
  }

  private func step(_ move: PathwayMove, in moves: [PathwayMove], _ plan: PathwayState) -> JSONValue
  {
    switch move {
    case .take(let take): return json(take, satisfies: purposes(take.stone, moves, plan))
    case .meet(let use):
      let rule = graph.rules[use.rule]
      return .object([
        .init(name: "do", value: use.obtains ? "stack" : "use"),
        .init(name: "credential", value: .string(graph.stones[rule.target].slug)),
        .init(name: "title", value: graph.stones[rule.target].title),
        .init(name: "from", value: slugs(use.chosen.flatMap(\.self))),
        .init(name: "rule", value: json(rule)),
        .init(name: "satisfies", value: .array(purposes(rule.target, moves, plan))),
      ])
    }
  }

  private func json(_ take: Take, satisfies: [JSONValue]) -> JSONValue {
    let stone = graph.stones[take.stone]
    var access = JSONValue.null
    switch take.access {
    case .open: break
    case .rule(let rule): access = json(graph.rules[rule])
    case .recognition(let held):
      access = search.recognition.json(
        "access_to_programme", of: held.map { graph.stones[$0].slug })
    }
    return .object([
      .init(name: "do", value: "take"), .init(name: "credential", value: .string(stone.slug)),
      .init(name: "title", value: stone.title),
      .init(name: "hours", value: hours(take).map(range) ?? .null),
      .init(name: "satisfies", value: .array(satisfies)), .init(name: "access", value: access),
      .init(name: "exemption", value: take.exemption.map { json(graph.rules[$0]) } ?? .null),
      .init(name: "rpl", value: recognition(towards: take.stone)),
      .init(name: "not_stated", value: .array(unstated(stone).map(JSONValue.string))),
    ])
  }

  /// What prior learning may spare of a step: so much that nobody says, so it is told, not counted.
  private func recognition(towards place: Int) -> JSONValue {
    let use = Recognition.use(towards: graph.stones[place].kind)
    let akin = akin(to: place)
    guard !akin.isEmpty, search.recognition.country != nil else { return .null }
    switch search.recognition.isStated(use) {
    case false?: return .null
    case nil where !search.question.isSpeculative: return .null
    default: return search.recognition.json(use, of: akin.map { graph.stones[$0].slug })
    }
  }

  private func akin(to place: Int) -> [Int] {
    search.held.keys.filter { graph.stones[$0].isAkin(to: graph.stones[place]) }.sorted()
  }

  private func unstated(_ stone: Stone) -> [String] {
    var names: [String] = []
    if stone.hours == nil { names.append("hours") }
    if stone.participation == nil, !search.question.participation.isEmpty {
      names.append("participation")
    }
    if stone.languages == nil, !search.question.languages.isEmpty { names.append("languages") }
    if stone.price == nil, search.question.mostPrice != nil { names.append("price") }
    return names
  }

  /// The goal, and each rule of the plan that a stone counts for.
  private func purposes(_ stone: Int, _ moves: [PathwayMove], _ plan: PathwayState) -> [JSONValue] {
    var purposes: [JSONValue] =
      stone == plan.goal ? [.object([.init(name: "goal", value: true)])] : []
    for case .meet(let use) in moves {
      for (group, chosen) in use.chosen.enumerated() where chosen.contains(stone) {
        purposes.append(
          .object([
            .init(name: "rule", value: .string(graph.rules[use.rule].slug)),
            .init(name: "group", value: .integer(Int64(group))),
          ]))
      }
    }
    return purposes
  }

  private func json(_ rule: Rule) -> JSONValue {
    .object([
      .init(name: "slug", value: .string(rule.slug)),
      .init(name: "kind", value: .string(rule.kind)),
      .init(name: "jurisdiction", value: rule.jurisdiction.map(JSONValue.string) ?? .null),
      .init(name: "legal_basis", value: rule.legalBasis.map(JSONValue.string) ?? .null),
      .init(name: "source", value: rule.source),
    ])
  }

  private func hours(_ take: Take) -> ClosedRange<Double>? {
    let spared = take.exemption.flatMap { graph.rules[$0].exemptHours } ?? 0
    return graph.stones[take.stone].hours.map {
      max(0, $0.lowerBound - spared)...max(0, $0.upperBound - spared)
    }
  }

  private func credits(_ takes: [Take]) -> JSONValue {
    var sums: [String: Double] = [:]
    for take in takes {
      guard let system = graph.stones[take.stone].system,
        let points = graph.stones[take.stone].points
      else { continue }
      let spared = take.exemption.flatMap { graph.rules[$0].exemptCredits } ?? 0
      sums[system, default: 0] += max(0, points - spared)
    }
    return .array(
      sums.sorted { $0.key < $1.key }.map { system, points in
        .object([
          .init(name: "system", value: .string(system)),
          .init(name: "points", value: .number(points)),
        ])
      })
  }

  private func prices(_ takes: [Take]) -> JSONValue {
    var sums: [String: Double] = [:]
    for take in takes {
      if let price = graph.stones[take.stone].price {
        sums[price.currency, default: 0] += price.amount
      }
    }
    return .array(
      sums.sorted { $0.key < $1.key }.map { currency, amount in
        .object([
          .init(name: "amount", value: .number(amount)),
          .init(name: "currency", value: .string(currency)),
        ])
      })
  }

  private func range(_ hours: ClosedRange<Double>) -> JSONValue {
    .object([
      .init(name: "min", value: .number(hours.lowerBound)),
      .init(name: "max", value: .number(hours.upperBound)),
    ])
  }

  private func slugs(_ places: [Int]) -> JSONValue {
    .array(places.map { .string(graph.stones[$0].slug) })
  }
}
