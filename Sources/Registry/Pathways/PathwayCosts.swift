extension PathwaySearch {
  func isOwned(_ stone: Int, _ state: PathwayState) -> Bool {
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

  func hours(of stone: Int, exemptBy rule: Int?) -> Double? {
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

  /// The state with its bound; nil where no way leads on.
  ///
  /// That is what was spent, and what is open at its share, less what others who ask for what is there, or on its
  /// way, were charged for it.
  func bounded(_ state: PathwayState, _ bounds: PathwayBounds) -> PathwayState? {
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
