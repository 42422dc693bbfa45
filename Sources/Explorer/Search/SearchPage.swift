internal import JSON

/// Credentials by words and facets; the address holds what was chosen.
@Sendable func search(_ visit: Visit) throws -> Page {
  let list = try visit.read(
    Address("/v1/credentials", visit.address.parameters + [("count", "exact")]))
  let items = list["items"]?.items ?? []
  return Page(
    title: visit.say("search.title"), section: "/credentials",
    main: """
      <h1>\(visit.say("search.title"))</h1>
      \(visit.searchForm())
      <p role="status">\(visit.say("search.results", count: list["total"]?.integer ?? 0))</p>
      \(items.isEmpty ? "<p>\(visit.say("search.none"))</p>" : "<ol>\(items.map(visit.result))</ol>")
      """)
}

extension Visit {
  func searchForm() -> HTML {
    """
    <form role="search" action="\(link("/credentials"))">
    <label for="q">\(say("search.label"))</label>
    <input id="q" name="q" type="search" value="\(address["q"] ?? "")">
    <button>\(say("search.go"))</button>
    </form>
    """
  }

  func result(_ credential: JSONValue) -> HTML {
    let address = Address("credentials", credential["slug"]?.string ?? "")
    return "<li><a href=\"\(link(address))\">\(text(credential["title"]) ?? notStated)</a></li>"
  }
}
