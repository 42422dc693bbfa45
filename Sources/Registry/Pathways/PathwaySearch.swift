internal import JSON
internal import SQLite

/// Looks for the best ways to a goal, the best first (A*, Hart, Nilsson and Raphael 1968).
///
/// A state is what has been obtained, and what is still open. The bound of a state is never more than the
/// best plan beyond it costs, so plans come out in their order, and the first is optimal. Where the graph is too
/// large for that, the search stops after `mostStates` and says so.
struct PathwaySearch {
  let question: PathwayQuestion
  let graph: PathwayGraph
  let recognition: Recognition
  /// The places of what is held.
  let held: [Int: CivilDate?]
  let today: CivilDate
  let mostStates: Int
  /// What would lead on, if someone said so.
  private(set) var off: [PathwayOff] = []
  private(set) var isComplete = true
  private(set) var looked = 0
  private var bounds: [Int: Effort?] = [:]
  private var underway: Set<Int> = []

  init(
    _ question: PathwayQuestion, _ graph: PathwayGraph, _ recognition: Recognition,
    held: [Int: CivilDate?], today: CivilDate, mostStates: Int
  ) {
    self.question = question
    self.graph = graph
    self.recognition = recognition
    self.held = held
    self.today = today
    self.mostStates = mostStates
  }

  /// The best plans to any of the goals, the best first.
  mutating func plans(
    to goals: [Int], in database: borrowing Connection
  ) throws(SQLiteError) -> [PathwayState] {
    var queue = PathwayQueue()
    for goal in goals {
      let start = PathwayState(open: [.need(goal)], goal: goal)
      if let state = try bounded(start, in: database) { queue.insert(state) }
    }
    var found: [PathwayState] = []
    var seen: Set<PathwayState.Position> = []
    var told: Set<PathwayState.Outcome> = []
    while let state = queue.removeFirst() {
      if state.open.isEmpty {
        if told.insert(state.outcome).inserted { found.append(state) }
        if found.count == question.count { return found }
        continue
      }
      guard seen.insert(state.position).inserted else { continue }
      looked += 1
      if looked > mostStates {
        isComplete = false
        // What was begun best is gone to its end without looking aside: a plan, if not the best.
        if found.isEmpty, let plan = try dive(from: state, in: database) { found.append(plan) }
        return found
      }
      for next in try next(state, in: database) {
        if let next = try bounded(next, in: database) { queue.insert(next) }
      }
    }
    return found
  }

  private mutating func dive(
    from state: PathwayState, in database: borrowing Connection
  ) throws(SQLiteError) -> PathwayState? {
    var state = state
    for _ in 0..<1000 {
      if state.open.isEmpty { return state }
      var best: PathwayState?
      for next in try next(state, in: database) {
        guard let next = try bounded(next, in: database) else { continue }
        if best == nil || next.isBefore(best ?? next) { best = next }
      }
      guard let best else { return nil }
      state = best
    }
    return nil
  }

  // MARK: Steps

  private mutating func next(
    _ state: PathwayState, in database: borrowing Connection
  ) throws(SQLiteError) -> [PathwayState] {
    var rest = state
    switch rest.open.removeLast() {
    case .need(let stone):
      if isOwned(stone, state) { return [rest] }
      // What is on its way already can't be what it waits for.
      if rest.open.contains(where: { $0.obtains(stone, graph) }) { return [] }
      return try ways(to: stone, rest, in: database)
    case .use(let use):
      return try fill(use, rest, in: database)
    case .take(let take):
      return taken(take, rest).map { [$0] } ?? []
    }
  }

  private mutating func ways(
    to stone: Int, _ state: PathwayState, in database: borrowing Connection
  ) throws(SQLiteError) -> [PathwayState] {
    var ways: [PathwayState] = []
    for rule in try graph.rules(to: stone, "accumulates_to", in: database) {
      ways.append(state.opening([.use(RuleUse(rule, graph.rules[rule], obtains: true))]))
    }
    guard canTake(stone) else { return ways }
    var exemptions: [Int?] = [nil]
    exemptions += try graph.rules(to: stone, "exempts_from", in: database).map(Optional.some)
    for access in try accesses(to: stone, in: database) {
      for exemption in exemptions {
        var opened: [Open] = [.take(Take(stone: stone, access: access, exemption: exemption))]
        for rule in [exemption, access.rule].compactMap(\.self) {
          opened.append(.use(RuleUse(rule, graph.rules[rule], obtains: false)))
        }
        ways.append(state.opening(opened))
      }
    }
    return ways
  }

  /// By what one gets in: nothing where no rule guards it, a rule, or prior learning where the country has that.
  private mutating func accesses(
    to stone: Int, in database: borrowing Connection
  ) throws(SQLiteError) -> [Access] {
    let rules = try graph.rules(to: stone, "gives_access_to", in: database)
    if rules.isEmpty { return [.open] }
    var accesses = rules.map(Access.rule)
    let akin = held.keys.filter { graph.stones[$0].isAkin(to: graph.stones[stone]) }.sorted()
    guard !akin.isEmpty else { return accesses }
    switch recognition.isStated("access_to_programme") {
    case true?: accesses.append(.recognition(akin))
    case false?: break
    case nil:
      if question.isSpeculative {
        accesses.append(.recognition(akin))
      } else {
        note(.recognition("access_to_programme", stone))
      }
    }
    return accesses
  }

  private mutating func note(_ edge: PathwayOff) {
    if !off.contains(edge), off.count < 100 { off.append(edge) }
  }

  /// One more component for a rule, or the rule's end.
  private mutating func fill(
    _ use: RuleUse, _ state: PathwayState, in database: borrowing Connection
  ) throws(SQLiteError) -> [PathwayState] {
    let rule = graph.rules[use.rule]
    var use = use
    while use.group < rule.groups.count {
      if !rule.isOrdered { addOwned(to: &use, rule, state) }
      if !isMet(use, rule) { break }
      use.beginNextGroup()
    }
    guard use.group < rule.groups.count else { return [state.closing(use, rule)] }
    let group = rule.groups[use.group]
    var ways: [PathwayState] = []
    for place in use.place..<group.components.count {
      let stone = group.components[place]
      if !use.isChosen(stone), canCount(stone, rule, group) {
        let isOwned = isOwned(stone, state)
        if !isOwned || isUsable(stone, for: use, rule, state) {
          let next = Open.use(use.choosing(stone, at: place))
          ways.append(state.opening(isOwned ? [next] : [next, .need(stone)]))
        }
      }
      // Where all count and their order does, the next is this one or none.
      if rule.isOrdered, case .count(let count) = group.need, count == group.components.count {
        break
      }
    }
    return ways
  }

  /// What is there already costs nothing, so it counts, unless another group may want it.
  private mutating func addOwned(to use: inout RuleUse, _ rule: Rule, _ state: PathwayState) {
    let group = rule.groups[use.group]
    for stone in group.components
    where !isMet(use, rule) && isOwned(stone, state) && !use.isChosen(stone) {
      let isElsewhere = rule.groups.indices.contains {
        $0 != use.group && rule.groups[$0].components.contains(stone)
      }
      guard !isElsewhere, canCount(stone, rule, group), isUsable(stone, for: use, rule, state)
      else { continue }
      use.add(stone)
    }
  }

  private func isMet(_ use: RuleUse, _ rule: Rule) -> Bool {
    switch rule.groups[use.group].need {
    case .count(let count): use.inGroup.count >= count
    case .credits(let credits, _): counted(use.inGroup, rule) >= credits - 1e-9
    }
  }

  /// The credits of components, where what two have in common counts once.
  private func counted(_ chosen: [Int], _ rule: Rule) -> Double {
    var sum = 0.0
    for (index, stone) in chosen.enumerated() {
      var points = graph.stones[stone].points ?? 0
      for (left, right, credits) in rule.overlaps {
        let other = left == stone ? right : right == stone ? left : nil
        if let other, chosen[..<index].contains(other) { points -= credits }
      }
      sum += max(0, points)
    }
    return sum
  }

  private mutating func canCount(_ stone: Int, _ rule: Rule, _ group: Rule.Group) -> Bool {
    guard case .credits(_, let system) = group.need else { return true }
    if graph.stones[stone].system == system, graph.stones[stone].points != nil { return true }
    if graph.stones[stone].system == nil || graph.stones[stone].points == nil {
      note(.component(rule.slug, stone, "credits"))
    }
    return false
  }

  /// False for what is too old for the rule, or comes in the wrong order.
  private mutating func isUsable(
    _ stone: Int, for use: RuleUse, _ rule: Rule, _ state: PathwayState
  ) -> Bool {
    guard let awarded = held[stone] else {
      // Obtained on the way: in the order in which the rule wants it.
      guard rule.isOrdered, let last = use.last, let at = state.obtained.firstIndex(of: stone)
      else {
        return true
      }
      return state.obtained.firstIndex(of: last).map { $0 < at } ?? true
    }
    if let most = rule.mostMonths {
      guard let awarded else { return isGuessed(.component(rule.slug, stone, "date")) }
      if awarded.months(until: today) > most { return false }
    }
    guard rule.isOrdered, let last = use.last else { return true }
    guard let before = held[last] else { return false }
    guard let awarded, let before else { return isGuessed(.component(rule.slug, stone, "date")) }
    return before.daysSince1970 <= awarded.daysSince1970
  }

  /// What isn't stated is only gone by when that was asked for.
  private mutating func isGuessed(_ edge: PathwayOff) -> Bool {
    if !question.isSpeculative { note(edge) }
    return question.isSpeculative
  }

  private func taken(_ take: Take, _ state: PathwayState) -> PathwayState? {
    if isOwned(take.stone, state) { return state }
    var next = state
    next.effort = next.effort + effort(of: take.stone, exemptBy: take.exemption)
    let stone = graph.stones[take.stone]
    next.hours += hours(of: take.stone, exemptBy: take.exemption) ?? 0
    if let most = question.mostHours, next.hours > most { return nil }
    if let most = question.mostPrice, let price = stone.price, price.currency == most.currency {
      next.price += price.amount
      if next.price > most.amount { return nil }
    }
    next.obtained.append(take.stone)
    next.moves = PathwayMoves(.take(take), after: next.moves)
    return next
  }

  // MARK: What things cost

  private func isOwned(_ stone: Int, _ state: PathwayState) -> Bool {
    held[stone] != nil || state.obtained.contains(stone)
  }

  /// False where it isn't offered, or states something other than what is preferred.
  private func canTake(_ place: Int) -> Bool {
    let stone = graph.stones[place]
    guard stone.isOffered else { return false }
    if let offered = stone.participation, !question.participation.isEmpty,
      offered.isDisjoint(with: question.participation)
    {
      return false
    }
    if let spoken = stone.languages, !question.languages.isEmpty,
      spoken.isDisjoint(with: question.languages)
    {
      return false
    }
    return true
  }

  private func hours(of stone: Int, exemptBy rule: Int?) -> Double? {
    guard let hours = graph.stones[stone].hours?.upperBound else { return nil }
    return max(0, hours - (rule.flatMap { graph.rules[$0].exemptHours } ?? 0))
  }

  func effort(of stone: Int, exemptBy rule: Int?) -> Effort {
    let amount: Double? =
      switch question.measure {
      case .steps: 1
      case .hours: hours(of: stone, exemptBy: rule)
      case .price:
        graph.stones[stone].price.flatMap {
          $0.currency == question.mostPrice?.currency ? $0.amount : nil
        }
      }
    return Effort(unknown: amount == nil ? 1 : 0, amount: amount ?? 0, steps: 1)
  }

  // MARK: Bounds

  /// The state with its bound; nil where no way leads on.
  private mutating func bounded(
    _ state: PathwayState, in database: borrowing Connection
  ) throws(SQLiteError) -> PathwayState? {
    var state = state
    var bound = max(state.bound, state.effort)
    var takes = Effort.none
    var beyond = Effort.none
    for open in state.open {
      switch open {
      case .need(let stone):
        if isOwned(stone, state) { continue }
        guard let least = try least(stone, in: database) else { return nil }
        bound = max(bound, least)
        if try isLeaf(stone, in: database) { beyond = max(beyond, least) }
      case .take(let take):
        if !isOwned(take.stone, state) {
          takes = takes + effort(of: take.stone, exemptBy: take.exemption)
        }
      case .use(let use):
        guard let rest = try rest(of: use, state, in: database) else { return nil }
        beyond = max(beyond, rest)
      }
    }
    state.bound = max(bound, state.effort + max(takes, beyond))
    return state
  }

  /// True for what can only be taken: its effort is no part of any other's.
  private func isLeaf(
    _ stone: Int, in database: borrowing Connection
  ) throws(SQLiteError) -> Bool {
    for kind in ["accumulates_to", "exempts_from", "gives_access_to"]
    where try !graph.rules(to: stone, kind, in: database).isEmpty {
      return false
    }
    return true
  }

  /// What the open group still costs at least: the cheapest of what can only be taken.
  private func rest(
    of use: RuleUse, _ state: PathwayState, in database: borrowing Connection
  ) throws(SQLiteError) -> Effort? {
    let rule = graph.rules[use.rule]
    guard use.group < rule.groups.count else { return Effort.none }
    let group = rule.groups[use.group]
    var missing: Int
    switch group.need {
    case .count(let count): missing = count - use.inGroup.count
    case .credits(let credits, _):
      let points = group.components.filter { !use.isChosen($0) }
        .map { graph.stones[$0].points ?? 0 }.sorted(by: >)
      var left = credits - counted(use.inGroup, rule)
      missing = 0
      for point in points where left > 1e-9 {
        left -= point
        missing += 1
      }
      if left > 1e-9 { return nil }
    }
    guard missing > 0 else { return Effort.none }
    var efforts: [Effort] = []
    for (place, stone) in group.components.enumerated() where !use.isChosen(stone) {
      if isOwned(stone, state) {
        efforts.append(.none)
      } else if place >= use.place {
        let isLeaf = try isLeaf(stone, in: database)
        if isLeaf, !canTake(stone) { continue }
        efforts.append(isLeaf ? effort(of: stone, exemptBy: nil) : .none)
      }
    }
    guard efforts.count >= missing else { return nil }
    return efforts.sorted().prefix(missing).reduce(.none, +)
  }

  /// What a stone costs at least, from what is held; nil where no way leads to it.
  private mutating func least(
    _ stone: Int, in database: borrowing Connection
  ) throws(SQLiteError) -> Effort? {
    if held[stone] != nil { return Effort.none }
    if let known = bounds[stone] { return known }
    // Deeper than this, or in a circle, a bound of nothing is true, if weak.
    guard underway.count < 40, bounds.count < 2000, underway.insert(stone).inserted else {
      return Effort.none
    }
    defer { underway.remove(stone) }
    var best: Effort?
    if canTake(stone) {
      best = effort(of: stone, exemptBy: nil)
      for rule in try graph.rules(to: stone, "exempts_from", in: database) {
        best = min(best ?? .none, effort(of: stone, exemptBy: rule))
      }
    }
    for rule in try graph.rules(to: stone, "accumulates_to", in: database) {
      guard let effort = try least(rule: rule, in: database) else { continue }
      best = min(best ?? effort, effort)
    }
    bounds[stone] = .some(best)
    return best
  }

  private mutating func least(
    rule number: Int, in database: borrowing Connection
  ) throws(SQLiteError) -> Effort? {
    var most = Effort.none
    for group in graph.rules[number].groups {
      var efforts: [Effort] = []
      for stone in group.components {
        if let effort = try least(stone, in: database) { efforts.append(effort) }
      }
      let count = if case .count(let count) = group.need { count } else { 1 }
      guard efforts.count >= count else { return nil }
      // Of so many, the dearest costs as much as the last of the cheapest.
      if count > 0 { most = max(most, efforts.sorted()[count - 1]) }
    }
    return most
  }
}
