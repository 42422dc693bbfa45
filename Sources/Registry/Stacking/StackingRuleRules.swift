internal import JSON
internal import SQLite

extension Writable {
  public static let stackingRule = Writable(
    noun: .stackingRule,
    authorise: { (draft, database) throws(RegistryError) in try draft.authoriseRule(database) },
    complete: { (draft, database) throws(RegistryError) in try draft.completeRule(database) },
    name: { document in
      document["title"] ?? document["target"].map { .object([.init(name: "en", value: $0)]) }
    },
    twins: nil, derived: Derived.activeFromTheStart, redirect: nil, words: nil, side: .components,
    isPreparedAhead: false)
}

extension SideRows {
  fileprivate static let components = SideRows(
    name: "components", width: 2,
    into: "INSERT INTO stacking_component (component, place, rule)",
    delete: "DELETE FROM stacking_component WHERE rule = ?1",
    kept: "SELECT component, place FROM stacking_component WHERE rule = ?1",
    said: { document in
      componentGroups(of: document).joined().enumerated().map { place, component in
        [.text(component), .integer(Int64(place))]
      }
    })
}

/// The slugs of each group's components.
private func componentGroups(of document: Document) -> [[String]] {
  document.items("groups").map { group in
    guard case .array(let items)? = group["components"] else { return [] }
    return items.compactMap { if case .string(let slug) = $0 { slug } else { nil } }
  }
}

extension Draft {
  fileprivate mutating func completeRule(_ database: borrowing Connection) throws(RegistryError) {
    for (member, sentence) in [
      ("kind", "A rule has a kind: accumulates_to, exempts_from or gives_access_to."),
      ("target", "A rule leads to a target: a credential's slug."),
      ("groups", "A rule has groups of components."),
    ] where document[member] == nil {
      inspection.refuseMissing(member, sentence)
    }
    let groups = componentGroups(of: document)
    if document["groups"] != nil, groups.isEmpty || groups.contains(where: \.isEmpty) {
      inspection.refuse("/groups", "Every rule has a group, and every group a component.")
    }
    checkGroups(groups)
    if inspection.violations.isEmpty {
      try checkCredits(database)
      try refuseCycle(groups, database)
    }
  }

  // DESIGN §3: an authority has its country's rules, a provider those to its own credentials.
  fileprivate func authoriseRule(_ database: borrowing Connection) throws(RegistryError) {
    switch author.role {
    case .admin: return
    case .authority(let country):
      let jurisdictions = [
        document.text("jurisdiction"), before.map { $0.text("jurisdiction") } ?? country,
      ]
      guard jurisdictions.allSatisfy({ $0 == country }) else {
        throw .forbidden("This key is for rules whose jurisdiction is \(country).")
      }
    case .provider(let slug):
      for target in [document, before].compactMap({ $0?.text("target") }) {
        let owner = try told { () throws(SQLiteError) in
          try database.first(
            "SELECT provider FROM credential WHERE slug = ?1", .text(target)
          ) { row in row.optionalText(0) } ?? nil
        }
        guard owner == slug else {
          throw .forbidden("This key is for rules to credentials of the provider \(slug) only.")
        }
      }
    }
  }

  private mutating func checkGroups(_ groups: [[String]]) {
    let target = document.text("target")
    for (index, group) in document.items("groups").enumerated() {
      let pointer = "/groups/\(index)"
      if group["at_least"] != nil, group["credits"] != nil {
        inspection.refuse(
          pointer, "A group asks for at_least so many, or for credits, not for both.")
      }
      if (group["credits"] == nil) != (group["system"] == nil) {
        inspection.refuse(pointer, "credits and system go together.")
      }
      guard groups.indices.contains(index) else { continue }
      if let target, let place = groups[index].firstIndex(of: target) {
        inspection.refuse(
          "\(pointer)/components/\(place)", "\(target) can't be a part of itself.")
      }
      if let least = group["at_least"]?.real, Int(least) > groups[index].count {
        inspection.refuse(
          "\(pointer)/at_least", "This asks for \(Int(least)) of \(groups[index].count) components."
        )
      }
    }
    if inspection.violations.isEmpty, !canBeMet(groups) {
      inspection.refuse(
        "/groups", "A component counts in one group, so these groups can't all be met at once.")
    }
    if document["exempts"] != nil, document.text("kind") != "exempts_from" {
      inspection.refuse("/exempts", "Only a rule that exempts says from how much.")
    }
    checkOverlaps(Set(groups.joined()))
  }

  private mutating func checkOverlaps(_ components: Set<String>) {
    for (index, overlap) in document.items("overlaps").enumerated() {
      guard case .array(let items)? = overlap["components"] else { continue }
      for (place, item) in items.enumerated() {
        if case .string(let slug) = item, components.contains(slug) { continue }
        inspection.refuse(
          "/overlaps/\(index)/components/\(place)", "This is no component of the rule.")
      }
      if items.count != 2 {
        inspection.refuse("/overlaps/\(index)/components", "An overlap is of two components.")
      }
    }
  }

  /// True where components enough for every group that counts them can be shared out, each to one group:
  /// a matching of groups and components, by augmenting paths.
  private func canBeMet(_ groups: [[String]]) -> Bool {
    var numbers: [String: Int] = [:]
    var sharing = Sharing()
    for (group, components) in zip(document.items("groups"), groups) where group["credits"] == nil {
      sharing.groups.append(
        components.map { component in
          let number = numbers[component] ?? numbers.count
          numbers[component] = number
          return number
        })
      sharing.counts.append(group["at_least"]?.real.map { Int($0) } ?? components.count)
    }
    sharing.owners = Array(repeating: nil, count: numbers.count)
    guard sharing.counts.reduce(0, +) <= numbers.count else { return false }
    for (group, count) in sharing.counts.enumerated() {
      for _ in 0..<count where !sharing.give(group) { return false }
    }
    return true
  }

  private mutating func checkCredits(_ database: borrowing Connection) throws(RegistryError) {
    for (index, group) in document.items("groups").enumerated() {
      guard let wanted = group["credits"]?.real, case .string(let system)? = group["system"],
        case .array(let components)? = group["components"]
      else { continue }
      var sum = 0.0
      var isKnown = true
      for case .string(let slug) in components {
        let credit = try told { () throws(SQLiteError) in
          try database.first(
            "SELECT credit_system, credit_points FROM credential WHERE slug = ?1", .text(slug)
          ) { row in (row.optionalText(0), row.isNull(1) ? nil : row.real(1)) }
        }
        switch credit {
        case (system?, let points?)?: sum += points
        case (nil, _)?, (system?, nil)?: isKnown = false
        default: break
        }
      }
      // What isn't stated may yet be enough; what is stated and too little never is.
      if isKnown, sum < wanted {
        inspection.refuse(
          "/groups/\(index)/credits",
          "Its components have \(plain(sum)) credits of \(system) in all, not \(plain(wanted)).")
      }
    }
  }

  private func plain(_ number: Double) -> String { JSONValue.number(number).text }

  /// Refuses a rule by which something would be a part of itself; says by which way.
  private mutating func refuseCycle(
    _ groups: [[String]], _ database: borrowing Connection
  ) throws(RegistryError) {
    guard let target = document.text("target"), document.text("kind") != "exempts_from" else {
      return
    }
    let path = try told { () throws(SQLiteError) in
      try way(from: target, to: Set(groups.joined()), database)
    }
    if let path {
      inspection.refuse("/groups", "This makes a circle: \(path) → \(target).")
    }
  }

  /// The shortest way by which `slug` becomes a part of one of `ends`; nil where there is none.
  private func way(
    from slug: String, to ends: Set<String>, _ database: borrowing Connection
  ) throws(SQLiteError) -> String? {
    var before: [String: String?] = [slug: nil]
    var border = [slug]
    while !border.isEmpty {
      var next: [String] = []
      for slug in border {
        if ends.contains(slug) {
          let way = sequence(first: slug) { before[$0] ?? nil }
          return way.reversed().joined(separator: " → ")
        }
        try database.each(
          """
          SELECT DISTINCT rule.target
          FROM stacking_component AS part JOIN stacking_rule AS rule ON rule.number = part.rule
          WHERE part.component = ?1 AND rule.status = 'active' AND rule.kind <> 'exempts_from'
            AND rule.slug IS NOT ?2
          """, [.text(slug), Value(self.before?.text("slug"))]
        ) { row in
          let target = row.text(0)
          if before[target] == nil {
            before[target] = slug
            next.append(target)
          }
        }
      }
      border = next
    }
    return nil
  }
}
