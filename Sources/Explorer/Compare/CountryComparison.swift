internal import JSON

extension Visit {
  /// What is stated of each country, point by point: first where they differ, then where they agree.
  func compared(countries codes: [String]) throws(PageError) -> HTML {
    guard (2...6).contains(codes.count) else { return refusal("compare.countries.number") }
    let asked = Address("/v1/compare", [("countries", codes.joined(separator: ","))])
    let comparison = try read(asked)
    let countries = comparison["countries"]?.items.compactMap(\.string) ?? []
    let names = try countryNames(countries)
    let points = comparison["points"]?.items ?? []
    let kinds = Dictionary(grouping: points) { Agreement($0["cells"]?.items ?? []) }
    let sources = points.flatMap { $0["cells"]?.items ?? [] }.flatMap { $0["sources"]?.items ?? [] }
    return sideBySide(
      countries.map { countryLink($0, names) },
      "\(Agreement.allCases.map { kind in group(kind, kinds[kind] ?? [], countries.count + 1) })",
      of: asked, from: sources)
  }

  private enum Agreement: String, CaseIterable {
    case different, same, unstated

    init(_ cells: [JSONValue]) {
      let said = cells.map { $0["summary"]?.string }
      self =
        said.allSatisfy { $0 == nil }
        ? .unstated
        : said.allSatisfy { $0 == said[0] } ? .same : .different
    }
  }

  private func group(_ kind: Agreement, _ points: [JSONValue], _ width: Int) -> HTML {
    guard !points.isEmpty else { return .nothing }
    return """
      <tbody><tr class="kind"><th colspan="\(width)" scope="rowgroup">\(say("compare.\(kind.rawValue)"))</th></tr>
      \(points.map { point in
        """
        <tr><th scope="row">\(pointName(point))</th>\((point["cells"]?.items ?? []).map { cell($0, point) })</tr>

        """ as HTML
      })</tbody>
      """
  }

  private func pointName(_ point: JSONValue) -> HTML {
    let name = point["point"]?.string ?? ""
    let word: String
    if name.hasPrefix("rpl_use.") {
      word = self.word("rpl_use", String(name.dropFirst(8)))
      return "<span class=\"quiet\">\(say("compare.rpl"))</span> \(word)"
    }
    word = self.word("statement_topic", name)
    return word == name ? text(point["label"]) ?? "\(name)" : "\(word)"
  }

  /// The API's summary; a code or a yes of it in the page's language, everything else as it was said.
  private func cell(_ cell: JSONValue, _ point: JSONValue) -> HTML {
    guard let summary = cell["summary"]?.string else { return "<td>\(notStated)</td>" }
    let name = point["point"]?.string ?? ""
    var said: HTML = "<span lang=\"en\">\(summary)</span>"
    if name == "policy_stage" { said = "\(word("policy_stage", summary))" }
    for answer in ["yes", "no"] where summary == answer || summary.hasPrefix(answer + ",") {
      let rest = String(summary.dropFirst(answer.count))
      said =
        rest.isEmpty
        ? "\(say("compare.\(answer)"))"
        : "\(say("compare.\(answer)"))<span lang=\"en\">\(rest)</span>"
    }
    let isDoubtful = cell["verified"] == .bool(false)
    return """
      <td>\(isDoubtful ? "<span class=\"unverified\">\(said)</span> <span class=\"quiet\">(\(say("chart.unverified")))</span>" as HTML : said)\
      \((cell["sources"]?.items ?? []).map { " <small class=\"cited\">\(shortReference($0))</small>" as HTML })</td>
      """
  }
}
