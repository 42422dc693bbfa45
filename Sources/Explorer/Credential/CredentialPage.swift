internal import HTTP
internal import JSON

/// A credential: its facts, its stack, what is like it, and what was written of it; or as it stood on a day.
@Sendable func credentialPage(_ visit: Visit) throws -> Page {
  let day = visit.address["as_of"].flatMap { $0.isEmpty ? nil : $0 }
  let address = Address("v1", "credentials", visit.request.path("slug"))
  let item = try visit.read(day.map { address.with("as_of", $0) } ?? address)
  let here = Address("credentials", item["slug"]?.string ?? "")
  let facts = try CredentialFacts(item, visit)
  let isPublished = item["status"] == "published"
  var main: HTML = """
    \(facts.heading)
    \(visit.notice(of: item, day, here))
    \(facts.outcomes)
    \(facts.groups)
    """
  if day == nil { main += try visit.conversions(address) }
  main += try facts.elements()
  if day == nil, isPublished {
    main += try visit.stack(address)
    main += try visit.similar(address)
  }
  main += facts.provenance
  if day == nil {
    main += try visit.history(of: address, "credential", called: item["slug"]?.string ?? "")
  }
  main += "\(visit.asOfForm(here, day))\(visit.takeAway(item, here))"
  return Page(
    title: facts.title, description: facts.summary, section: "/credentials",
    head: day == nil
      ? """
      <link rel="alternate" type="application/json+oembed" href="\(visit.oEmbed(here, "json"))" title="\(facts.title)">
      <link rel="alternate" type="text/xml+oembed" href="\(visit.oEmbed(here, "xml"))" title="\(facts.title)">
      <script type="application/ld+json">\(HTML(dataBlock: facts.linkedData(here).bytes))</script>
      """ : .nothing,
    main: "<article class=\"item\">\(main)</article>", canonical: here,
    isIndexed: day == nil && isPublished)
}

extension CredentialFacts {
  var title: String { visit.plain(item["title"]) ?? visit.say("credential.untitled") }

  /// A sentence for those who see the page in a list.
  var summary: String {
    let parts: [String?] = [
      visit.word("credential_kind", item["kind"]?.string ?? ""),
      item["provider"]?.string.flatMap { visit.plain(providers[$0]?["name"]) },
      codes(item["countries"]).compactMap { visit.plain(countries[$0]?["name"]) }.prefix(4)
        .joined(separator: ", "),
      visit.plain(item["description"]).map { String($0.prefix(200)) },
    ]
    return "\(title). " + parts.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " · ")
  }

  fileprivate var heading: HTML {
    let chosen = visit.plain(item["title"])
    let others = item["title"]?.members.filter { $0.value.string != chosen } ?? []
    return """
      <p class="eyebrow">\(visit.word("credential_kind", item["kind"]?.string ?? ""))</p>
      <h1>\(visit.text(item["title"]) ?? "\(visit.say("credential.untitled"))")</h1>
      \(others.isEmpty ? .nothing : "<ul class=\"other-titles\">\(others.map(otherTitle))</ul>")
      \(visit.text(item["description"]).map { "<p class=\"lead\">\($0)</p>" } ?? .nothing)
      """
  }

  private func otherTitle(_ title: JSONValue.Member) -> HTML {
    "<li><span class=\"chip\">\(title.name)</span> <span lang=\"\(title.name)\">\(title.value.string ?? "")</span></li>"
  }

  /// What one knows, can do, is competent in, by kind.
  fileprivate var outcomes: HTML {
    let outcomes = item["learning_outcomes"]?.items ?? []
    var lists = HTML.nothing
    for kind in ["knowledge", "skill", "competence", "responsibility", nil] {
      let some = outcomes.filter { $0["kind"]?.string == kind }
      guard !some.isEmpty else { continue }
      lists += """
        <h3>\(kind.map { visit.word("learning_outcome_kind", $0) } ?? visit.say("credential.no_kind"))</h3>
        <ul>\(some.map(outcome))</ul>
        """
    }
    let stated: HTML =
      item["learning_outcomes"] == .array([]) ? "\(visit.say("fact.none"))" : visit.notStated
    return """
      <section aria-labelledby="outcomes">
      <h2 id="outcomes">\(visit.word("field", "learning_outcomes"))</h2>
      \(outcomes.isEmpty ? "<p>\(stated)</p>" : lists)
      </section>
      """
  }

  private func outcome(_ outcome: JSONValue) -> HTML {
    let esco = codes(outcome["esco"])
    let links: HTML =
      esco.isEmpty
      ? .nothing
      : "<br><span class=\"hint\">ESCO: \(visit.joined(esco.map(visit.outward), ", "))</span>"
    return "<li>\(visit.text(outcome["text"]) ?? visit.notStated)\(links)</li>"
  }

  /// The elements of the European standard, met and missing, told by words and shape.
  fileprivate func elements() throws(PageError) -> HTML {
    let elements = item["standard_elements"]
    let missing = Set(codes(elements?["missing"]))
    let all = try visit.read(Address("/v1/vocabularies/annex1_element"))["values"]?.items ?? []
    // Only an award can state these.
    let awards: Set = ["learner", "date_of_issuing", "grade"]
    let rows = all.compactMap { $0["code"]?.string }.filter { !awards.contains($0) }.map {
      code -> HTML in
      let isMet = !missing.contains(code)
      return """
        <li class="\(isMet ? "met" : "missing")"><span aria-hidden="true">\(isMet ? "✓" : "○")</span> \
        \(visit.word("element", code)) <span class="quiet">\
        \(isMet ? "\(visit.say("credential.element.met"))" : visit.notStated)</span></li>
        """
    }
    return """
      <section aria-labelledby="elements">
      <h2 id="elements">\(visit.say("credential.elements"))</h2>
      <p>\(visit.say("credential.elements.count", ["stated": "\(elements?["stated"]?.integer ?? 0)", "of": "\(elements?["of"]?.integer ?? 0)"]))</p>
      <ul class="elements">\(rows)</ul>
      </section>
      """
  }

  /// Where the entry comes from, and what the registry adds.
  fileprivate var provenance: HTML {
    let same = (item["same_as"]?.items ?? []).map {
      "<code>\($0["slug"]?.string ?? "")</code>" as HTML
    }
    return """
      <section aria-labelledby="record">
      <h2 id="record">\(visit.say("credential.group.record"))</h2>
      \(visit.facts([
        visit.fact(of: "source", visit.cited(item["source"])),
        visit.fact(of: "note", item["note"]?.string.map { "<span lang=\"en\">\($0)</span>" }),
        visit.fact(of: "external_id", item["external_id"]?.string.map { "<code>\($0)</code>" }),
        same.isEmpty ? .nothing : visit.fact(of: "same_as", visit.several(same)),
        visit.fact(of: "status", "\(visit.word("credential_status", item["status"]?.string ?? ""))"),
        visit.fact(of: "version", item["version"]?.integer.map { "\($0)" }),
        visit.fact(of: "created_at", item["created_at"]?.string.map(visit.moment)),
        visit.fact(of: "updated_at", item["updated_at"]?.string.map(visit.moment)),
      ]))
      </section>
      """
  }
}

extension Visit {
  /// That it is withdrawn, or shown as it once was.
  fileprivate func notice(of item: JSONValue, _ day: String?, _ here: Address) -> HTML {
    var notices = HTML.nothing
    if item["status"] == "withdrawn" {
      notices += "<p class=\"notice\">\(say("credential.withdrawn"))</p>"
    }
    notices += pastNotice(here, day)
    return notices
  }

  /// What stated rules make of credit in hours, and of hours in credit.
  fileprivate func conversions(_ address: Address) throws(PageError) -> HTML {
    let workload = try read(Address(address.path + "/workload"))
    let conversions = workload["conversions"]?.items ?? []
    guard !conversions.isEmpty else { return .nothing }
    return """
      <section aria-labelledby="conversions">
      <h2 id="conversions">\(say("credential.conversions"))</h2>
      <ul>\(conversions.map(conversion))</ul>
      </section>
      """
  }

  private func conversion(_ conversion: JSONValue) -> HTML {
    let system = word("credit_system", conversion["system"]?.string ?? "")
    let hours: HTML? = conversion["hours"].flatMap(range).map { "\($0) \(say("unit.hours"))" }
    let points: HTML? = conversion["points"].flatMap(range).map { "\($0) \(system)" }
    return """
      <li>\(system): \(hours ?? points ?? notStated)\(unless(verified: conversion["verified"]))
      \(sourceNote(conversion["source"]))</li>
      """
  }

  private func range(_ range: JSONValue) -> HTML? {
    guard let least = range["min"]?.double, let most = range["max"]?.double else { return nil }
    return least == most
      ? "\(language.number(least))" : "\(language.number(least))–\(language.number(most))"
  }

  /// The same as data, and as a card for another page.
  fileprivate func takeAway(_ item: JSONValue, _ here: Address) -> HTML {
    let slug = item["slug"]?.string ?? ""
    var row = [(name: "slug", value: slug)]
    if item["status"] == "withdrawn" { row.append(("status", "withdrawn")) }
    return """
      <section aria-labelledby="data">
      <h2 id="data">\(say("data.title"))</h2>
      <ul class="chips">
      <li><a class="chip" href="\(Address("v1", "credentials", slug).text)">JSON</a></li>
      <li><a class="chip" href="\(Address("/v1/credentials.csv", row).text)">CSV</a></li>
      <li><a class="chip" href="\(Address("/v1/credentials.ndjson", row).text)">NDJSON</a></li>
      <li><a class="chip" href="\(link(Address("embed", "credentials", slug)))">\(say("embed.preview"))</a></li>
      </ul>
      <details><summary>\(say("embed.code"))</summary>
      <pre tabindex="0"><code>\(card(item, width: 480, height: 260).markup)</code></pre></details>
      </section>
      """
  }
}
