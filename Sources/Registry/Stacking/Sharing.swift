/// Components, by numbers from 0, and the groups that they are shared out to.
struct Sharing {
  var groups: [[Int]] = []
  /// How many each group wants.
  var counts: [Int] = []
  /// The group that has each component.
  var owners: [Int?] = []

  /// Gives a group one component more: a free one, or another group's that gets another instead.
  mutating func give(_ group: Int) -> Bool {
    // By group that would get another one: which of its own it gives, and to whom.
    var ways: [(component: Int, for: Int)?] = Array(repeating: nil, count: groups.count)
    var border = [group]
    var next = 0
    while next < border.count {
      let asking = border[next]
      next += 1
      for component in groups[asking] {
        guard let owner = owners[component] else {
          pass(component, to: asking, ways, from: group)
          return true
        }
        if owner != group, ways[owner] == nil {
          ways[owner] = (component, asking)
          border.append(owner)
        }
      }
    }
    return false
  }

  private mutating func pass(
    _ component: Int, to asking: Int, _ ways: [(component: Int, for: Int)?], from group: Int
  ) {
    var (component, asking) = (component, asking)
    owners[component] = asking
    while asking != group, let way = ways[asking] {
      (component, asking) = (way.component, way.for)
      owners[component] = asking
    }
  }
}
