public import JSON

/// How alike two credentials are, member by member, so that whoever reads the number can see where it
/// comes from.
public struct Likeness: Sendable {
  /// What one member says of it.
  public struct Member: Sendable {
    public let name: String
    /// What it counts for; 0 where it is told and doesn't count.
    public let weight: Double
    /// From 0 to 1; nil where one of the two doesn't state it.
    public let score: Double?
    /// What both state, what only the one that was asked about does, and what only the other.
    public let shared: JSONValue
    public let onlyThis: JSONValue
    public let onlyThat: JSONValue
  }

  public let members: [Member]

  /// From 0 to 1: the mean of the members that the one asked about states, by their weights.
  ///
  /// What the other leaves unsaid isn't alike.
  public let score: Double

  init(of this: Profile, and that: Profile, _ texts: inout TextLikeness) {
    let compared: [(isStated: Bool, member: Member)] = [
      (!this.outcomes.isEmpty, outcomes(this, that, &texts)),
      (!this.titles.isEmpty, title(this, that, &texts)),
      (!this.fields.isEmpty, fields(this, that)), (!this.levels.isEmpty, levels(this, that)),
      (this.workload != nil, workload(this, that)), (this.sector != nil, sector(this, that)),
      (false, countries(this, that)),
    ]
    members = compared.map(\.member)
    let counted = compared.filter(\.isStated).map(\.member)
    let weight = counted.reduce(0) { $0 + $1.weight }
    score = weight > 0 ? counted.reduce(0) { $0 + $1.weight * ($1.score ?? 0) } / weight : 0
  }
}

private func outcomes(_ this: Profile, _ that: Profile, _ texts: inout TextLikeness)
  -> Likeness.Member
{
  // Each outcome with the one of the other side that says most of it.
  var mine = [Double](repeating: 0, count: this.outcomes.count)
  var theirs = [Double](repeating: 0, count: that.outcomes.count)
  for (i, left) in this.outcomes.enumerated() {
    for (j, right) in that.outcomes.enumerated() {
      let alike =
        left.esco.isDisjoint(with: right.esco) ? texts.best(left.texts, right.texts).score : 1
      mine[i] = max(mine[i], alike)
      theirs[j] = max(theirs[j], alike)
    }
  }
  // From here on two sentences say the same thing in words of their own.
  func told(_ outcomes: [Profile.Outcome], _ isKept: (Int) -> Bool) -> JSONValue {
    .texts(outcomes.indices.filter(isKept).map { outcomes[$0].texts.first ?? "" })
  }
  return Likeness.Member(
    name: "learning_outcomes", weight: 0.3,
    score: mine.isEmpty || theirs.isEmpty
      ? nil : (mine + theirs).reduce(0, +) / Double(mine.count + theirs.count),
    shared: told(this.outcomes) { mine[$0] >= 0.6 },
    onlyThis: told(this.outcomes) { mine[$0] < 0.6 },
    onlyThat: told(that.outcomes) { theirs[$0] < 0.6 })
}

private func title(_ this: Profile, _ that: Profile, _ texts: inout TextLikeness)
  -> Likeness.Member
{
  let best = texts.best(this.titles, that.titles)
  return Likeness.Member(
    name: "title", weight: 0.25,
    score: this.titles.isEmpty || that.titles.isEmpty ? nil : best.score,
    words: texts.words(in: best.left), texts.words(in: best.right))
}

/// ISCED-F 2013 is a tree: 0715 lies in 071, and that in 07.
private func fields(_ this: Profile, _ that: Profile) -> Likeness.Member {
  func alike(_ left: String, _ right: String) -> Double {
    if left == right { return 1 }
    let common = zip(left, right).prefix { $0 == $1 }.count
    return common >= 3 ? 0.6 : common == 2 ? 0.3 : 0
  }
  return Likeness.Member(
    name: "isced_f", weight: 0.15, score: meanOfBest(this.fields, that.fields, alike),
    words: this.fields, that.fields)
}

/// Levels compare through the EQF: one apart is half alike.
///
/// Those that aren't referenced to it compare by their codes.
private func levels(_ this: Profile, _ that: Profile) -> Likeness.Member {
  let score: Double? =
    if this.eqf.isEmpty || that.eqf.isEmpty {
      this.levels.isEmpty || that.levels.isEmpty
        ? nil : this.levels.contains(where: that.levels.contains) ? 1 : 0
    } else {
      meanOfBest(this.eqf, that.eqf) { max(0, 1 - Double(abs($0 - $1)) / 2) }
    }
  return Likeness.Member(
    name: "levels", weight: 0.1, score: score, words: this.levels, that.levels)
}

/// The smaller as a part of the larger: of the hours, or of the points of one credit system.
private func workload(_ this: Profile, _ that: Profile) -> Likeness.Member {
  func ratio(_ left: Double, _ right: Double) -> Double {
    max(left, right) == 0 ? 1 : min(left, right) / max(left, right)
  }
  let score: Double? =
    switch (this.workload, that.workload) {
    case (let left?, let right?) where left.hours != nil && right.hours != nil:
      ratio(left.hours ?? 0, right.hours ?? 0)
    case (let left?, let right?) where left.system != nil && left.system == right.system:
      ratio(left.points ?? 0, right.points ?? 0)
    default: nil
    }
  let (left, right) = (this.workload?.json ?? .null, that.workload?.json ?? .null)
  return Likeness.Member(
    name: "workload", weight: 0.1, score: score, shared: left == right ? left : .null,
    onlyThis: left == right ? .null : left, onlyThat: left == right ? .null : right)
}

/// NACE: the same division, or at least the same section.
private func sector(_ this: Profile, _ that: Profile) -> Likeness.Member {
  let score: Double? =
    if this.sector == nil || that.sector == nil {
      nil
    } else if this.sector != that.sector {
      0
    } else {
      this.division == that.division ? 1 : 0.5
    }
  let (left, right) = ([this.sector, this.division], [that.sector, that.division])
  return Likeness.Member(
    name: "sector", weight: 0.1, score: score, words: left.compactMap(\.self),
    right.compactMap(\.self))
}

/// Where it is offered doesn't make it another thing, which is what likeness is to show.
private func countries(_ this: Profile, _ that: Profile) -> Likeness.Member {
  Likeness.Member(
    name: "countries", weight: 0, score: nil, words: this.countries, that.countries)
}

/// Each of both sides with its best on the other; nil where one side says nothing.
private func meanOfBest<T>(_ left: [T], _ right: [T], _ alike: (T, T) -> Double) -> Double? {
  guard !left.isEmpty, !right.isEmpty else { return nil }
  let mine = left.map { one in right.map { alike(one, $0) }.max() ?? 0 }
  let theirs = right.map { one in left.map { alike($0, one) }.max() ?? 0 }
  return (mine + theirs).reduce(0, +) / Double(mine.count + theirs.count)
}

extension Likeness.Member {
  fileprivate init(
    name: String, weight: Double, score: Double?, words this: [String], _ that: [String]
  ) {
    self.init(
      name: name, weight: weight, score: score, shared: .texts(this.filter(that.contains)),
      onlyThis: .texts(this.filter { !that.contains($0) }),
      onlyThat: .texts(that.filter { !this.contains($0) }))
  }
}

extension JSONValue {
  fileprivate static func texts(_ texts: [String]) -> JSONValue {
    .array(texts.map(JSONValue.string))
  }
}
