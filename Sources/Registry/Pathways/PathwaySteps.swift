internal import SQLite

extension PathwaySearch {
  /// The states that one step leads to.
  mutating func next(
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
      guard !rule.shared.contains(stone), canCount(stone, rule, group),
        isUsable(stone, for: use, rule, state)
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
  func counted(_ chosen: [Int], _ rule: Rule) -> Double {
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
}
