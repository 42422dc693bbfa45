internal import JSON
internal import SQLite

/// The part of the registry's graph that a search has come by, read when it is needed.
final class PathwayGraph {
  private(set) var stones: [Stone] = []
  private(set) var rules: [Rule] = []
  private var places: [String: Int] = [:]
  private var rulesTo: [Int: LeadingRules] = [:]
  private let country: String?

  /// Rules of another jurisdiction than `country` don't count; with no country, all do.
  init(country: String?) { self.country = country }

  /// The place of the credential with this slug.
  func place(of slug: String, in database: borrowing Connection) throws(SQLiteError) -> Int? {
    if let place = places[slug] { return place }
    let stone = try database.first(
      "SELECT" + Stone.columns + "FROM credential WHERE slug = ?1 AND status <> 'draft'",
      .text(slug)
    ) { row in Stone(row) }
    guard let stone else { return nil }
    stones.append(stone)
    places[slug] = stones.count - 1
    return stones.count - 1
  }

  /// The rules that lead to a stone, each kind oldest first.
  func rules(
    to target: Int, in database: borrowing Connection
  ) throws(SQLiteError) -> LeadingRules {
    if let known = rulesTo[target] { return known }
    let found = try read(target, in: database)
    func of(_ kind: String) -> [Int] { found.filter { rules[$0].kind == kind } }
    let leading = LeadingRules(
      accumulating: of("accumulates_to"), exempting: of("exempts_from"),
      admitting: of("gives_access_to"))
    rulesTo[target] = leading
    return leading
  }

  private func read(
    _ target: Int, in database: borrowing Connection
  ) throws(SQLiteError) -> [Int] {
    let rows = try database.all(
      """
      SELECT number, slug, kind, component_groups, ordered, max_age_months, overlaps, exempts,
        jurisdiction, legal_basis, source
      FROM stacking_rule
      WHERE target = ?1 AND status = 'active'
        AND (?2 IS NULL OR jurisdiction IS NULL OR jurisdiction = ?2)
      ORDER BY number
      """, .text(stones[target].slug), Value(country)
    ) { row in
      RuleRow(
        number: row.integer(0), slug: row.text(1), kind: row.text(2), groups: row.json(3),
        isOrdered: row.integer(4) == 1, mostMonths: row.optionalInteger(5).map { Int($0) },
        overlaps: row.json(6), exempts: row.json(7), jurisdiction: row.optionalText(8),
        legalBasis: row.optionalText(9), source: row.json(10))
    }
    var found: [Int] = []
    for row in rows {
      guard let rule = try rule(row, to: target, in: database) else { continue }
      rules.append(rule)
      found.append(rules.count - 1)
    }
    return found
  }

  private struct RuleRow {
    let number: Int64
    let slug: String
    let kind: String
    let groups: JSONValue
    let isOrdered: Bool
    let mostMonths: Int?
    let overlaps: JSONValue
    let exempts: JSONValue
    let jurisdiction: String?
    let legalBasis: String?
    let source: JSONValue
  }

  private func rule(
    _ row: RuleRow, to target: Int, in database: borrowing Connection
  ) throws(SQLiteError) -> Rule? {
    guard case .array(let items) = row.groups else { return nil }
    var groups: [Rule.Group] = []
    for item in items {
      let components = try components(of: item, in: database)
      let need: Rule.Need =
        if let credits = item["credits"]?.real, case .string(let system)? = item["system"] {
          .credits(credits, system: system)
        } else {
          .count(item["at_least"]?.real.map { Int($0) } ?? components.all)
        }
      groups.append(Rule.Group(components: components.places, need: need))
    }
    var overlaps: [(Int, Int, credits: Double)] = []
    if case .array(let items) = row.overlaps {
      for item in items {
        let pair = try components(of: item, in: database).places
        if pair.count == 2 { overlaps.append((pair[0], pair[1], item["credits"]?.real ?? 0)) }
      }
    }
    var named: Set<Int> = []
    let all = groups.flatMap(\.components)
    let shared = all.filter { !named.insert($0).inserted }
    return Rule(
      number: row.number, slug: row.slug, kind: row.kind, target: target, groups: groups,
      isOrdered: row.isOrdered, mostMonths: row.mostMonths, overlaps: overlaps,
      exemptHours: row.exempts["hours"]?.real, exemptCredits: row.exempts["credits"]?.real,
      jurisdiction: row.jurisdiction, legalBasis: row.legalBasis, source: row.source,
      shared: Set(shared),
      size: all.count)
  }

  /// The places of a group's components, and how many it names: a draft has no place, but is asked for.
  private func components(
    of group: JSONValue, in database: borrowing Connection
  ) throws(SQLiteError) -> (places: [Int], all: Int) {
    guard case .array(let items)? = group["components"] else { return ([], 0) }
    var found: [Int] = []
    for case .string(let slug) in items {
      if let place = try place(of: slug, in: database) { found.append(place) }
    }
    return (found, items.count)
  }
}

/// The rules to one stone, by their places in the graph.
struct LeadingRules {
  let accumulating: [Int]
  let exempting: [Int]
  /// Those that give access.
  let admitting: [Int]

  var all: [Int] { accumulating + exempting + admitting }
}
