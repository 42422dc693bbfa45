internal import Registry

// What an aggregate is asked for.
extension Parameters {
  mutating func aggregate() throws(RequestError) -> Aggregate {
    let groups = groups()
    let known = Measure.all(of: noun)
    let measures = (list("measures") ?? ["count"]).compactMap { measure($0, "measures", known) }
    let having = (list("having") ?? []).compactMap { self.having($0, known) }
    let order = aggregateOrder(groups, known)
    let limit = integer("limit", 1...10_000, else: 1000)
    let conditions = conditions(besides: [
      "group_by", "measures", "having", "sort", "limit", "format",
    ])
    if !violations.isEmpty { throw .badParameters(violations) }
    return Aggregate(
      by: groups, measures, where: conditions, having: having, order: order, limit: limit)
  }

  private mutating func groups() -> [Field] {
    let groupable = noun.fields.filter(\.hasCodes)
    var groups: [Field] = []
    for name in list("group_by") ?? [] {
      if let field = groupable.first(where: { $0.parameter == name || $0.name == name }) {
        groups.append(field)
      } else {
        refuse("group_by", unknown(name, groupable.map(\.parameter), "group"))
      }
    }
    if violations.isEmpty, !(1...3).contains(groups.count) {
      refuse(
        "group_by",
        "group_by takes one to three of: \(groupable.map(\.parameter).joined(separator: ", ")).")
    }
    if Set(groups.map(\.parameter)).count < groups.count {
      refuse("group_by", "A group is named twice.")
    }
    return groups
  }

  private mutating func measure(
    _ name: String, _ parameter: String, _ known: [Measure]
  ) -> Measure? {
    if let measure = known.first(where: { $0.name == name }) { return measure }
    refuse(parameter, unknown(name, known.map(\.name), "measure"))
    return nil
  }

  /// `count:10..`, a measure and the range in which its figure must be.
  private mutating func having(
    _ text: String, _ known: [Measure]
  ) -> (measure: Measure, low: Double?, high: Double?)? {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard let measure = measure(parts.first ?? "", "having", known) else { return nil }
    let bounds: (low: String?, high: String?)
    switch parts.count == 2 ? alternative(parts[1]) : .notStated {
    case .value(let number): bounds = (number, number)
    case .range(let low, let high): bounds = (low, high)
    case .notStated: bounds = ("", nil)
    }
    let numbers = [bounds.low, bounds.high].map { $0.map { finite($0) } }
    guard numbers.allSatisfy({ $0 != .some(nil) }) else {
      refuse("having", "\(measure.name) is compared with a number or a range: \(measure.name):10..")
      return nil
    }
    return (measure, numbers[0] ?? nil, numbers[1] ?? nil)
  }

  private mutating func aggregateOrder(
    _ groups: [Field], _ known: [Measure]
  ) -> [Aggregate.Order] {
    (list("sort") ?? []).compactMap { text in
      let isDescending = text.hasPrefix("-")
      let name = isDescending ? String(text.dropFirst()) : text
      if let index = groups.firstIndex(where: { $0.parameter == name || $0.name == name }) {
        return .init(.group(index), isDescending: isDescending)
      }
      if let measure = known.first(where: { $0.name == name }) {
        return .init(.measure(measure), isDescending: isDescending)
      }
      refuse("sort", unknown(name, groups.map(\.parameter) + known.map(\.name), "order by"))
      return nil
    }
  }
}
