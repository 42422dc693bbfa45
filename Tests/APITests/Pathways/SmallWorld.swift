/// A small made-up registry, and the least hours to a goal in it by trying everything.
///
/// Credential i is made only of credentials before it, so nothing goes in circles.
struct SmallWorld: Sendable {
  struct Group: Sendable {
    let components: [Int]
    /// How many, or how many points.
    let need: Int
    let isInPoints: Bool
  }

  struct Rule: Sendable {
    let kind: String
    let target: Int
    let groups: [Group]
    let exempts: Int
  }

  let hours: [Int]
  let points: [Int]
  let rules: [Rule]
  let held: Set<Int>

  init(seed: UInt64, count: Int) {
    var random = Seeded(state: seed)
    let hours = (0..<count).map { _ in Int(random.next() % 50) + 1 }
    let points = (0..<count).map { _ in Int(random.next() % 5) + 1 }
    var rules: [Rule] = []
    for target in count / 3..<count {
      for _ in 0..<Int(random.next() % 3) {
        let kinds = ["accumulates_to", "accumulates_to", "exempts_from", "gives_access_to"]
        let kind = kinds[Int(random.next() % 4)]
        let groups = (0...Int(random.next() % 2)).map { _ in
          Self.group(before: target, points, &random)
        }
        let rule = Rule(
          kind: kind, target: target, groups: groups,
          exempts: kind == "exempts_from" ? Int(random.next() % 20) + 1 : 0)
        // Two groups that can't both be met are refused when they are written.
        if Self.isMet(rule, by: Set(0..<target), points) { rules.append(rule) }
      }
    }
    self.hours = hours
    self.points = points
    self.rules = rules
    held = Set((0..<count - 1).filter { _ in random.next() % 5 == 0 })
  }

  private static func group(
    before target: Int, _ points: [Int], _ random: inout Seeded
  ) -> Group {
    var components: [Int] = []
    for _ in 0...Int(random.next() % 4) {
      let component = Int(random.next() % UInt64(target))
      if !components.contains(component) { components.append(component) }
    }
    let isInPoints = random.next() % 3 == 0
    let all = isInPoints ? components.map { points[$0] }.reduce(0, +) : components.count
    return Group(
      components: components, need: Int(random.next() % UInt64(all)) + 1, isInPoints: isInPoints)
  }

  /// The least hours from what is held to the last credential; nil where no way leads there.
  var leastHours: Int? {
    let goal = hours.count - 1
    let free = (0...goal).filter { !held.contains($0) }
    var best: Int?
    for choice in 0..<(1 << free.count) {
      let taken = Set(free.indices.filter { choice >> $0 & 1 == 1 }.map { free[$0] })
      guard reached(taking: taken).isSuperset(of: taken.union([goal])) else { continue }
      let sum = taken.map { cost(of: $0, taking: taken) }.reduce(0, +)
      best = min(best ?? sum, sum)
    }
    return best
  }

  /// All that is come by when these are taken, each once it is let in.
  private func reached(taking taken: Set<Int>) -> Set<Int> {
    var reached = held
    for stone in hours.indices where !reached.contains(stone) {
      let met = rules.filter { $0.target == stone && Self.isMet($0, by: reached, points) }
      let guards = rules.contains { $0.target == stone && $0.kind == "gives_access_to" }
      let isLetIn = !guards || met.contains { $0.kind == "gives_access_to" }
      if met.contains(where: { $0.kind == "accumulates_to" }) || (taken.contains(stone) && isLetIn)
      {
        reached.insert(stone)
      }
    }
    return reached
  }

  private func cost(of stone: Int, taking taken: Set<Int>) -> Int {
    let before = reached(taking: taken).filter { $0 < stone }
    let spared = rules.filter {
      $0.target == stone && $0.kind == "exempts_from" && Self.isMet($0, by: before, points)
    }.map(\.exempts).max()
    return max(0, hours[stone] - (spared ?? 0))
  }

  /// Tries every way of giving components to groups, each to one.
  private static func isMet(_ rule: Rule, by reached: Set<Int>, _ points: [Int]) -> Bool {
    let stones = Set(rule.groups.flatMap(\.components)).intersection(reached).sorted()
    func give(_ index: Int, _ left: [Int]) -> Bool {
      if left.allSatisfy({ $0 <= 0 }) { return true }
      guard index < stones.count else { return false }
      if give(index + 1, left) { return true }
      for (group, wanted) in rule.groups.enumerated()
      where wanted.components.contains(stones[index]) {
        var rest = left
        rest[group] -= wanted.isInPoints ? points[stones[index]] : 1
        if give(index + 1, rest) { return true }
      }
      return false
    }
    return give(0, rule.groups.map(\.need))
  }
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers for the same seed.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
