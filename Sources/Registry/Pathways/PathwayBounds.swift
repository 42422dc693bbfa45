internal import SQLite

/// What each stone costs at least, from what is held: bounds that may be added up.
///
/// A stone may count for several rules, but is paid for once. So each of the places that ask for it is charged a
/// share of its least effort, and all of them together no more than that: a cost partitioning (Katz and Domshlak
/// 2008), here in equal shares.
struct PathwayBounds {
  /// How many groups of rules ask for a stone, by its place.
  private(set) var askers: [Int: Double] = [:]
  /// Nil where no way leads to it.
  private var leasts: [Int: Effort?] = [:]
  private var underway: Set<Int> = []
  private var known: Set<Int> = []
  /// False where the graph goes on beyond what was read: then nothing is proved.
  private(set) var isWhole = true

  /// Reads all that leads to the goals, up to `most` stones.
  init(
    to goals: [Int], _ search: PathwaySearch, most: Int, in database: borrowing Connection
  ) throws(SQLiteError) {
    var border = goals
    for goal in goals { askers[goal, default: 0] += 1 }
    while let stone = border.popLast() {
      guard search.held[stone] == nil, known.insert(stone).inserted else { continue }
      guard known.count <= most else {
        isWhole = false
        break
      }
      for rule in try search.graph.rules(to: stone, in: database).all {
        for group in search.graph.rules[rule].groups {
          for component in group.components {
            askers[component, default: 0] += 1
            border.append(component)
          }
        }
      }
    }
    for goal in goals { _ = try find(goal, search, in: database) }
  }

  /// What it costs at least; nil where no way leads to it.
  func least(_ stone: Int) -> Effort? { leasts[stone] ?? Effort.none }

  /// What one of those who ask for it is charged.
  func share(_ stone: Int) -> Effort? { least(stone).map { $0 * (1 / (askers[stone] ?? 1)) } }

  /// What is charged to all but one.
  func spared(_ stone: Int) -> Effort {
    let askers = askers[stone] ?? 1
    return (least(stone) ?? .none) * ((askers - 1) / askers)
  }

  /// What components cost at least that meet a need; nil where they can't.
  func charge(
    _ need: Rule.Need, _ offers: [(effort: Effort, points: Double)]
  ) -> Effort? {
    switch need {
    case .count(let count):
      guard offers.count >= count else { return nil }
      return offers.map(\.effort).sorted().prefix(max(0, count)).reduce(.none, +)
    case .credits(let credits, _):
      // The cheapest credits first, the last component in part.
      let cheapest = offers.filter { $0.points > 0 }.map {
        ($0.effort * (1 / $0.points), $0.points)
      }
      .sorted { $0.0 < $1.0 }
      var left = credits
      var sum = Effort.none
      for (each, points) in cheapest where left > 1e-9 {
        sum = sum + each * min(left, points)
        left -= points
      }
      return left > 1e-9 ? nil : sum
    }
  }

  private mutating func find(
    _ stone: Int, _ search: PathwaySearch, in database: borrowing Connection
  ) throws(SQLiteError) -> Effort? {
    if let least = leasts[stone] { return least }
    guard search.held[stone] == nil, known.contains(stone) else { return Effort.none }
    // Exemptions may go in circles: there a bound of nothing is true, if weak.
    guard underway.insert(stone).inserted else { return Effort.none }
    defer { underway.remove(stone) }
    let leading = try search.graph.rules(to: stone, in: database)
    var best: Effort?
    for rule in leading.accumulating {
      best = least(best, try charge(rule, search, in: database))
    }
    if search.canTake(stone) {
      var taken: Effort? = search.effort(of: stone, exemptBy: nil)
      for rule in leading.exempting {
        let spared = search.effort(of: stone, exemptBy: rule)
        taken = least(taken, try charge(rule, search, in: database).map { $0 + spared })
      }
      var access: Effort? = leading.admitting.isEmpty || search.mayRecognise ? Effort.none : nil
      for rule in leading.admitting {
        access = least(access, try charge(rule, search, in: database))
      }
      if let taken, let access { best = least(best, taken + access) }
    }
    leasts[stone] = .some(best)
    return best
  }

  private mutating func charge(
    _ rule: Int, _ search: PathwaySearch, in database: borrowing Connection
  ) throws(SQLiteError) -> Effort? {
    var sum = Effort.none
    for group in search.graph.rules[rule].groups {
      var offers: [(effort: Effort, points: Double)] = []
      for stone in group.components {
        guard try find(stone, search, in: database) != nil, let share = share(stone) else {
          continue
        }
        offers.append((share, search.points(stone, for: group.need)))
      }
      guard let charge = charge(group.need, offers) else { return nil }
      sum = sum + charge
    }
    return sum
  }

  private func least(_ one: Effort?, _ other: Effort?) -> Effort? {
    guard let one, let other else { return one ?? other }
    return min(one, other)
  }
}
