internal import JSON

/// Two to six countries side by side, or two to four credentials; the address names them.
@Sendable func compare(_ visit: Visit) throws -> Page {
  let countries = visit.chosen("countries")
  let credentials = visit.chosen("credentials")
  let content: HTML
  if !credentials.isEmpty {
    content = try visit.compared(credentials: credentials)
  } else if !countries.isEmpty {
    content = try visit.compared(countries: countries)
  } else {
    content = .nothing
  }
  return Page(
    title: visit.say("compare.title"), description: visit.say("compare.lead"),
    section: "/compare",
    main: """
      <h1>\(visit.say("compare.title"))</h1>
      <p class="lead">\(visit.say("compare.lead"))</p>
      \(content)
      \(try visit.countryForm(countries, isOpen: credentials.isEmpty && countries.count < 2))
      \(visit.credentialForm(credentials))
      """)
}

extension Visit {
  /// What the address names, by commas or name by name, each once.
  fileprivate func chosen(_ name: String) -> [String] {
    var chosen: [String] = []
    for parameter in address.parameters where parameter.name == name {
      for part in parameter.value.split(whereSeparator: { $0 == "," || $0.isWhitespace })
      where !chosen.contains(String(part)) { chosen.append(String(part)) }
    }
    return chosen
  }

  /// A box for each country of the European Economic Area, and any other of which something is stated.
  fileprivate func countryForm(_ chosen: [String], isOpen: Bool) throws(PageError) -> HTML {
    let area = try read(
      Address("/v1/countries", [("eea", "true"), ("fields", "code"), ("limit", "100")]))
    let stated = try read(
      Address(
        "/v1/statements", [("country", "!null"), ("fields", "country"), ("limit", "1000")]))
    let codes = Set(
      (area["items"]?.items ?? []).compactMap { $0["code"]?.string }
        + (stated["items"]?.items ?? []).compactMap { $0["country"]?.string } + chosen)
    let names = try countryNames(codes)
    let countries = codes.filter { names[$0] != nil }.map { ($0, names[$0]) }
      .sorted { plain($0.1) ?? $0.0 < plain($1.1) ?? $1.0 }
    return """
      <details class="choice"\(isOpen ? " open" as HTML : .nothing)><summary>\(say("compare.countries"))</summary>
      <form action="\(link("/compare"))">
      \(languageField)
      <fieldset><legend>\(say("compare.choose_countries"))</legend>
      <ul class="boxes">\(countries.map { code, name in
        """
        <li><label><input type="checkbox" name="countries" value="\(code)"\(chosen.contains(code) ? " checked" as HTML : .nothing)> \
        \(text(name) ?? "\(code)")</label></li>

        """ as HTML
      })</ul></fieldset>
      <button>\(say("compare.go"))</button>
      </form></details>
      """
  }

  fileprivate func credentialForm(_ chosen: [String]) -> HTML {
    """
    <details class="choice"\(chosen.count == 1 ? " open" as HTML : .nothing)><summary>\(say("compare.credentials"))</summary>
    <form action="\(link("/compare"))">
    \(languageField)
    <p class="field"><label for="credentials">\(say("compare.choose_credentials"))</label>
    <textarea id="credentials" name="credentials" rows="4" aria-describedby="credentials-hint">\(chosen.joined(separator: "\n"))</textarea></p>
    <p class="hint" id="credentials-hint">\(say("compare.credentials.hint"))</p>
    <button>\(say("compare.go"))</button>
    </form></details>
    """
  }

  /// What is said instead of a table where too few or too many are named.
  func refusal(_ key: String) -> HTML { "<p class=\"problem\" role=\"alert\">\(say(key))</p>" }

  /// Some items side by side: what each column is headed by, and the table's bodies.
  func sideBySide(
    _ heads: [HTML], _ bodies: HTML, of asked: Address, from sources: [JSONValue]
  ) -> HTML {
    """
    <section class="figure" aria-labelledby="side-by-side">
    <h2 id="side-by-side">\(say("compare.side_by_side"))</h2>
    <div class="table" tabindex="0" role="group" aria-label="\(say("compare.side_by_side"))">
    <table class="compared">
    <thead><tr><th scope="col">\(say("compare.point"))</th>\(heads.map {
      "<th scope=\"col\">\($0)</th>" as HTML
    })</tr></thead>
    \(bodies)
    </table>
    </div>
    \(origin(of: asked))
    \(sourceLine(sources))
    </section>
    """
  }
}
