internal import JSON

// What the deck says of countries.
extension Visit {
  private func stated(_ topic: String) throws(PageError) -> (asked: Address, items: [JSONValue]) {
    let asked = Address("/v1/statements", [("topic", topic), ("limit", "1000")])
    return (asked, try read(asked)["items"]?.items ?? [])
  }

  private func names(of statements: [JSONValue]) throws(PageError) -> Names {
    try countryNames(statements.compactMap { $0["country"]?.string })
  }

  /// The codes of a vocabulary, in its order.
  private func codes(_ vocabulary: String) throws(PageError) -> [String] {
    try read(Address("v1", "vocabularies", vocabulary))["values"]?.items.compactMap {
      $0["code"]?.string
    } ?? []
  }

  func stages() throws(PageError) -> HTML {
    let chart = try countries(
      "stages", "policy_stage",
      remark: "<p class=\"hint\"><a href=\"\(link("/map"))\">\(say("findings.on_map"))</a></p>")
    return figure(chart)
  }

  func uses() throws(PageError) -> HTML {
    let map = link(Address("/map", [("show", "rpl_uses")]))
    let chart = try countries(
      "rpl", "rpl_use",
      remark: "<p class=\"hint\"><a href=\"\(map)\">\(say("findings.on_map"))</a></p>")
    return figure(chart)
  }

  /// By value of a topic: of how many countries it is stated, and of which.
  private func countries(
    _ id: String, _ topic: String, remark: HTML
  ) throws(PageError) -> Chart {
    let (asked, items) = try stated(topic)
    let names = try names(of: items)
    let rows = try codes(topic).map { code in
      let those = items.filter {
        $0["value"]?.string == code && $0["country"]?.string != nil && $0["negated"]?.isTrue != true
      }
      return Chart.Row(
        label: "\(word(topic, code))", value: Double(those.count),
        shown: language.number(those.count),
        cells: [
          "\(language.number(those.count))",
          "<ul class=\"names\">\(those.map { "<li>\(country(of: $0, names))</li>" as HTML })</ul>",
        ])
    }
    let isExample = items.contains { $0["indicative_example"]?.isTrue == true }
    return Chart(
      id: id, title: say("findings.\(id)"),
      remark: isExample ? "<p class=\"hint\">\(say("findings.examples"))</p>\(remark)" : remark,
      drawing: .bars(most: nil),
      columns: [
        .init(title: "\(say("findings.\(id).what"))"),
        .init(title: "\(say("findings.number"))", isNumber: true),
        .init(title: "\(say("nav.countries"))"),
      ], rows: rows, asked: asked, sources: items.compactMap { $0["source"] })
  }

  private func country(of statement: JSONValue, _ names: Names) -> HTML {
    guard let code = statement["country"]?.string else { return "\(say("findings.no_country"))" }
    let link = countryLink(code, names)
    return statement["verified"] == .bool(false)
      ? "<span class=\"unverified\">\(link)</span> (\(say("chart.unverified")))" : link
  }

  /// What is stated on a topic in words.
  func statements(_ id: String, _ topic: String) throws(PageError) -> HTML {
    let (asked, items) = try stated(topic)
    let names = try names(of: items)
    return figure(
      Chart(
        id: id, title: say("findings.\(id)"),
        columns: [
          .init(title: "\(say("map.country"))"), .init(title: "\(say("findings.statement"))"),
        ],
        rows: items.map { item in
          .init(
            label: country(of: item, names),
            cells: [
              "\(saying(item))\(item["indicative_example"]?.isTrue == true ? " <span class=\"chip\">\(say("chart.example"))</span>" as HTML : .nothing)"
            ])
        }, asked: asked, sources: items.compactMap { $0["source"] }))
  }

  func trust() throws(PageError) -> HTML {
    let (asked, items) = try stated("trust")
    let names = try names(of: items)
    return figure(
      Chart(
        id: "trust", title: say("findings.trust"),
        columns: [
          .init(title: "\(say("map.country"))"), .init(title: "\(say("findings.trust.level"))"),
          .init(title: "\(say("findings.trust.by"))"),
          .init(title: "\(say("findings.trust.subject"))"),
          .init(title: "\(say("findings.trust.because"))"),
        ],
        rows: items.map { item in
          let details = item["details"]
          return .init(
            label: country(of: item, names),
            cells: [
              item["value"]?.string.map { "\(word("trust_level", $0))" } ?? notStated,
              details?["trusted_by"]?.string.map { "\(word("trust_group", $0))" } ?? notStated,
              english(details?["subject"]), english(details?["because"]),
            ])
        }, asked: asked, sources: items.compactMap { $0["source"] }))
  }

  /// What is kept as English text only.
  private func english(_ value: JSONValue?) -> HTML {
    value?.string.map { "<span lang=\"en\">\($0)</span>" } ?? notStated
  }
}
