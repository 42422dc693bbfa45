internal import JSON

// The plans that POST /v1/pathways answers, in words.
extension Visit {
  func plans(
    _ question: JSONValue, _ form: PathwayForm, _ titles: inout [String: HTML]
  ) throws -> HTML {
    let answer = try read(Address("/v1/pathways"), asking: question)
    let plans = answer["plans"]?.items ?? []
    for step in plans.flatMap({ $0["steps"]?.items ?? [] }) {
      guard let slug = step["credential"]?.string else { continue }
      titles[slug] = text(step["title"]) ?? titles[slug] ?? "\(slug)"
    }
    let off = answer["off"]?.items ?? []
    return """
      \(plans.isEmpty ? "<p role=\"status\">\(say("pathways.no_plan"))</p>" : .nothing)
      \(plans.enumerated().map { plan($0.element, number: $0.offset + 1, titles) })
      \(answer["complete"]?.isTrue == false ? "<p class=\"hint\">\(say("pathways.incomplete"))</p>" : .nothing)
      \(off.isEmpty ? .nothing : "<p class=\"hint\">\(say("pathways.off", count: off.count))</p>")
      <details><summary>\(say("pathways.question"))</summary>
      <pre tabindex="0"><code>curl '\(origin)/v1/pathways' -H 'Content-Type: application/json' -d '\(readable(question))'</code></pre>
      </details>
      """
  }

  private func plan(_ plan: JSONValue, number: Int, _ titles: [String: HTML]) -> HTML {
    let unstated = plan["hours_not_stated"]?.items.count ?? 0
    let credits = (plan["credits_left"]?.items ?? []).map { credit in
      "<li class=\"chip\">\(language.number(credit["points"]?.double ?? 0)) \(word("credit_system", credit["system"]?.string ?? ""))</li>"
        as HTML
    }
    let prices = (plan["price_left"]?.items ?? []).map { price in
      "<li class=\"chip\">\(language.number(price["amount"]?.double ?? 0, digits: 2)) \(price["currency"]?.string ?? "")</li>"
        as HTML
    }
    return """
      <article class="card plan"><h3>\(say("pathways.plan_number", ["number": language.number(number)]))</h3>
      <ul class="chips"><li class="chip">\(hours(plan["hours_left"]))</li>\(credits)\(prices)\
      \(unstated == 0 ? "" : "<li class=\"chip not-stated\">\(say("pathways.unstated_hours", count: unstated))</li>")</ul>
      <ol class="steps">\((plan["steps"]?.items ?? []).map { step($0, titles) })</ol></article>
      """
  }

  private func step(_ step: JSONValue, _ titles: [String: HTML]) -> HTML {
    let slug = step["credential"]?.string ?? ""
    let title: HTML =
      "<a href=\"\(link(Address("credentials", slug)))\">\(titles[slug] ?? "\(slug)")</a>"
    let from = (step["from"]?.items ?? []).compactMap(\.string).map { titles[$0] ?? "\($0)" }
    let notes = [
      step["rule"].map(rule), step["access"].flatMap { access($0, slug) },
      step["exemption"].flatMap { $0.isNull ? nil : "\(say("pathways.exempted")) \(rule($0))" },
      step["rpl"].flatMap { $0.isNull ? nil : recognition($0) },
    ].compactMap(\.self)
    let unstated = (step["not_stated"]?.items ?? []).compactMap(\.string)
    return """
      <li><p><strong>\(say("pathways.do.\(step["do"]?.string ?? "take")")) \(title)\
      \(step["hours"].map { $0.isNull ? " · \(notStated)" : " · \(hours($0))" } ?? "")</strong></p>
      \(from.isEmpty ? "" : "<p>\(say("pathways.from")) \(listed(from))</p>")
      \(notes.map { "<p class=\"hint\">\($0)</p>" as HTML })
      \(unstated.isEmpty ? "" : "<p class=\"hint\">\(say("pathways.not_stated")) \(unstated.map { word("field", $0) }.joined(separator: ", "))</p>")</li>
      """
  }

  private func access(_ access: JSONValue, _ slug: String) -> HTML? {
    if access.isNull { return nil }
    return access["use"] == nil
      ? "\(say("pathways.access")) \(rule(access))" : recognition(access)
  }

  private func rule(_ rule: JSONValue) -> HTML {
    let source = rule["source"]
    let title = source?["title"]?.string.map { "\($0)" as HTML } ?? notStated
    return """
      <a href="/v1/stacking-rules/\(rule["slug"]?.string ?? "")">\(word("stacking_kind", rule["kind"]?.string ?? ""))</a> · \
      \(rule["jurisdiction"]?.string ?? say("pathways.anywhere")) · \
      \(say("pathways.legal_basis")) \(rule["legal_basis"]?.string.map { "\($0)" as HTML } ?? notStated) · \
      \(say("pathways.source")) \(title)
      """
  }

  private func recognition(_ use: JSONValue) -> HTML {
    let isStated = use["status"]?.string == "stated"
    return """
      \(say("pathways.rpl")) \(word("rpl_use", use["use"]?.string ?? "")) \
      \(isStated ? "(\(use["source"]?["title"]?.string ?? ""))" : notStated)
      """
  }

  /// Hours as stated: one number, or from and to.
  func hours(_ range: JSONValue?) -> HTML {
    guard let least = range?["min"]?.double, let most = range?["max"]?.double else {
      return notStated
    }
    let text =
      least == most ? language.number(least) : "\(language.number(least))–\(language.number(most))"
    return "\(say("hours", ["count": text]))"
  }

  private func listed(_ items: [HTML]) -> HTML {
    items.dropFirst().reduce(items.first ?? .nothing) { "\($0), \($1)" }
  }
}
