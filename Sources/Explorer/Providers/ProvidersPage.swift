internal import JSON

/// `/providers`: who offers credentials, by name, kind and country.
@Sendable func providers(_ visit: Visit) throws -> Page {
  let question = SearchQuestion(visit.address)
  let list = try visit.read(asked(question))
  let names = try SearchNames(question, list, kinds: "provider_kind", visit)
  let items = list["items"]?.items ?? []
  let counts = try visit.credentialCounts(of: items.compactMap { $0["slug"]?.string })
  let cards = items.map { visit.card($0, counts[$0["slug"]?.string ?? ""] ?? 0, names) }
  return Page(
    title: visit.say("providers.title"), description: visit.say("providers.lead"),
    main: """
      <h1>\(visit.say("providers.title"))</h1>
      \(visit.searchForm(question, at: "/providers", label: "providers.label"))
      <p class="count" role="status">\(visit.say("providers.count", count: list["total"]?.integer ?? 0))</p>
      <div class="with-aside answer">
      <details class="aside wide-open" id="filters">
      <summary>\(visit.say("search.filters"))</summary>
      <h2 class="hidden-text">\(visit.say("search.filters"))</h2>
      \(facets.map { FacetList($0, list, question, names).html })
      </details>
      <section aria-labelledby="results">
      <h2 id="results" class="hidden-text">\(visit.say("search.list"))</h2>
      \(ChosenFilters(question: question, names: names).html)
      \(cards.isEmpty ? visit.noProvider(question) : "<ul class=\"cards\">\(cards)</ul>")
      \(visit.pages(list, question))
      </section>
      </div>
      """, isIndexed: question.address.parameters.isEmpty)
}

private let facets = ["kind", "country", "verification_state"]

private func asked(_ question: SearchQuestion) -> Address {
  var address = Address("/v1/providers", question.address.parameters)
  address["fields"] = "slug,name,kind,country,verification"
  address["facets"] = facets.joined(separator: ",")
  address["count"] = "exact"
  address["limit"] = "30"
  if question.words == nil, question.sort == nil { address["sort"] = "name" }
  return address
}

extension Visit {
  /// How many credentials these providers offer, by their slugs.
  fileprivate func credentialCounts(of slugs: [String]) throws(PageError) -> [String: Int] {
    guard !slugs.isEmpty else { return [:] }
    let groups = try read(
      Address(
        "/v1/credentials/aggregate",
        [("group_by", "provider"), ("provider", slugs.joined(separator: ","))]))
    return Dictionary(
      (groups["items"]?.items ?? []).map {
        ($0["provider"]?.string ?? "", $0["count"]?.integer ?? 0)
      }, uniquingKeysWith: +)
  }

  fileprivate func card(_ provider: JSONValue, _ count: Int, _ names: SearchNames) -> HTML {
    let slug = provider["slug"]?.string ?? ""
    let country = provider["country"]?.string.map { names.name("country", $0) } ?? notStated
    let kind = provider["kind"]?.string.map { names.name("kind", $0) } ?? notStated
    let isVerified = provider["verification"]?["state"]?.string == "verified"
    return """
      <li class="result card">
      <h3><a href="\(link(Address("providers", slug)))">\(text(provider["name"]) ?? "\(slug)")</a></h3>
      <p class="by">\(kind) · \(country)\
      \(isVerified ? " <span class=\"chip\">\(say("verification_state.verified"))</span>" : .nothing)</p>
      <p class="quiet">\(say("home.count", count: count))</p>
      </li>

      """
  }

  fileprivate func noProvider(_ question: SearchQuestion) -> HTML {
    """
    <p>\(say("search.none")) <a href="\(link("/providers"))">\(say("search.providers"))</a></p>
    """
  }
}
