internal import JSON

/// All countries and parts of countries: those of which something is stated first, the rest folded away.
@Sendable func countriesPage(_ visit: Visit) throws -> Page {
  let asked = Address(
    "/v1/countries",
    [
      (
        "fields",
        "code,cedefop_code,kind,parent,name,eea,candidate,policy_stage,policy_stage_as_of,rpl_uses"
      ),
      ("limit", "1000"),
    ])
  let countries = visit.sorted(try visit.read(asked)["items"]?.items ?? [])
  let groups = try visit.read(
    Address("/v1/credentials/aggregate", [("group_by", "country"), ("limit", "1000")]))
  let counts = Dictionary(
    (groups["items"]?.items ?? []).compactMap { group in
      group["country"]?.string.map { ($0, group["count"]?.integer ?? 0) }
    }, uniquingKeysWith: +)
  let isNear = { (country: JSONValue) in
    country["policy_stage"]?.string != nil || !codes(country["rpl_uses"]).isEmpty
      || counts[country["code"]?.string ?? ""] != nil || country["eea"] == true
      || country["candidate"] == true || country["kind"] == "subdivision"
  }
  let others = countries.filter { !isNear($0) }
  return Page(
    title: visit.say("countries.title"), description: visit.say("countries.lead"),
    section: "/countries",
    main: """
      <h1>\(visit.say("countries.title"))</h1>
      <p class="lead">\(visit.say("countries.lead"))</p>
      <p><a href="\(visit.link("/map"))">\(visit.say("countries.map"))</a></p>
      <div class="table" tabindex="0" role="group" aria-label="\(visit.say("countries.caption"))"><table class="steady"><caption>\(visit.say("countries.caption"))</caption>
      <thead><tr><th scope="col">\(visit.word("field", "country"))</th>\
      <th scope="col">\(visit.word("field", "policy_stage"))</th>\
      <th scope="col">\(visit.word("field", "rpl_uses"))</th>\
      <th scope="col" class="number">\(visit.say("countries.credentials"))</th></tr></thead>
      <tbody>\(countries.filter(isNear).map { visit.row($0, counts) })</tbody></table></div>
      <details><summary>\(visit.say("countries.others", count: others.count))</summary>
      <ul class="columns">\(others.map { "<li>\(visit.countryLine($0))</li>" as HTML })</ul></details>
      <p class="hint"><a href="/v1/countries.csv">CSV</a> · <a href="\(asked.text)">JSON</a></p>
      """)
}

extension Visit {
  fileprivate func sorted(_ countries: [JSONValue]) -> [JSONValue] {
    countries.map { (key: folded(plain($0["name"]) ?? ""), country: $0) }
      .sorted { $0.key < $1.key }.map(\.country)
  }

  /// The name without the accents that the three languages have, so that É stands with E.
  private func folded(_ name: String) -> String {
    let folds: [Character: Character] = [
      "é": "e", "è": "e", "ê": "e", "î": "i", "ï": "i", "ä": "a", "å": "a", "â": "a", "ö": "o",
      "ô": "o", "ü": "u", "ç": "c",
    ]
    return String(name.lowercased().map { folds[$0] ?? $0 })
  }

  fileprivate func countryLine(_ country: JSONValue) -> HTML {
    let code = country["code"]?.string ?? ""
    return
      "<a href=\"\(link(Address("countries", code)))\">\(text(country["name"]) ?? "\(code)")</a>"
  }

  fileprivate func row(_ country: JSONValue, _ counts: [String: Int]) -> HTML {
    let code = country["code"]?.string ?? ""
    let stage: HTML? = country["policy_stage"]?.string.map { stage in
      let day = country["policy_stage_as_of"]?.string
      return
        "\(word("policy_stage", stage))\(day.map { " <span class=\"quiet\">(\(date($0)))</span>" } ?? .nothing)"
    }
    let uses: HTML? =
      country["rpl_uses"].flatMap {
        $0.isNull ? nil : several(codes($0).map { "\(word("rpl_use", $0))" })
      }
    let count = counts[code] ?? 0
    return """
      <tr><th scope="row">\(countryLine(country)) <span class="quiet">\(code)</span></th>\
      <td>\(stage ?? notStated)</td><td>\(uses ?? notStated)</td>\
      <td class="number">\(count == 0 ? "0" : "<a href=\"\(link(Address("/credentials", [("country", code)])))\">\(language.number(count))</a>" as HTML)</td></tr>

      """
  }
}
