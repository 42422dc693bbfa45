internal import HTTP
internal import Registry

/// The query of a request, read by the members of a noun; every violation is kept until the end.
struct Parameters {
  private var given: [(name: String, value: String)]
  private var violations: [Violation] = []
  private let noun: Noun

  init(_ request: Request, _ noun: Noun) throws(Refusal) {
    given = try request.target.parameters()
    self.noun = noun
  }

  /// True where the list is to be cut into pages in every format.
  var isLimited: Bool { given.contains { $0.name == "limit" } }

  /// The question for a list; what is left over is refused.
  mutating func query() throws(RequestError) -> Query {
    let order = order()
    let fields = fields() ?? noun.listed
    let limit = integer("limit", 1...1000, else: 50)
    let cursor = take("cursor")
    let counts = counts()
    let conditions = conditions(besides: [
      "sort", "fields", "limit", "cursor", "count", "format", "lang",
    ])
    if !violations.isEmpty { throw .badParameters(violations) }
    return Query(
      conditions: conditions, order: order, fields: fields, limit: limit, cursor: cursor,
      counts: counts)
  }

  mutating func aggregate() throws(RequestError) -> Aggregate {
    let groups = groups()
    let measures = measures()
    let limit = integer("limit", 1...10_000, else: 1000)
    let conditions = conditions(besides: ["group_by", "measures", "limit", "format"])
    if !violations.isEmpty { throw .badParameters(violations) }
    return Aggregate(by: groups, measures, where: conditions, limit: limit)
  }

  /// The members to show of an item; nil for all.
  mutating func item() throws(RequestError) -> [Field]? {
    let fields = fields()
    for (name, _) in given { refuseUnknown(name, ["fields"]) }
    if !violations.isEmpty { throw .badParameters(violations) }
    return fields
  }

  /// The languages to prefer where one text stands for a language map.
  mutating func languages() -> [String] { take("lang").map { [$0] } ?? [] }

  /// The format asked for by name.
  mutating func format() throws(RequestError) -> Format? {
    guard let name = take("format") else { return nil }
    guard let format = Format(rawValue: name) else {
      refuse("format", "There is no format \"\(name.prefix(40))\": there are json, ndjson and csv.")
      throw .badParameters(violations)
    }
    return format
  }

  private mutating func refuse(_ parameter: String, _ detail: String) {
    violations.append(Violation(.parameter(parameter), detail))
  }

  private mutating func refuseUnknown(_ name: String, _ known: [String]) {
    let hint = nearest(to: name, among: known).map { " Did you mean \($0)?" } ?? ""
    refuse(name, "There is no parameter \"\(name.prefix(80))\" here.\(hint)")
  }

  private mutating func take(_ name: String) -> String? {
    let values = given.filter { $0.name == name }.map(\.value)
    given.removeAll { $0.name == name }
    if values.count > 1 { refuse(name, "\(name) is given more than once.") }
    return values.first
  }

  private mutating func list(_ name: String) -> [String]? {
    take(name)?.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  private mutating func order() -> [Query.Order] {
    var order: [Query.Order] = []
    for text in list("sort") ?? [] {
      let isDescending = text.hasPrefix("-")
      let name = isDescending ? String(text.dropFirst()) : text
      let sortable = noun.fields.filter(\.isSortable)
      if let field = sortable.first(where: { $0.name == name || $0.parameter == name }) {
        order.append(.init(field, isDescending: isDescending))
      } else {
        refuse("sort", unknown(name, sortable.map(\.name), "order by"))
      }
    }
    return order
  }

  private mutating func fields() -> [Field]? {
    guard let names = list("fields") else { return nil }
    var fields: [Field] = []
    for name in names {
      if let field = noun.field(name) {
        fields.append(field)
      } else {
        refuse("fields", unknown(name, noun.members.map(\.name), "member"))
      }
    }
    return fields
  }

  private func unknown(_ name: String, _ known: [String], _ what: String) -> String {
    let hint =
      nearest(to: name, among: known).map { "Did you mean \($0)?" }
      ?? "Known: \(known.joined(separator: ", "))."
    return "There is no \(what) \"\(name.prefix(80))\". \(hint)"
  }

  private mutating func integer(_ name: String, _ range: ClosedRange<Int>, else usual: Int) -> Int {
    guard let text = take(name) else { return usual }
    guard let number = Int(text), range.contains(number) else {
      refuse(name, "\(name) is a whole number from \(range.lowerBound) to \(range.upperBound).")
      return usual
    }
    return number
  }

  private mutating func counts() -> Bool {
    guard let text = take("count") else { return false }
    if text != "exact" { refuse("count", "count takes exact, and nothing else.") }
    return true
  }

  private mutating func groups() -> [Field] {
    let groupable = noun.fields.filter(\.isGroupable)
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

  private mutating func measures() -> [Aggregate.Measure] {
    var known: [String: Aggregate.Measure] = ["count": .count]
    for field in noun.fields where field.isMeasurable {
      for measure in [
        Aggregate.Measure.average(field), .sum(field), .minimum(field), .maximum(field),
      ] {
        known[measure.name] = measure
      }
    }
    var measures: [Aggregate.Measure] = []
    for name in list("measures") ?? ["count"] {
      if let measure = known[name] {
        measures.append(measure)
      } else {
        refuse("measures", unknown(name, known.keys.sorted(), "measure"))
      }
    }
    return measures
  }

  private mutating func conditions(besides reserved: [String]) -> [Query.Condition] {
    let known = noun.fields.map(\.parameter)
    var conditions: [Query.Condition] = []
    for (name, value) in given {
      guard let field = noun.filter(name) else {
        refuseUnknown(name, known + reserved)
        continue
      }
      if let condition = condition(field, value) { conditions.append(condition) }
    }
    return conditions
  }

  private mutating func condition(_ field: Field, _ text: String) -> Query.Condition? {
    if field.takesWords { return .init(field, [.value(text)]) }
    let isNegated = text.hasPrefix("!")
    var alternatives: [Query.Alternative] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let value = isNegated && part.hasPrefix("!") ? String(part.dropFirst()) : String(part)
      guard !value.isEmpty, !value.hasPrefix("!") else {
        refuse(
          field.parameter,
          value.isEmpty
            ? "\(field.parameter) has an empty value; null asks for what isn't stated."
            : "The ! stands before the whole list: it says none of these.")
        return nil
      }
      alternatives.append(alternative(value))
    }
    return .init(field, isNegated: isNegated, alternatives)
  }

  private func alternative(_ value: String) -> Query.Alternative {
    if value == "null" { return .notStated }
    guard let dots = firstRange(of: "..", in: value) else { return .value(value) }
    let (low, high) = (value[..<dots.lowerBound], value[dots.upperBound...])
    return .range(low.isEmpty ? nil : String(low), high.isEmpty ? nil : String(high))
  }

  private func firstRange(of dots: String, in value: String) -> Range<String.Index>? {
    var index = value.startIndex
    while index < value.endIndex {
      if value[index...].hasPrefix(dots) { return index..<value.index(index, offsetBy: 2) }
      index = value.index(after: index)
    }
    return nil
  }
}
