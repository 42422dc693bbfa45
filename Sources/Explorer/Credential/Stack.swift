internal import JSON

/// What a credential stacks to, and what stacks to it.
struct Stack {
  struct Node {
    let slug: String
    let title: JSONValue?
    let kind: String
    /// 0 is the credential's own; what it stacks to stands right of it.
    var column = 0
  }

  private(set) var nodes: [Node] = []
  private(set) var edges: [JSONValue] = []
  let isComplete: Bool
  let root: String

  /// Of two answers of the API: `stacks_to` and `stacks_from`.
  init(to: JSONValue, from: JSONValue) {
    root = to["credential"]?.string ?? ""
    isComplete = to["complete"] == true && from["complete"] == true
    add(to, forwards: true)
    add(from, forwards: false)
  }

  private mutating func add(_ graph: JSONValue, forwards: Bool) {
    let edges = graph["edges"]?.items ?? []
    var columns = [root: 0]
    // Rules have no cycles, so the longest way to each is found in as many rounds as there are credentials.
    for _ in graph["nodes"]?.items ?? [] {
      for edge in edges {
        let (near, far) = forwards ? ("from", "to") : ("to", "from")
        guard let column = edge[near]?.string.flatMap({ columns[$0] }), let end = edge[far]?.string
        else { continue }
        let next = column + (forwards ? 1 : -1)
        columns[end] = forwards ? max(columns[end] ?? next, next) : min(columns[end] ?? next, next)
      }
    }
    for node in graph["nodes"]?.items ?? [] {
      guard let slug = node["slug"]?.string, !nodes.contains(where: { $0.slug == slug }) else {
        continue
      }
      nodes.append(
        Node(
          slug: slug, title: node["title"], kind: node["kind"]?.string ?? "",
          column: columns[slug] ?? 0))
    }
    self.edges += edges.filter { !self.edges.contains($0) }
  }
}

extension Visit {
  /// The stack as a drawing, and the same in words: each rule with its legal basis and source.
  func stack(_ address: Address) throws(PageError) -> HTML {
    let depth = [(name: "depth", value: "3")]
    let stack = Stack(
      to: try read(Address(address.path + "/stacks_to", depth)),
      from: try read(Address(address.path + "/stacks_from", depth)))
    guard !stack.edges.isEmpty else {
      return """
        <section aria-labelledby="stack"><h2 id="stack">\(say("stack.title"))</h2>
        <p>\(notStated): \(say("stack.none"))</p></section>
        """
    }
    return """
      <section aria-labelledby="stack">
      <h2 id="stack">\(say("stack.title"))</h2>
      <p class="hint">\(say("stack.lead"))</p>
      \(drawing(of: stack))
      \(stack.isComplete ? .nothing : "<p class=\"hint\">\(say("stack.incomplete"))</p>")
      <h3>\(say("stack.rules"))</h3>
      <ul class="rules">\(try rules(of: stack))</ul>
      </section>
      """
  }

  private func rules(of stack: Stack) throws(PageError) -> [HTML] {
    let slugs = stack.edges.compactMap { $0["rule"]?.string }
    let rules = try lookUp("stacking-rules", slugs, by: "slug")
    let named = rules.values.flatMap { rule in
      [rule["target"]?.string ?? ""]
        + (rule["groups"]?.items ?? []).flatMap { codes($0["components"]) }
    }
    let titles = try lookUp(
      "credentials", named, [("fields", "slug,title"), ("status", "published,withdrawn")],
      by: "slug")
    let places = try lookUp(
      "countries", rules.values.compactMap { $0["jurisdiction"]?.string }, [("fields", "code,name")]
    )
    return rules.values.sorted { ($0["slug"]?.string ?? "") < ($1["slug"]?.string ?? "") }.map {
      rule($0, titles, places)
    }
  }

  private func rule(
    _ rule: JSONValue, _ titles: [String: JSONValue], _ places: [String: JSONValue]
  ) -> HTML {
    let groups = (rule["groups"]?.items ?? []).map { group -> HTML in
      let components = codes(group["components"]).map { credentialLink($0, titles[$0]?["title"]) }
      return components.count == 1
        ? components[0] : "\(atLeast(group)) \(joined(components, ", "))"
    }
    let place = rule["jurisdiction"]?.string
    var terms: [HTML] = []
    if rule["ordered"] == true { terms.append("\(say("stack.ordered"))") }
    if let months = rule["max_age_months"]?.double {
      terms.append("\(say("stack.max_age")) \(amount("amount.months", months))")
    }
    return """
      <li class="card"><p>\(joined(groups, " + ")) → \
      <strong>\(credentialLink(rule["target"]?.string ?? "", titles[rule["target"]?.string ?? ""]?["title"]))</strong> \
      <span class="chip">\(word("stacking_kind", rule["kind"]?.string ?? ""))</span></p>
      \(terms.isEmpty ? .nothing : "<p class=\"hint\">\(joined(terms, "; "))</p>")
      <p class="hint">\(say("stack.jurisdiction")): \
      \(place.map { "<a href=\"\(link(Address("countries", $0)))\">\(text(places[$0]?["name"]) ?? "\($0)")</a>" } ?? notStated)\
       · \(say("stack.legal_basis")): \(rule["legal_basis"]?.string.map { "\($0)" } ?? notStated)</p>
      \(sourceNote(rule["source"]))</li>
      """
  }

  private func atLeast(_ group: JSONValue) -> String {
    if let count = group["at_least"]?.integer {
      return say("stack.at_least", ["count": "\(count)"])
    }
    if let credits = group["credits"]?.double {
      let system = word("credit_system", group["system"]?.string ?? "")
      return say("stack.credits", ["credits": "\(language.number(credits)) \(system)"])
    }
    return say("stack.all_of")
  }

  func credentialLink(_ slug: String, _ title: JSONValue?) -> HTML {
    "<a href=\"\(link(Address("credentials", slug)))\">\(text(title) ?? "\(slug)")</a>"
  }
}
