internal import HTTP
internal import JSON

/// A country, or a part of one: what is stated of it by topic, each statement with its source; or as on a day.
@Sendable func countryPage(_ visit: Visit) throws -> Page {
  let day = visit.address["as_of"].flatMap { $0.isEmpty ? nil : $0 }
  let whole = Address("v1", "countries", visit.request.path("code"), with: [("include", "all")])
  let country = try visit.read(day.map { whole.with("as_of", $0) } ?? whole)
  let code = country["code"]?.string ?? ""
  let here = Address("countries", code)
  let name = visit.plain(country["name"]) ?? code
  let related = try visit.lookUp(
    "countries", codes(country["parts"]) + [country["parent"]?.string].compactMap(\.self),
    [("fields", "code,name")])
  let main: HTML = """
    \(visit.heading(of: country, related, day, here))
    \(visit.stage(of: country))
    \(visit.uses(of: country))
    \(visit.topics(of: country))
    \(visit.frameworks(of: country))
    \(visit.offered(in: country))
    \(visit.asOfForm(here, day))
    \(visit.data(of: code))
    """
  let stage = country["policy_stage"]?.string.map { visit.word("policy_stage", $0) }
  return Page(
    title: name,
    description:
      "\(name). \(visit.word("field", "policy_stage")): \(stage ?? visit.say("not_stated")).",
    section: "/countries", main: "<article class=\"item\">\(main)</article>", canonical: here,
    isIndexed: day == nil)
}

extension Visit {
  fileprivate func heading(
    of country: JSONValue, _ related: [String: JSONValue], _ day: String?, _ here: Address
  ) -> HTML {
    let code = country["code"]?.string ?? ""
    let marks = [
      ("eu_member", "country.eu"), ("eea", "country.eea"), ("candidate", "country.candidate"),
    ]
    let chips = marks.filter { country[$0.0] == true }.map {
      "<li class=\"chip\">\(say($0.1))</li>" as HTML
    }
    var heading: HTML = """
      <p class="eyebrow">\(say(country["kind"] == "subdivision" ? "country.part" : "country.kind"))</p>
      <h1>\(text(country["name"]) ?? "\(code)")</h1>
      <ul class="chips"><li class="chip">ISO \(country["iso_code"]?.string ?? code)</li>\
      \(country["cedefop_code"]?.string.map { "<li class=\"chip\">Cedefop \($0)</li>" as HTML } ?? .nothing)\
      \(chips)</ul>
      """
    heading += pastNotice(here, day)
    if let parent = country["parent"]?.string {
      heading += "<p>\(say("country.parent")): \(link(to: parent, related))</p>"
    }
    let parts = codes(country["parts"])
    if !parts.isEmpty {
      heading +=
        "<p>\(say("country.parts")): \(joined(parts.map { link(to: $0, related) }, ", "))</p>"
    }
    if let note = country["note"]?.string { heading += "<p class=\"hint\" lang=\"en\">\(note)</p>" }
    return heading
  }

  private func link(to code: String, _ names: [String: JSONValue]) -> HTML {
    "<a href=\"\(link(Address("countries", code)))\">\(text(names[code]?["name"]) ?? "\(code)")</a>"
  }

  fileprivate func stage(of country: JSONValue) -> HTML {
    let statements = country["topics"]?["policy_stage"]?.items ?? []
    return """
      <section aria-labelledby="stage"><h2 id="stage">\(word("statement_topic", "policy_stage"))</h2>
      \(statements.isEmpty ? "<p>\(notStated)</p>" : "<ul class=\"statements\">\(statements.map(statement))</ul>")
      </section>
      """
  }

  /// RPL's five uses; stated, stated not to be, or not stated.
  fileprivate func uses(of country: JSONValue) -> HTML {
    let statements = country["topics"]?["rpl_use"]?.items ?? []
    let rows = (country["rpl"]?.items ?? []).map { use -> HTML in
      let said = statements.first { $0["id"] == use["statement"] }
      let (mark, answer): (String, HTML) =
        switch use["stated"] {
        case .bool(true)?: ("✓", "\(say("country.use.stated"))")
        case .bool(false)?: ("✗", "\(say("country.use.negated"))")
        default: ("○", notStated)
        }
      return """
        <tr><th scope="row">\(word("rpl_use", use["use"]?.string ?? ""))</th>\
        <td><span aria-hidden="true">\(mark)</span> \(answer)\(said.map(flags) ?? .nothing)</td>\
        <td>\(said.map { "\(text($0["text"]).map { "<p>\($0)</p>" } ?? .nothing)\(sourceNote($0["source"]))" } ?? .nothing)</td></tr>

        """
    }
    return """
      <section aria-labelledby="rpl"><h2 id="rpl">\(word("statement_topic", "rpl_use"))</h2>
      <div class="table" tabindex="0" role="group" aria-label="\(say("country.uses"))"><table class="steady"><caption>\(say("country.uses"))</caption>
      <thead><tr><th scope="col">\(word("field", "rpl_use"))</th><th scope="col">\(say("country.stated"))</th>\
      <th scope="col">\(say("country.evidence"))</th></tr></thead>
      <tbody>\(rows)</tbody></table></div></section>
      """
  }

  fileprivate func topics(of country: JSONValue) -> HTML {
    var sections = HTML.nothing
    for topic in country["topics"]?.members ?? []
    where topic.name != "policy_stage" && topic.name != "rpl_use" {
      let statements = topic.value.items
      sections += """
        <section aria-labelledby="topic-\(topic.name)">
        <h2 id="topic-\(topic.name)">\(word("statement_topic", topic.name))</h2>
        \(statements.isEmpty ? "<p>\(notStated)</p>" : "<ul class=\"statements\">\(statements.map(statement))</ul>")
        </section>

        """
    }
    return sections
  }

  fileprivate func frameworks(of country: JSONValue) -> HTML {
    let frameworks = country["frameworks"]?.items ?? []
    return """
      <section aria-labelledby="frameworks"><h2 id="frameworks">\(say("country.frameworks"))</h2>
      \(frameworks.isEmpty ? "<p>\(notStated)</p>" : .nothing)\(frameworks.map(framework))
      </section>
      """
  }

  private func framework(_ framework: JSONValue) -> HTML {
    let year = framework["eqf_linked_year"]?.integer
    return """
      <h3>\(text(framework["name"]) ?? "\(framework["code"]?.string ?? "")") \
      <span class="quiet">\(framework["code"]?.string ?? "")</span>\(unless(verified: framework["verified"]))</h3>
      <p class="hint">\(say("country.linked")): \(year.map { "\($0)" } ?? notStated)</p>
      <div class="table" tabindex="0" role="group" aria-label="\(say("country.levels"))"><table class="steady"><caption>\(say("country.levels"))</caption>
      <thead><tr><th scope="col">\(word("field", "level"))</th><th scope="col">\(word("field", "name"))</th>\
      <th scope="col">\(word("field", "eqf_level"))</th></tr></thead>
      <tbody>\((framework["levels"]?.items ?? []).map(level))</tbody></table></div>
      """
  }

  private func level(_ level: JSONValue) -> HTML {
    let code = level["code"]?.string ?? ""
    let eqf: HTML =
      level["eqf_level"]?.integer.map { number in
        """
        <a href="\(link(Address("/credentials", [("eqf_level", "\(number)")])))">EQF \(number)</a>\
        \(unless(verified: level["eqf_verified"]))
        """
      } ?? notStated
    return """
      <tr><th scope="row"><a href="\(link(Address("/credentials", [("level", code)])))">\(level["level"]?.string ?? "")</a></th>\
      <td>\(text(level["name"]) ?? "\(code)")</td><td>\(eqf)</td></tr>

      """
  }

  fileprivate func offered(in country: JSONValue) -> HTML {
    let code = country["code"]?.string ?? ""
    let figures = country["figures"]
    return """
      <section aria-labelledby="offered"><h2 id="offered">\(say("country.offered"))</h2>
      \(facts([
        fact(
          say("countries.credentials"),
          """
          <a href="\(link(Address("/credentials", [("country", code)])))">\
          \(language.number(figures?["credentials"]?.integer ?? 0))</a>
          """),
        fact(say("country.describing"), "\(language.number(figures?["describing_learning_outcomes"]?.integer ?? 0))"),
        fact(word("field", "stackable"), "\(language.number(figures?["stackable"]?.integer ?? 0))"),
        fact(say("country.providers"), "\(language.number(figures?["providers"]?.integer ?? 0))"),
      ]))
      <p><a href="\(link(Address("/compare", [("countries", code)])))">\(say("country.compare"))</a></p>
      </section>
      """
  }

  fileprivate func data(of code: String) -> HTML {
    """
    <section aria-labelledby="data"><h2 id="data">\(say("data.title"))</h2>
    <ul class="chips">
    <li><a class="chip" href="\(Address("v1", "countries", code, with: [("include", "all")]).text)">JSON</a></li>
    <li><a class="chip" href="\(Address("/v1/statements.csv", [("country", code)]).text)">\(say("country.statements")) CSV</a></li>
    <li><a class="chip" href="\(Address("/v1/credentials.csv", [("country", code)]).text)">\(say("countries.credentials")) CSV</a></li>
    </ul></section>
    """
  }
}
