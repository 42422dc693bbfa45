/// Where a search stands.
struct PathwayState {
  /// What is to be done yet; the last first.
  var open: [Open]
  let goal: Int
  /// In the order in which it was come by.
  var obtained: [Int] = []
  var effort = Effort.none
  /// No plan beyond costs less.
  var bound = Effort.none
  var hours = 0.0
  var price = 0.0
  private(set) var moves: PathwayMoves?
  /// The rules that were met, in their order.
  private(set) var rules: [Int] = []

  init(open: [Open], goal: Int) {
    self.open = open
    self.goal = goal
  }

  /// Two states at one position have the same ways before them.
  struct Position: Hashable {
    let open: [Open]
    let obtained: [Int]
    let goal: Int
    let rules: [Int]
  }

  var position: Position {
    Position(open: open, obtained: obtained, goal: goal, rules: rules)
  }

  /// Two plans with one outcome take the same, by the same rules.
  struct Outcome: Hashable {
    let obtained: Set<Int>
    let rules: Set<Int>
  }

  var outcome: Outcome { Outcome(obtained: Set(obtained), rules: Set(rules)) }

  func opening(_ more: [Open]) -> PathwayState {
    var next = self
    next.open += more
    return next
  }

  /// The rule's components are there, and with them what it leads to.
  func closing(_ use: RuleUse, _ rule: Rule) -> PathwayState {
    var next = self
    if use.obtains { next.obtained.append(rule.target) }
    next.moves = PathwayMoves(.meet(use), after: moves)
    next.rules.append(use.rule)
    return next
  }

  /// A credential is taken.
  func taking(_ take: Take, for effort: Effort) -> PathwayState {
    var next = self
    next.effort = self.effort + effort
    next.obtained.append(take.stone)
    next.moves = PathwayMoves(.take(take), after: moves)
    return next
  }

  /// The better bound first; of equal ones, what has gone further.
  func isBefore(_ other: PathwayState) -> Bool {
    if bound != other.bound { return bound < other.bound }
    return obtained.count > other.obtained.count
  }
}

/// Something that a plan has to do yet.
enum Open: Hashable {
  case need(Int)
  case use(RuleUse)
  case take(Take)

  func obtains(_ stone: Int, _ graph: PathwayGraph) -> Bool {
    switch self {
    case .need: false
    case .use(let use): use.obtains && graph.rules[use.rule].target == stone
    case .take(let take): take.stone == stone
    }
  }
}

/// A credential that is taken as a whole, or but for what a rule exempts from.
struct Take: Hashable {
  let stone: Int
  let access: Access
  let exemption: Int?
}

/// How one gets into what is taken.
enum Access: Hashable {
  case open
  case rule(Int)
  /// By recognition of prior learning: of these that are held.
  case recognition([Int])

  var rule: Int? { if case .rule(let rule) = self { rule } else { nil } }
}

/// A rule whose groups are being filled, one component after the other.
struct RuleUse: Hashable {
  let rule: Int
  /// True where meeting the rule obtains its target; false where that is only let in, or exempt.
  let obtains: Bool
  private(set) var group = 0
  /// Where in the group the next component is looked for: so no choice is met twice.
  private(set) var place = 0
  private(set) var chosen: [[Int]]

  init(_ number: Int, _ rule: Rule, obtains: Bool) {
    self.rule = number
    self.obtains = obtains
    chosen = Array(repeating: [], count: rule.groups.count)
  }

  var inGroup: [Int] { chosen[group] }

  /// How many it has chosen in all.
  var count: Int { chosen.reduce(0) { $0 + $1.count } }

  var last: Int? { chosen.last { !$0.isEmpty }?.last }

  func isChosen(_ stone: Int) -> Bool { chosen.contains { $0.contains(stone) } }

  mutating func add(_ stone: Int) { chosen[group].append(stone) }

  func choosing(_ stone: Int, at place: Int) -> RuleUse {
    var next = self
    next.add(stone)
    next.place = place + 1
    return next
  }

  mutating func beginNextGroup() {
    group += 1
    place = 0
  }
}

enum PathwayMove {
  case take(Take)
  case meet(RuleUse)
}

/// The moves of a plan, the last first; what plans begin with is shared.
final class PathwayMoves {
  private let move: PathwayMove
  private let before: PathwayMoves?

  init(_ move: PathwayMove, after before: PathwayMoves?) {
    self.move = move
    self.before = before
  }

  /// From the first to the last.
  var list: [PathwayMove] {
    var list: [PathwayMove] = []
    var at: PathwayMoves? = self
    while let moves = at {
      list.append(moves.move)
      at = moves.before
    }
    return list.reversed()
  }
}
