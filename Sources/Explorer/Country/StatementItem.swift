internal import JSON

extension Visit {
  /// What a source says of a country, with what must be known of it: whether it is an example, a denial, unverified.
  func statement(_ statement: JSONValue) -> HTML {
    let value = valued(statement)
    let said = text(statement["text"])
    return """
      <li>\(value.map { "<p><strong>\($0)</strong>\(flags(statement))</p>" } ?? .nothing)\
      \(said.map { "<p>\($0)\(value == nil ? flags(statement) : .nothing)</p>" } ?? .nothing)
      \(details(statement["details"]))
      \(statement["as_of"]?.string.map { "<p class=\"hint\">\(word("field", "as_of")) \(date($0))</p>" } ?? .nothing)
      \(sourceNote(statement["source"]))</li>

      """
  }

  func flags(_ statement: JSONValue) -> HTML {
    var flags = HTML.nothing
    if statement["negated"] == true {
      flags += " <span class=\"chip caution\">\(say("statement.negated"))</span>"
    }
    if statement["indicative_example"] == true {
      flags += " <span class=\"chip\">\(say("statement.indicative"))</span>"
    }
    return "\(flags)\(unless(verified: statement["verified"]))"
  }

  private func valued(_ statement: JSONValue) -> HTML? {
    guard let value = statement["value"]?.string else { return nil }
    switch (statement["topic"]?.string, value) {
    case ("stacking"?, "true"): return "\(say("statement.stacking.allowed"))"
    case ("stacking"?, "false"): return "\(say("statement.stacking.denied"))"
    case ("trust"?, _): return "\(word("statement_topic", "trust")): \(word("trust_level", value))"
    case (let topic?, _): return "\(word(topic, value))"
    default: return "\(value)"
    }
  }

  private func details(_ details: JSONValue?) -> HTML {
    let rows = (details?.members ?? []).filter { $0.name != "allowed" }.map { detail -> HTML in
      let shown: HTML =
        switch (detail.name, detail.value) {
        case ("trusted_by", .string(let code)): "\(word("trust_group", code))"
        case ("system", .string(let code)): "\(word("credit_system", code))"
        case ("deck_code", .string(let text)): "<code>\(text)</code>"
        // The sources of what is loaded are English.
        case (_, .string(let text)): "<span lang=\"en\">\(text)</span>"
        // A year has no thousands.
        case ("since_year", .integer(let year)): "\(Int(year))"
        default: inWords(detail.value, of: detail.name)
        }
      return "<dt>\(word("detail", detail.name))</dt><dd>\(shown)</dd>\n"
    }
    return rows.isEmpty ? .nothing : "<dl class=\"details\">\(rows)</dl>"
  }
}
