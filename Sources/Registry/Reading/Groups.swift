/// What is known of a group before its figures are made.
struct Group {
  /// The value of each grouping member, in mixed radix.
  let key: UInt64
  var count = 0
  /// By measured column: a code, and how many of the group's rows have it; a code may come again.
  var codes: [[(code: Int, count: Int)]]
}

/// The groups that rows fall into, by one value of each grouping member.
struct Groups {
  /// What the codes of a member count for: 0 is not stated, 1 an empty list, 2 the first value.
  private struct Member {
    // Where each code's values begin in `values`, and after the last code's.
    var starts: [Int] = [0]
    var values: [UInt32] = []
    let size: UInt64

    /// A member that isn't asked for puts all rows into one group.
    static let none = Member(starts: [0, 1], values: [0], size: 1)

    private init(starts: [Int], values: [UInt32], size: UInt64) {
      self.starts = starts
      self.values = values
      self.size = size
    }

    init(_ view: ValueSets.View) {
      size = UInt64(view.values.count + 2)
      for code in 0..<view.count {
        let members = view.members(of: code)
        if code == ValueSets.notStated {
          values.append(0)
        } else if members.isEmpty {
          values.append(1)
        } else {
          values += members.map { $0 + 2 }
        }
        starts.append(values.count)
      }
    }
  }

  private let views: [ValueSets.View]
  private let members: [Member]
  private let measured: Int
  private var places: [UInt64: Int] = [:]
  private(set) var all: [Group] = []

  /// Groups by up to three members, with so many measured columns.
  init(_ views: [ValueSets.View], measured: Int) {
    precondition((1...3).contains(views.count), "Groups are by one to three members.")
    self.views = views
    self.measured = measured
    members = views.map(Member.init) + Array(repeating: .none, count: 3 - views.count)
  }

  /// Counts the rows of each group; a tally of the grouping members alone.
  mutating func count(_ tally: Tally) {
    gather(tally) { group, _, count in group.count += count }
  }

  /// Adds what the rows of each group have of a measured column, which the tally has last.
  mutating func measure(_ index: Int, _ tally: Tally) {
    gather(tally) { group, code, count in group.codes[index].append((code, count)) }
  }

  private mutating func gather(_ tally: Tally, _ visit: (inout Group, Int, Int) -> Void) {
    let (first, second, third) = (members[0], members[1], members[2])
    let dimensions = views.count
    tally.each { key, count in
      let one = tally.code(key, at: 0)
      let two = dimensions > 1 ? tally.code(key, at: 1) : 0
      let three = dimensions > 2 ? tally.code(key, at: 2) : 0
      let last = tally.code(key, at: tally.dimensions - 1)
      for index in first.starts[one]..<first.starts[one + 1] {
        let high = UInt64(first.values[index]) * second.size
        for index in second.starts[two]..<second.starts[two + 1] {
          let middle = (high + UInt64(second.values[index])) * third.size
          for index in third.starts[three]..<third.starts[three + 1] {
            let place = place(middle + UInt64(third.values[index]))
            visit(&all[place], last, count)
          }
        }
      }
    }
  }

  private mutating func place(_ key: UInt64) -> Int {
    if let known = places[key] { return known }
    places[key] = all.count
    all.append(Group(key: key, codes: Array(repeating: [], count: measured)))
    return all.count - 1
  }

  /// The group's value of each member.
  func values(_ group: Group) -> [GroupValue] {
    var rest = group.key
    var values: [GroupValue] = []
    for member in members.reversed() {
      switch rest % member.size {
      case 0: values.append(.notStated)
      case 1: values.append(.none)
      case let value: values.append(.value(UInt32(value - 2)))
      }
      rest /= member.size
    }
    return values.reversed().prefix(views.count).map(\.self)
  }
}
