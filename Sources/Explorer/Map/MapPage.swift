internal import JSON

/// Europe by the stage of policy, or by any figure that the API has of credentials; `show` and `sector` in the
/// address say which.
@Sendable func map(_ visit: Visit) throws -> Page {
  let show = visit.address["show"] ?? "policy_stage"
  let sector = visit.address["sector"].flatMap { $0.isEmpty ? nil : $0 }
  let theme =
    switch show {
    case "policy_stage": try visit.policyTheme()
    case "rpl_uses": try visit.rplTheme()
    default: try visit.credentialTheme(show, sector: sector)
    }
  let drawn = Outlines.europe.all.map(\.code)
  let names = try visit.countryNames(drawn + theme.places.map(\.code))
  let sectors = try visit.sectors()
  return Page(
    title: visit.say("map.title"), description: visit.say("map.lead"), section: "/map",
    modules: ["map.js", "sortable.js"],
    main: """
      <h1>\(visit.say("map.title"))</h1>
      <p class="lead">\(visit.say("map.lead"))</p>
      \(visit.mapForm(show, sector, sectors))
      <section class="figure" aria-labelledby="shown">
      <h2 id="shown">\(theme.title)\(visit.title(of: show == "policy_stage" || show == "rpl_uses" ? nil : sector, sectors))</h2>
      <p class="skip-map"><a href="#shown-table">\(visit.say("map.skip"))</a></p>
      <div class="map-frame">
      \(visit.drawing(of: theme, names))
      <div class="map-side">
      \(visit.legend(of: theme))
      <p class="map-tools" data-nearer="\(visit.say("map.nearer"))" \
      data-further="\(visit.say("map.further"))" data-whole="\(visit.say("map.whole"))"></p>
      <p class="map-told" aria-hidden="true"></p>
      </div>
      </div>
      \(visit.table(of: theme, names))
      \(theme.remark)
      \(visit.unstated(theme, drawn, names))
      <p class="quiet">\(visit.say("map.belgium"))</p>
      \(visit.origin(of: theme.asked))
      \(visit.sourceLine(theme.sources))
      </section>
      """)
}

extension Visit {
  private static let measures = [
    "count", "provider.distinct", "workload_hours.avg", "workload_hours.median",
    "credit_points.avg", "stackable.share",
  ]
  private static let shares = [
    "awarding_body", "learning_outcomes", "workload", "level", "assessment_type", "participation",
    "quality_assurance_type", "prerequisites", "supervision", "integration",
  ]

  fileprivate func mapForm(
    _ show: String, _ sector: String?, _ sectors: [(code: String, name: String)]
  ) -> HTML {
    let shares = Self.shares.map { $0 + ".share" }
    // A measure that somebody put into the address stays chosen.
    let others =
      (["policy_stage", "rpl_uses"] + Self.measures + shares).contains(show) ? [] : [show]
    return """
      <form class="choices" action="\(link("/map"))">
      \(languageField)
      <p class="field"><label for="show">\(say("map.show"))</label>
      <select id="show" name="show">
      <optgroup label="\(say("map.group.policy"))">\
      \(option("policy_stage", say("map.show.policy_stage"), show))\
      \(option("rpl_uses", say("map.show.rpl_uses"), show))</optgroup>
      <optgroup label="\(say("map.group.credentials"))">\
      \((Self.measures + others).map { option($0, say(measure: $0), show) })</optgroup>
      <optgroup label="\(say("map.group.shares"))">\
      \(shares.map { option($0, say(measure: $0), show) })</optgroup>
      </select></p>
      <p class="field"><label for="sector">\(say("map.sector"))</label>
      <select id="sector" name="sector">\(option("", say("map.sector.all"), sector ?? ""))\
      \(sectors.map { option($0.code, "\($0.code) \($0.name)", sector ?? "") })</select></p>
      <p class="field"><button>\(say("map.go"))</button></p>
      </form>
      """
  }

  func option(_ value: String, _ text: String, _ chosen: String) -> HTML {
    "<option value=\"\(value)\"\(value == chosen ? " selected" as HTML : .nothing)>\(text)</option>"
  }

  fileprivate func title(of sector: String?, _ sectors: [(code: String, name: String)]) -> HTML {
    guard let sector else { return .nothing }
    return " · \(sectors.first { $0.code == sector }?.name ?? sector)"
  }

  fileprivate func table(of theme: MapTheme, _ names: Names) -> HTML {
    guard !theme.places.isEmpty else { return "<p>\(say("map.none"))</p>" }
    return table(
      Chart(
        id: "shown", title: theme.title,
        columns: [.init(title: "\(say("map.country"))")] + theme.columns,
        rows: theme.places.map {
          .init(label: countryLink($0.code, names), value: $0.value, cells: $0.cells)
        }, asked: theme.asked))
  }

  /// The countries on the map of which nothing is stated.
  fileprivate func unstated(_ theme: MapTheme, _ drawn: [String], _ names: Names) -> HTML {
    let stated = Set(theme.places.flatMap { [$0.code, String($0.code.prefix(2))] })
    let rest = drawn.filter { !stated.contains($0) && names[$0] != nil }
      .sorted { plain(names[$0]) ?? $0 < plain(names[$1]) ?? $1 }
    guard !rest.isEmpty else { return .nothing }
    return """
      <details class="unstated"><summary>\(notStated): \(say("map.countries", count: rest.count))</summary>
      <ul class="names">\(rest.map { "<li>\(countryLink($0, names))</li>" as HTML })</ul></details>
      """
  }

  /// Keeps a chosen language through a form.
  var languageField: HTML {
    link("/").contains("lang=")
      ? "<input type=\"hidden\" name=\"lang\" value=\"\(language.rawValue)\">" : .nothing
  }
}
