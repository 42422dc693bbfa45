internal import API
internal import HTTP
internal import HTTPTypes
internal import JSON

// What search engines and browsers look for by themselves.
extension Explorer {
  var discoveryRoutes: [Route] {
    [
      Route(.get, "/robots.txt", "getRobots", on: .worker) { request in
        let visit = try Visit(request, settings, ask)
        // The API and every combination of filters would be crawled without an end (RFC 9309).
        let text = """
          User-agent: *
          Disallow: /v1/
          Disallow: /credentials?

          Sitemap: \(visit.origin)/sitemap.xml

          """
        return try Response(
          .ok, [.contentType: "text/plain; charset=utf-8", .vary: "Accept-Encoding"],
          body: Array(text.utf8)
        ).conditional(request)
      },
      xmlRoute("/opensearch.xml", "getOpenSearch", "application/opensearchdescription+xml") {
        visit in visit.openSearch
      },
      Route(.get, "/suggest", "getOpenSearchSuggestions", on: .worker) { request in
        let visit = try Visit(request, settings, ask)
        do {
          let body = try visit.suggestions().bytes
          return try Response(
            .ok, [.contentType: "application/x-suggestions+json", .vary: "Accept-Encoding"],
            body: body
          ).conditional(request)
        } catch PageError.refused(let answer) {
          return answer
        }
      },
    ]
  }
}

extension Visit {
  fileprivate var openSearch: HTML {
    """
    <OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
    <ShortName>Cairn</ShortName>
    <Description>\(say("search.title"))</Description>
    <InputEncoding>UTF-8</InputEncoding>
    <Language>\(language.rawValue)</Language>
    <Image width="32" height="32" type="image/svg+xml">\(origin)\(Assets.address("cairn.svg"))</Image>
    <Url type="text/html" template="\(origin)\(link("/credentials"))\(isLanguageChosen ? "&amp;" : "?")q={searchTerms}"/>
    <Url type="application/x-suggestions+json" template="\(origin)/suggest?q={searchTerms}"/>
    <Url type="application/opensearchdescription+xml" rel="self" template="\(origin)/opensearch.xml"/>
    </OpenSearchDescription>
    """
  }

  /// The API's suggestions as browsers read them: what was typed, and what it may become.
  fileprivate func suggestions() throws(PageError) -> JSONValue {
    let typed = address["q"] ?? ""
    guard !typed.isEmpty else { return .array([.string(typed), .array([])]) }
    let items = try read(Address("/v1/credentials/suggest", [("q", typed)]))["items"]?.items ?? []
    return .array([.string(typed), .array(items.compactMap { $0["text"] })])
  }
}
