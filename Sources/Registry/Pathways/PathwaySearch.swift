internal import JSON
internal import SQLite

/// Looks for the best ways to a goal, the best first (A*, Hart, Nilsson and Raphael 1968).
///
/// A state is what has been obtained, and what is still open. The bound of a state is never more than the
/// best plan beyond it costs, so plans come out in their order, and the first is optimal. Where the graph is too
/// large for that, the search stops after `mostStates` and says so. One description of what leads on from a
/// state, step by step; hence the length.
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
  /// True where a country's RPL may let in where rules guard.
  let mayRecognise: Bool

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
    mayRecognise =
      !held.isEmpty && (recognition.isStated("access_to_programme") ?? question.isSpeculative)
  }

  /// The best plans to any of the goals, the best first.
  mutating func plans(
    to goals: [Int], in database: borrowing Connection
  ) throws(SQLiteError) -> [PathwayState] {
    let bounds = try PathwayBounds(to: goals, self, most: mostStones, in: database)
    isComplete = bounds.isWhole
    var queue = PathwayQueue()
    for goal in goals {
      let start = PathwayState(open: [.need(goal)], goal: goal)
      if let state = bounded(start, bounds) { queue.insert(state) }
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
        if found.isEmpty, let plan = try dive(from: state, bounds, in: database) {
          found.append(plan)
        }
        return found
      }
      for next in try next(state, in: database) {
        if let next = bounded(next, bounds) { queue.insert(next) }
      }
    }
    return found
  }

  private mutating func dive(
    from state: PathwayState, _ bounds: PathwayBounds, in database: borrowing Connection
  ) throws(SQLiteError) -> PathwayState? {
    var state = state
    for _ in 0..<1000 {
      if state.open.isEmpty { return state }
      var best: PathwayState?
      for next in try next(state, in: database) {
        guard let next = bounded(next, bounds) else { continue }
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
    for rule in try graph.rules(to: stone, in: database).accumulating {
      ways.append(state.opening([.use(RuleUse(rule, graph.rules[rule], obtains: true))]))
    }
    guard canTake(stone) else { return ways }
    var exemptions: [Int?] = [nil]
    exemptions += try graph.rules(to: stone, in: database).exempting.map(Optional.some)
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
    let rules = try graph.rules(to: stone, in: database).admitting
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
    var next = state.taking(take, for: effort(of: take.stone, exemptBy: take.exemption))
    let stone = graph.stones[take.stone]
    next.hours += hours(of: take.stone, exemptBy: take.exemption) ?? 0
    if let most = question.mostHours, next.hours > most { return nil }
    if let most = question.mostPrice, let price = stone.price, price.currency == most.currency {
      next.price += price.amount
      if next.price > most.amount { return nil }
    }
    return next
  }

  // MARK: What things cost

  private func isOwned(_ stone: Int, _ state: PathwayState) -> Bool {
    held[stone] != nil || state.obtained.contains(stone)
  }

  /// False where it isn't offered, or states something other than what is preferred.
  func canTake(_ place: Int) -> Bool {
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
    let rest = question.measure == .hours ? 1 : hours(of: stone, exemptBy: rule) ?? 0
    return Effort(unknown: amount == nil ? 1 : 0, amount: amount ?? 0, rest: rest)
  }

  /// The credits that a stone brings to a need.
  func points(_ stone: Int, for need: Rule.Need) -> Double {
    guard case .credits(_, let system) = need, graph.stones[stone].system == system else {
      return 0
    }
    return graph.stones[stone].points ?? 0
  }

  // MARK: Bounds

  /// The state with its bound: what was spent, and what is open at its share, less what others who ask for what
  /// is there, or on its way, were charged for it. Nil where no way leads on.
  private func bounded(_ state: PathwayState, _ bounds: PathwayBounds) -> PathwayState? {
    var bound = state.effort
    for open in state.open {
      switch open {
      case .need(let stone):
        if isOwned(stone, state) { continue }
        guard let share = bounds.share(stone) else { return nil }
        bound = bound + share
      case .take(let take):
        if isOwned(take.stone, state) { continue }
        bound = bound + effort(of: take.stone, exemptBy: take.exemption)
        bound = bound + bounds.spared(take.stone) * -1
      case .use(let use):
        guard let rest = rest(of: use, state, bounds) else { return nil }
        bound = bound + rest
        if use.obtains { bound = bound + bounds.spared(graph.rules[use.rule].target) * -1 }
      }
    }
    for stone in state.obtained { bound = bound + bounds.spared(stone) * -1 }
    var next = state
    next.bound = max(state.bound, state.open.isEmpty ? state.effort : bound.asBound)
    return next
  }

  /// What the groups of a rule that aren't met yet cost at least.
  private func rest(
    of use: RuleUse, _ state: PathwayState, _ bounds: PathwayBounds
  ) -> Effort? {
    let rule = graph.rules[use.rule]
    var sum = Effort.none
    for group in use.group..<max(use.group, rule.groups.count) {
      let isOpen = group == use.group
      let need: Rule.Need =
        switch rule.groups[group].need {
        case .count(let count): .count(isOpen ? count - use.inGroup.count : count)
        case .credits(let credits, let system):
          .credits(isOpen ? credits - counted(use.inGroup, rule) : credits, system: system)
        }
      var offers: [(effort: Effort, points: Double)] = []
      for (place, stone) in rule.groups[group].components.enumerated() where !use.isChosen(stone) {
        if isOwned(stone, state) {
          offers.append((.none, points(stone, for: need)))
        } else if !isOpen || place >= use.place, let share = bounds.share(stone) {
          offers.append((share, points(stone, for: need)))
        }
      }
      guard let charge = bounds.charge(need, offers) else { return nil }
      sum = sum + charge
    }
    return sum
  }
}

/// As much as is read before a search gives up proving that its plans are the best.
private let mostStones = 2000
