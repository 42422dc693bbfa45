internal import HTTP
internal import JSON

/// A provider: who it is and who says so, what it offers, and what was written of it; or as it stood on a day.
@Sendable func providerPage(_ visit: Visit) throws -> Page {
  let day = visit.address["as_of"].flatMap { $0.isEmpty ? nil : $0 }
  let address = Address("v1", "providers", visit.request.path("slug"))
  let item = try visit.read(day.map { address.with("as_of", $0) } ?? address)
  let slug = item["slug"]?.string ?? ""
  let here = Address("providers", slug)
  let name = visit.plain(item["name"]) ?? slug
  let country = item["country"]?.string
  let countries = try visit.lookUp(
    "countries", country.map { [$0] } ?? [], [("fields", "code,name")])
  var main = visit.heading(of: item, day, here)
  main += visit.facts(of: item, countries)
  if day == nil {
    main += try visit.offer(of: slug)
    main += try visit.history(of: address, "provider", called: slug)
  }
  main += "\(visit.asOfForm(here, day))\(visit.data(of: address))"
  let parts = [
    item["kind"]?.string.map { visit.word("provider_kind", $0) },
    country.flatMap { visit.plain(countries[$0]?["name"]) },
  ]
  return Page(
    title: name, description: ([name] + parts.compactMap(\.self)).joined(separator: " · "),
    section: "/credentials",
    head: day == nil
      ? """
      <script type="application/ld+json">\(HTML(dataBlock: visit.organization(item, here).bytes))</script>
      """ : .nothing,
    main: "<article class=\"item\">\(main)</article>", canonical: here,
    isIndexed: day == nil && item["status"] == "active")
}

extension Visit {
  fileprivate func heading(of item: JSONValue, _ day: String?, _ here: Address) -> HTML {
    var heading: HTML = """
      <p class="eyebrow">\(item["kind"]?.string.map { word("provider_kind", $0) } ?? say("provider.title"))</p>
      <h1>\(text(item["name"]) ?? notStated)</h1>
      """
    let others = item["name"]?.members.filter { $0.value.string != plain(item["name"]) } ?? []
    if !others.isEmpty {
      heading += """
        <ul class="other-titles">\(others.map {
          "<li><span class=\"chip\">\($0.name)</span> <span lang=\"\($0.name)\">\($0.value.string ?? "")</span></li>" as HTML
        })</ul>
        """
    }
    if item["status"] == "withdrawn" {
      heading += "<p class=\"notice\">\(say("provider.withdrawn"))</p>"
    }
    heading += pastNotice(here, day)
    return heading
  }

  fileprivate func facts(of item: JSONValue, _ countries: [String: JSONValue]) -> HTML {
    let country: HTML? = item["country"]?.string.map {
      "<a href=\"\(link(Address("countries", $0)))\">\(text(countries[$0]?["name"]) ?? "\($0)")</a>"
    }
    let rows = [
      fact(of: "kind", item["kind"]?.string.map { "\(word("provider_kind", $0))" }),
      fact(of: "country", country),
      fact(of: "homepage", item["homepage"]?.string.map(outward)),
      fact(of: "identifiers", list(item["identifiers"], identifier)),
      fact(of: "verification", verification(item["verification"])),
      fact(of: "quality_assurance", list(item["quality_assurance"], assurance)),
      fact(of: "external_id", item["external_id"]?.string.map { "<code>\($0)</code>" }),
      fact(of: "source", cited(item["source"])),
      fact(of: "updated_at", item["updated_at"]?.string.map(moment)),
    ]
    return """
      <section aria-labelledby="facts"><h2 id="facts">\(say("provider.facts"))</h2>
      \(facts(rows))</section>
      """
  }

  private func list(_ value: JSONValue?, _ shown: (JSONValue) -> HTML) -> HTML? {
    guard case .array(let items)? = value else { return nil }
    return several(items.map(shown))
  }

  /// ROR alone has a page for each of its ids.
  private func identifier(_ identifier: JSONValue) -> HTML {
    let (scheme, value) = (identifier["scheme"]?.string ?? "", identifier["value"]?.string ?? "")
    let name = word("identifier_scheme", scheme)
    guard scheme == "ror" else { return "\(name): <code>\(value)</code>" }
    return "\(name): \(outward(ror(value)))"
  }

  private func ror(_ value: String) -> String {
    value.hasPrefix("https://") ? value : "https://ror.org/\(value.trimmingPrefix("ror.org/"))"
  }

  private func verification(_ verification: JSONValue?) -> HTML? {
    guard let state = verification?["state"]?.string else { return nil }
    var shown: HTML = "\(word("verification_state", state))"
    if let by = verification?["by"]?.string { shown += " (\(by))" }
    if let day = verification?["on"]?.string { shown += ", \(date(day))" }
    return shown
  }

  private func assurance(_ assurance: JSONValue) -> HTML {
    var shown: HTML = "\(word("quality_assurance_type", assurance["type"]?.string ?? ""))"
    if let agency = assurance["agency"]?.string { shown += ", \(agency)" }
    if let day = assurance["valid_until"]?.string {
      shown += ", \(say("provider.valid_until")) \(date(day))"
    }
    return shown
  }

  /// Its first credentials and figures about all of them.
  fileprivate func offer(of slug: String) throws(PageError) -> HTML {
    let list = try read(
      Address(
        "/v1/credentials",
        [
          ("provider", slug), ("sort", "-updated_at"), ("limit", "10"), ("count", "exact"),
          ("fields", "slug,title,kind"),
        ]))
    let items = list["items"]?.items ?? []
    let all = Address("/credentials", [("provider", slug)])
    return """
      <section aria-labelledby="offer"><h2 id="offer">\(say("provider.offer"))</h2>
      <p><a href="\(link(all))">\(say("provider.credentials", count: list["total"]?.integer ?? 0))</a></p>
      <ul>\(items.map { credential -> HTML in
        """
        <li>\(credentialLink(credential["slug"]?.string ?? "", credential["title"])) \
        <span class="quiet">\(word("credential_kind", credential["kind"]?.string ?? ""))</span></li>
        """
      })</ul>
      \(items.isEmpty ? .nothing : try sectors(of: slug))
      </section>
      """
  }

  private func sectors(of slug: String) throws(PageError) -> HTML {
    let asked = Address(
      "/v1/credentials/aggregate",
      [
        ("provider", slug), ("group_by", "sector"),
        ("measures", "count,learning_outcomes.share,workload_hours.avg"),
      ])
    let groups = try read(asked)["items"]?.items ?? []
    let rows = groups.map { group -> HTML in
      let share = group["learning_outcomes.share"]?.double.map { Int(($0 * 100).rounded()) }
      return """
        <tr><th scope="row">\(group["sector"]?.string.map { "\(word("sector", $0))" } ?? notStated)</th>\
        <td class="number">\(language.number(group["count"]?.integer ?? 0))</td>\
        <td class="number">\(share.map { "\($0) %" } ?? "–")</td>\
        <td class="number">\(group["workload_hours.avg"]?.double.map { "\(language.number($0))" } ?? notStated)</td></tr>
        """
    }
    return """
      <div class="table" tabindex="0" role="group" aria-label="\(say("provider.by_sector"))"><table><caption>\(say("provider.by_sector"))</caption>
      <thead><tr><th scope="col">\(word("field", "sector"))</th>\
      <th scope="col" class="number">\(say("provider.count"))</th>\
      <th scope="col" class="number">\(say("provider.outcomes_share"))</th>\
      <th scope="col" class="number">\(say("provider.hours"))</th></tr></thead>
      <tbody>\(rows)</tbody></table></div>
      <p class="hint"><a href="\(Address("/v1/credentials/aggregate.csv", asked.parameters).text)">CSV</a> · \
      <a href="\(asked.text)">JSON</a></p>
      """
  }

  fileprivate func data(of address: Address) -> HTML {
    """
    <section aria-labelledby="data"><h2 id="data">\(say("data.title"))</h2>
    <ul class="chips"><li><a class="chip" href="\(address.text)">JSON</a></li></ul></section>
    """
  }

  /// The provider in the words of schema.org.
  fileprivate func organization(_ item: JSONValue, _ here: Address) -> JSONValue {
    let identifiers = (item["identifiers"]?.items ?? []).map { identifier -> JSONValue in
      .object([
        .init(name: "@type", value: "PropertyValue"),
        .init(name: "propertyID", value: identifier["scheme"] ?? ""),
        .init(name: "value", value: identifier["value"] ?? ""),
      ])
    }
    let members: [(String, JSONValue?)] = [
      ("@context", "https://schema.org"), ("@type", "Organization"),
      ("@id", .string(origin + here.text)),
      ("name", plain(item["name"]).map(JSONValue.string)),
      ("url", .string(item["homepage"]?.string ?? origin + here.text)),
      ("identifier", identifiers.isEmpty ? nil : .array(identifiers)),
      (
        "address",
        item["country"]?.string.map { code in
          .object([
            .init(name: "@type", value: "PostalAddress"),
            .init(name: "addressCountry", value: .string(code)),
          ])
        }
      ),
    ]
    return .object(members.compactMap { name, value in value.map { .init(name: name, value: $0) } })
  }
}
