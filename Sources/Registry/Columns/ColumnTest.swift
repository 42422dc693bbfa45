internal import SQLite

/// What a question asks of one row.
struct ColumnTest: Hashable, Sendable {
  /// The parameter of the member that it asks about; nil for who may see the row.
  let member: String?
  /// One of these must hold.
  let alternatives: [Alternative]

  enum Alternative: Hashable, Sendable {
    /// The column's code is one of those that are 1 here.
    case codes(column: Int, accepted: [UInt8])
    /// The moment is in one of these ranges, or, negated, in none.
    case moments(column: Int, ranges: [ClosedRange<Int64>], isNegated: Bool)
    case rows(RowSet, isNegated: Bool)
  }
}

extension Columns {
  /// The tests for `conditions`, each with the rows that an index of texts or words found for it.
  func tests(
    _ conditions: [(asked: Query.Condition, found: RowSet?)], for viewer: Viewer, of noun: Noun
  ) -> [ColumnTest] {
    var tests: [ColumnTest] = []
    for (asked, found) in conditions {
      let member = asked.field.parameter
      switch asked.field.filter {
      case .text, .words:
        tests += texts(asked, found).map { ColumnTest(member: member, alternatives: $0) }
      case .domain, .flag, .integer, .range, .term, .instant, .stated:
        tests.append(ColumnTest(member: member, alternatives: [test(asked)]))
      }
    }
    // Rows that aren't there have no code that is accepted, but a moment, and a facet leaves its own member's tests out:
    // so there is always a test of no member that they don't pass.
    let seen = noun.visible.flatMap { visibility($0, viewer) }
    tests.append(
      seen
        ?? ColumnTest(
          member: nil,
          alternatives: [accepted(layout.statedIndex, [], isNegated: true, notStated: true)]))
    return tests
  }

  private func visibility(_ hiding: Noun.Visibility, _ viewer: Viewer) -> ColumnTest? {
    guard viewer != .admin, let member = layout.index(hiding.member),
      let owner = layout.index(hiding.owner)
    else { return nil }
    var alternatives = [accepted(member, [.text(hiding.hidden)], isNegated: true)]
    if case .provider(let slug) = viewer {
      alternatives.append(accepted(owner, [.text(slug)]))
    }
    return ColumnTest(member: nil, alternatives: alternatives)
  }

  /// Two tests where "not …" asks for what states something else.
  private func texts(
    _ asked: Query.Condition, _ found: RowSet?
  ) -> [[ColumnTest.Alternative]] {
    let rows = found.map { ColumnTest.Alternative.rows($0, isNegated: asked.isNegated) }
    let stated = ColumnValue.text(asked.field.name)
    guard asked.isNegated else {
      let asksNull = asked.alternatives.contains(.notStated)
      let null = asksNull ? accepted(layout.statedIndex, [stated], isNegated: true) : nil
      return [[rows, null].compactMap(\.self)]
    }
    return [[accepted(layout.statedIndex, [stated])]] + (rows.map { [[$0]] } ?? [])
  }

  private func test(_ asked: Query.Condition) -> ColumnTest.Alternative {
    let field = asked.field
    if case .stated = field.filter {
      return accepted(layout.statedIndex, [.text(field.name)], isNegated: !asked.isNegated)
    }
    if let column = layout.moments.firstIndex(where: { $0.field.name == field.name }) {
      return moments(column, asked)
    }
    guard let column = layout.index(field.parameter) else {
      preconditionFailure("\(field.parameter) has no column.")
    }
    var values: [ColumnValue] = []
    let isNone = field.hasTerms && asked.alternatives.contains(.value("none"))
    var ranges: [(ColumnValue) -> Bool] = []
    for alternative in asked.alternatives {
      switch (alternative, field.filter) {
      case (.notStated, _): break
      case (.value(let text), .flag): values.append(.flag(text == "true"))
      case (.value(let text), .integer): values += Int64(text).map { [.integer($0)] } ?? []
      case (.value(let text), .range): ranges.append(overlap(text, text))
      case (.range(let low, let high), .range): ranges.append(overlap(low, high))
      case (.value(let text), _): values.append(.text(text))
      case (.range(let low, let high), _): ranges.append(between(low, high))
      }
    }
    let asksNull = asked.alternatives.contains(.notStated) && !asked.isNegated
    return accepted(
      column, values, ranges, isNegated: asked.isNegated, notStated: asksNull, none: isNone)
  }

  private func overlap(_ low: String?, _ high: String?) -> (ColumnValue) -> Bool {
    let low = low.flatMap { Double($0) } ?? -.infinity
    let high = high.flatMap { Double($0) } ?? .infinity
    return {
      if case .range(let least, let most) = $0 { most >= low && least <= high } else { false }
    }
  }

  private func between(_ low: String?, _ high: String?) -> (ColumnValue) -> Bool {
    let low = low.flatMap { Int64($0) } ?? .min
    let high = high.flatMap { Int64($0) } ?? .max
    return {
      switch $0 {
      case .integer(let number): low <= number && number <= high
      case .text(let text): Int64(text).map { low <= $0 && $0 <= high } ?? false
      default: false
      }
    }
  }

  private func moments(_ column: Int, _ asked: Query.Condition) -> ColumnTest.Alternative {
    // What isn't stated is kept as .min; "not …" is said of what states something.
    let notStated = Int64.min...Int64.min
    var ranges = asked.isNegated ? [notStated] : []
    for alternative in asked.alternatives {
      let bounds: (low: Int64?, high: Int64?)
      switch alternative {
      case .notStated:
        ranges.append(notStated)
        continue
      case .value(let text): bounds = momentBounds(text, text)
      case .range(let low, let high): bounds = momentBounds(low, high)
      }
      let (least, most) = (bounds.low ?? .min + 1, bounds.high ?? .max)
      if least <= most { ranges.append(least...most) }
    }
    return .moments(column: column, ranges: ranges, isNegated: asked.isNegated)
  }

  /// Accepts the sets that have one of `values`, or one that is in `ranges`, or none at all; or, negated, those stated
  /// that have none.
  private func accepted(
    _ column: Int, _ values: [ColumnValue], _ ranges: [(ColumnValue) -> Bool] = [],
    isNegated: Bool = false, notStated: Bool = false, none: Bool = false
  ) -> ColumnTest.Alternative {
    let view = sets[column].view
    var matches = [Bool](repeating: false, count: view.values.count)
    for value in values {
      if let index = sets[column].index(of: value), index < matches.count {
        matches[Int(index)] = true
      }
    }
    if !ranges.isEmpty {
      for (index, value) in view.values.enumerated() where ranges.contains(where: { $0(value) }) {
        matches[index] = true
      }
    }
    var accepted = [UInt8](repeating: 0, count: view.count)
    accepted[Int(ValueSets.notStated)] = notStated ? 1 : 0
    for code in Int(ValueSets.notStated) + 1..<view.count {
      let members = view.members(of: code)
      let isOne = members.isEmpty ? none : members.contains { matches[Int($0)] }
      accepted[code] = isOne != isNegated ? 1 : 0
    }
    return .codes(column: column, accepted: accepted)
  }
}
