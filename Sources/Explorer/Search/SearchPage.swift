internal import JSON

/// Credentials by words and facets; the address holds what was chosen, so that it can be kept and shared.
@Sendable func search(_ visit: Visit) throws -> Page {
  let question = SearchQuestion(visit.address)
  let list = try visit.read(question.page)
  let names = try SearchNames(question, list, kinds: "credential_kind", visit)
  let results = SearchResults(list: list, question: question, names: names)
  return Page(
    title: question.words.map { visit.say("search.title_of", ["words": $0]) }
      ?? visit.say("search.title"),
    description: visit.say("home.lead"), section: "/credentials", modules: ["search.js"],
    main: """
      <h1>\(visit.say("search.title"))</h1>
      \(visit.searchForm(question))
      <p class="count" role="status">\(visit.say("search.results", count: list["total"]?.integer ?? 0))</p>
      <div class="with-aside answer">
      <details class="aside wide-open" id="filters">
      <summary>\(visit.say("search.filters"))\
      \(question.filters.isEmpty ? .nothing : " <span class=\"chip\">\(question.filters.count)</span>" as HTML)</summary>
      <h2 class="hidden-text">\(visit.say("search.filters"))</h2>
      \(try facets(list, question, names))
      </details>
      <section aria-labelledby="results">
      <h2 id="results" class="hidden-text">\(visit.say("search.list"))</h2>
      \(results.html)
      </section>
      </div>
      """, isIndexed: question.address.parameters.isEmpty)
}

private func facets(
  _ list: JSONValue, _ question: SearchQuestion, _ names: SearchNames
) throws(PageError) -> HTML {
  var html = HTML.nothing
  for member in SearchQuestion.facets {
    html += FacetList(member, list, question, names).html
    if member == "eqf_level" { html += try HoursList(list, question, names).html }
  }
  return html
}
