internal import HTTP
internal import Registry

/// The query of a request, read by the members of a noun; every violation is kept until the end.
struct Parameters {
  private(set) var given: [(name: String, value: String)]
  private(set) var violations: [Violation] = []
  /// What is asked for: the noun of the path, or a form of it that a parameter asked for.
  private(set) var noun: Noun
  /// The day that `as_of` names.
  private var day: String?

  init(_ request: Request, _ noun: Noun) throws(Refusal) {
    given = try request.target.parameters()
    self.noun = noun
    if noun.isDated { readDay() }
  }

  /// True where the list is to be cut into pages in every format.
  var isLimited: Bool { given.contains { $0.name == "limit" } }

  /// `as_of=2022-12-31`, or `as_of=2022`: the noun as of that day.
  private mutating func readDay() {
    // A member of that name filters by null and !null.
    let isDay = { (name: String, value: String) in name == "as_of" && !value.hasSuffix("null") }
    guard let value = given.first(where: isDay)?.value else { return }
    given.removeAll(where: isDay)
    guard let dated = noun.asOf(value) else {
      return refuse("as_of", "as_of is a day such as 2022-12-31, or a year.")
    }
    noun = dated
    day = value
  }

  /// The question for a list; what is left over is refused.
  mutating func query(_ format: Format) throws(RequestError) -> (Query, [Inclusion]) {
    let order = order()
    let (chosen, inclusions) = fieldsAndInclusions()
    if format != .json, !inclusions.isEmpty {
      refuse("include", "What is included stands beside a list's items, so only JSON has it.")
    }
    let limit = integer("limit", 1...1000, else: 50)
    let cursor = take("cursor")
    let counts = counts()
    let highlights = highlights(format)
    let facets = facets(format)
    let conditions = conditions(besides: [
      "sort", "fields", "limit", "cursor", "count", "facets", "format", "lang", "highlight",
      "include",
    ])
    if highlights, !conditions.contains(where: \.field.takesWords) {
      refuse("highlight", "highlight marks the words of q, so it goes with q.")
    }
    if !violations.isEmpty { throw .badParameters(violations) }
    var query = Query(
      conditions: conditions, order: order, fields: chosen ?? noun.listed(for: conditions),
      limit: limit, cursor: cursor, counts: counts, facets: facets)
    query.highlights = highlights
    return (query, inclusions)
  }

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

  /// Which of the alike are wanted, and what of them.
  mutating func similar() throws(RequestError) -> (
    conditions: [Query.Condition], fields: [Field], limit: Int
  ) {
    let fields = list("fields").map { names in names.compactMap { field($0, of: noun) } }
    let limit = integer("limit", 1...50, else: 10)
    let conditions = conditions(besides: ["fields", "limit"])
    if !violations.isEmpty { throw .badParameters(violations) }
    return (conditions, fields ?? noun.listed, limit)
  }

  /// What is being typed, and how many suggestions are wanted.
  mutating func typed() throws(RequestError) -> (text: String, limit: Int) {
    let text = take("q")
    if text == nil { refuse("q", "q is what has been typed so far.") }
    let limit = integer("limit", 1...50, else: 10)
    for (name, _) in given { refuseUnknown(name, ["q", "limit"]) }
    if !violations.isEmpty { throw .badParameters(violations) }
    return (text ?? "", limit)
  }

  /// The members to show of an item, nil for all, and what it is to carry along.
  mutating func item() throws(RequestError) -> ([Field]?, [Inclusion]) {
    readInclude()
    let asked = fieldsAndInclusions()
    for (name, _) in given { refuseUnknown(name, itemParameters) }
    if !violations.isEmpty { throw .badParameters(violations) }
    return asked
  }

  private var itemParameters: [String] {
    ["fields"] + (mayInclude ? ["include"] : []) + (noun.keepsHistory ? ["as_of"] : [])
  }

  private var mayInclude: Bool { !noun.relations.isEmpty }

  /// `include=all`: the noun with everything that hangs on it.
  private mutating func readInclude() {
    guard let whole = noun.withEverything, let value = take("include") else { return }
    if value != "all" { refuse("include", "include takes all, and nothing else.") }
    noun = whole
  }

  /// The countries to compare, and the day, where one is named.
  mutating func comparison() throws(RequestError) -> (countries: [String], day: String?) {
    let countries = list("countries") ?? []
    if countries.count > 40 { refuse("countries", "At most 40 countries are compared at once.") }
    for (name, _) in given { refuseUnknown(name, ["countries", "as_of", "format"]) }
    if !violations.isEmpty { throw .badParameters(violations) }
    return (countries.filter { !$0.isEmpty }, day)
  }

  /// Refuses whatever is there.
  mutating func none() throws(RequestError) {
    for (name, _) in given { refuseUnknown(name, []) }
    if !violations.isEmpty { throw .badParameters(violations) }
  }

  /// How far a graph goes, and whether it is asked for as DOT; nil where `format` says nothing.
  mutating func graph() throws(RequestError) -> (depth: Int, isDOT: Bool?) {
    let depth = integer("depth", 1...20, else: 5)
    let format = take("format")
    if let format, !["json", "dot"].contains(format) {
      refuse("format", "A graph comes as json or dot.")
    }
    for (name, _) in given { refuseUnknown(name, ["depth", "format"]) }
    if !violations.isEmpty { throw .badParameters(violations) }
    return (depth, format.map { $0 == "dot" })
  }

  /// The frameworks and countries in whose levels a level is asked for; nil where it isn't.
  mutating func frames() -> [String]? { list("in") }

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

  mutating func refuse(_ parameter: String, _ detail: String) {
    violations.append(Violation(.parameter(parameter), detail))
  }

  mutating func refuseUnknown(_ name: String, _ known: [String]) {
    let hint = nearest(to: name, among: known).map { " Did you mean \($0)?" } ?? ""
    refuse(name, "There is no parameter \"\(name.prefix(80))\" here.\(hint)")
  }

  mutating func take(_ name: String) -> String? {
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

  /// `fields=title,provider.name`: a name with a dot is of what is included.
  private mutating func fieldsAndInclusions() -> ([Field]?, [Inclusion]) {
    let relations = relations()
    guard let names = list("fields") else {
      return (nil, relations.map { Inclusion($0, $0.related.listed) })
    }
    var own: [Field] = []
    var others: [String: [Field]] = [:]
    for name in names {
      let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
      let relation =
        mayInclude && parts.count == 2 ? noun.relations.first { $0.name == parts[0] } : nil
      if let relation, !relations.contains(where: { $0.name == relation.name }) {
        refuse("fields", "\(name) goes with include=\(relation.name).")
      } else if let relation, let field = field(parts[1], of: relation.related) {
        others[relation.name, default: []].append(field)
      } else if relation == nil, let field = field(name, of: noun) {
        own.append(field)
      }
    }
    let inclusions = relations.map { Inclusion($0, others[$0.name] ?? $0.related.listed) }
    return (own.isEmpty ? nil : own, inclusions)
  }

  private mutating func field(_ name: String, of noun: Noun) -> Field? {
    if let field = noun.field(name) { return field }
    refuse("fields", unknown(name, noun.members.map(\.name), "member"))
    return nil
  }

  private mutating func relations() -> [Relation] {
    guard mayInclude, let names = list("include") else { return [] }
    var relations: [Relation] = []
    for name in names {
      if let relation = noun.relations.first(where: { $0.name == name }) {
        if !relations.contains(where: { $0.name == name }) { relations.append(relation) }
      } else {
        refuse("include", unknown(name, noun.relations.map(\.name), "item to include"))
      }
    }
    return relations
  }

  private func unknown(_ name: String, _ known: [String], _ what: String) -> String {
    let hint =
      nearest(to: name, among: known).map { "Did you mean \($0)?" }
      ?? "Known: \(known.joined(separator: ", "))."
    return "There is no \(what) \"\(name.prefix(80))\". \(hint)"
  }

  mutating func integer(_ name: String, _ range: ClosedRange<Int>, else usual: Int) -> Int {
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

  private mutating func highlights(_ format: Format) -> Bool {
    guard noun.fields.contains(where: \.takesWords), let text = take("highlight") else {
      return false
    }
    if text != "true", text != "false" { refuse("highlight", "highlight is true or false.") }
    if text == "true", format == .csv { refuse("highlight", "CSV has no highlights.") }
    return text == "true"
  }

  private mutating func facets(_ format: Format) -> [Field] {
    guard let names = list("facets") else { return [] }
    if format != .json {
      refuse("facets", "Facets stand beside a list's items, so only JSON has them.")
    }
    let known = noun.fields.filter(\.hasCodes)
    return names.compactMap { name in
      if let field = known.first(where: { $0.parameter == name || $0.name == name }) {
        return field
      }
      refuse("facets", unknown(name, known.map(\.parameter), "facet"))
      return nil
    }
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
    let numbers = [bounds.low, bounds.high].map { $0.map { Double($0) } }
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

  mutating func conditions(besides reserved: [String]) -> [Query.Condition] {
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
    if field.takesWords {
      // An emptied search box asks for everything.
      return text.allSatisfy(\.isWhitespace) ? nil : .init(field, [.value(text)])
    }
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
