internal import JSON

/// What the deck found, each finding with its question, its table and its source.
@Sendable func findings(_ visit: Visit) throws -> Page {
  let parts: [(id: String, part: HTML)] = [
    ("uptake", try visit.uptake()), ("outcomes", try visit.outcomes()),
    ("levels", try visit.levels()), ("stages", try visit.stages()),
    ("rpl", try visit.uses()), ("value", try visit.addedValue()),
    ("features", try visit.list("features", "feature")),
    ("drivers", try visit.list("drivers", "driver")),
    ("mapped", try visit.mapped()), ("offering", try visit.offering()),
    ("stacking", try visit.statements("stacking", "stacking")),
    ("modularisation", try visit.statements("modularisation", "modularisation")),
    ("frameworks", try visit.statements("frameworks", "nqf_inclusion")),
    ("trust", try visit.trust()), ("key", try visit.list("key", "finding")),
    ("concepts", try visit.list("concepts", "concept,shared_function")),
    ("questions", try visit.list("questions", "open_question")),
    ("research", try visit.list("research", "research_question")),
  ]
  return Page(
    title: visit.say("findings.title"), description: visit.say("findings.lead"),
    section: "/findings", modules: ["charts.js", "sortable.js"],
    main: """
      <h1>\(visit.say("findings.title"))</h1>
      <p class="lead">\(visit.say("findings.lead"))</p>
      <nav class="contents" aria-label="\(visit.say("findings.contents"))"><ul>\(parts.map {
        "<li><a href=\"#\($0.id)\">\(visit.say("findings.\($0.id)"))</a></li>" as HTML
      })</ul></nav>
      <div class="figures">\(parts.map(\.part))</div>
      """)
}

extension Visit {
  /// A section that no chart is of: what is found in words, in the deck's order.
  fileprivate func list(_ id: String, _ kind: String) throws(PageError) -> HTML {
    let asked = Address(
      "/v1/findings", [("kind", kind), ("sort", "position"), ("limit", "200")])
    let items = try read(asked)["items"]?.items ?? []
    return """
      <section class="figure" aria-labelledby="\(id)">
      <h2 id="\(id)">\(say("findings.\(id)"))</h2>
      <ol class="sayings">\(items.map { "<li>\(saying($0))</li>" as HTML })</ol>
      \(origin(of: asked))
      \(sourceLine(items.compactMap { $0["source"] }))
      </section>
      """
  }

  /// A finding's text; where there is none, why.
  func saying(_ finding: JSONValue) -> HTML {
    if let text = text(finding["text"]) { return text }
    let note: HTML = finding["note"]?.string.map { " (<span lang=\"en\">\($0)</span>)" } ?? .nothing
    return "\(notStated)\(note)"
  }

  /// By whom it is a value to.
  fileprivate func addedValue() throws(PageError) -> HTML {
    let asked = Address(
      "/v1/findings", [("kind", "added_value"), ("sort", "position"), ("limit", "200")])
    let items = try read(asked)["items"]?.items ?? []
    var stakeholders: [String] = []
    for case let name? in items.map({ $0["stakeholder"]?.string })
    where !stakeholders.contains(name) {
      stakeholders.append(name)
    }
    return figure(
      Chart(
        id: "value", title: say("findings.value"), drawing: .bars(most: nil),
        columns: [
          .init(title: "\(say("findings.stakeholder"))"),
          .init(title: "\(say("findings.values"))"),
        ],
        rows: stakeholders.map { name in
          let values = items.filter { $0["stakeholder"]?.string == name }
          return .init(
            label: "\(word("stakeholder", name))", value: Double(values.count),
            shown: "\(values.count)",
            cells: [
              "<ol class=\"plain-list\">\(values.map { "<li>\(saying($0))</li>" as HTML })</ol>"
            ])
        }, asked: asked, sources: items.compactMap { $0["source"] }))
  }
}
