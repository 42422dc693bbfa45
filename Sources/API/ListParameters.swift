internal import Registry

// What a list or an item is asked for: order, members, pages, facets, what is to come along.
extension Parameters {
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
    let facetLimit = facetLimit(facets)
    let conditions = conditions(besides: [
      "sort", "fields", "limit", "cursor", "count", "facets", "facet_limit", "format", "lang",
      "highlight", "include",
    ])
    if highlights, !conditions.contains(where: \.field.takesWords) {
      refuse("highlight", "highlight marks the words of q, so it goes with q.")
    }
    if !violations.isEmpty { throw .badParameters(violations) }
    var query = Query(
      conditions: conditions, order: order, fields: chosen ?? noun.listed(for: conditions),
      limit: limit, cursor: cursor, counts: counts, facets: facets)
    query.highlights = highlights
    query.facetLimit = facetLimit
    return (query, inclusions)
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
  private mutating func facetLimit(_ facets: [Field]) -> Int? {
    guard given.contains(where: { $0.name == "facet_limit" }) else { return nil }
    if facets.isEmpty {
      refuse("facet_limit", "facet_limit limits the values of facets, so it goes with facets.")
    }
    return integer("facet_limit", 1...1000, else: 1000)
  }
}
