internal import JSON

/// The first page: what this is, a search, how much there is, and where to go from here.
@Sendable func home(_ visit: Visit) throws -> Page {
  Page(
    title: visit.say("home.title"), description: visit.say("home.lead"), modules: ["home.js"],
    main: """
      <section class="hero">
      <div>
      <h1>\(visit.say("home.heading"))</h1>
      <p class="lead">\(visit.say("home.lead"))</p>
      \(visit.searchForm())
      <p class="examples">\(visit.say("home.try")) \(examples.map { visit.example($0) })</p>
      </div>
      <img src="\(Assets.address("stones.svg"))" alt="" width="320" height="320">
      </section>
      \(try visit.figures())
      \(try visit.policyBar())
      <section aria-labelledby="ways">
      <h2 id="ways">\(visit.say("home.ways"))</h2>
      <ul class="cards">\(ways.map { visit.way($0.path, $0.name) })</ul>
      </section>
      """)
}

private let examples: [(key: String, address: Address)] = [
  ("welding", Address("/credentials", [("q", "welding")])),
  ("short", Address("/credentials", [("workload_hours", "..40")])),
  ("online", Address("/credentials", [("participation", "online")])),
  ("eqf5", Address("/credentials", [("eqf_level", "5")])),
]

private let ways: [(path: String, name: String)] = [
  ("/map", "map"), ("/countries", "countries"), ("/compare", "compare"),
  ("/findings", "findings"), ("/pathways", "pathways"), ("/quality", "quality"),
  ("/providers", "providers"), ("/docs", "docs"), ("/publish", "publish"),
]

extension Visit {
  fileprivate func example(_ example: (key: String, address: Address)) -> HTML {
    "<a class=\"chip\" href=\"\(link(example.address))\">\(say("home.try.\(example.key)"))</a> "
  }

  fileprivate func way(_ path: String, _ name: String) -> HTML {
    """
    <li class="result card"><h3><a href="\(link(path))">\(say("home.way.\(name)"))</a></h3>
    <p class="quiet">\(say("home.way.\(name).what"))</p></li>

    """
  }

  /// How much there is; each figure leads to what it counts.
  fileprivate func figures() throws(PageError) -> HTML {
    let credentials = try total("/v1/credentials")
    let outcomes = try total("/v1/credentials", ("learning_outcomes", "!null"))
    let share = credentials == 0 ? 0 : Double(outcomes) / Double(credentials) * 100
    return """
      <ul class="tally" aria-label="\(say("home.figures"))">
      \(figure(language.number(credentials), say("home.figure.credentials"), "/credentials"))
      \(figure(language.number(try total("/v1/providers")), say("home.figure.providers"), "/providers"))
      \(figure(language.number(try total("/v1/countries", ("policy_stage", "!null"))), say("home.figure.countries"), "/countries"))
      \(figure(say("home.percent", ["number": language.number(share, digits: 0)]), say("home.figure.outcomes"), "/quality"))
      </ul>
      """
  }

  private func figure(_ number: String, _ what: String, _ path: String) -> HTML {
    "<li><a href=\"\(link(path))\"><strong>\(number)</strong> <span>\(what)</span></a></li>"
  }

  private func total(_ path: String, _ filter: (name: String, value: String)? = nil)
    throws(PageError) -> Int
  {
    let list = try read(
      Address(path, [filter].compactMap(\.self) + [("limit", "1"), ("count", "exact")]))
    return list["total"]?.integer ?? 0
  }

  /// What countries' policy has come to: a bar, and the same in words.
  fileprivate func policyBar() throws(PageError) -> HTML {
    let groups = try read(
      Address(
        "/v1/countries/aggregate", [("group_by", "policy_stage"), ("policy_stage", "!null")]))
    let counts = Dictionary(
      (groups["items"]?.items ?? []).map {
        ($0["policy_stage"]?.string ?? "", $0["count"]?.integer ?? 0)
      }, uniquingKeysWith: +)
    let stages = ["legislation", "advanced_discussion", "initial_discussion"]
    guard counts.values.reduce(0, +) > 0 else { return .nothing }
    var bar = HTML.nothing
    var start = 0
    for stage in stages {
      let count = counts[stage] ?? 0
      bar +=
        "<rect class=\"stage-\(stage)\" x=\"\(start)\" y=\"0\" width=\"\(count)\" height=\"1\"/>"
      start += count
    }
    let words = stages.map { stage in
      """
      <li class="key-\(stage)"><strong>\(counts[stage] ?? 0)</strong> \(word("policy_stage", stage))</li>
      """ as HTML
    }
    return """
      <section class="stages" aria-labelledby="stages">
      <h2 id="stages">\(say("home.stages"))</h2>
      <svg viewBox="0 0 \(start) 1" preserveAspectRatio="none" height="18" width="100%" aria-hidden="true">\(bar)</svg>
      <ul>\(words)</ul>
      <p><a href="\(link("/map"))">\(say("home.stages.map"))</a></p>
      </section>
      """
  }
}
