internal import API
internal import HTTP
internal import HTTPTypes
internal import JSON

// A credential as a card in somebody else's page: no script, its own policy, and anyone may frame it.
extension Explorer {
  var embedRoute: Route {
    Route(.get, "/embed/credentials/{slug}", "getEmbeddedCredential", on: .worker) { request in
      let visit = try Visit(request, settings, ask)
      do {
        let card = try visit.embedded(request.path("slug"))
        return try Response(.ok, Self.cardFields, body: Array(card.markup.utf8)).conditional(
          request)
      } catch PageError.refused(let answer) {
        guard answer.status.kind != .redirection else { return moved(answer) }
        return Response(answer.status, Self.cardFields, body: Array(visit.emptyCard.markup.utf8))
      }
    }
  }

  private func moved(_ answer: Response) -> Response {
    var answer = answer
    answer.fields[.location] = answer.fields[.location].map { "/embed" + $0.trimmingPrefix("/v1") }
    return answer
  }

  private static let cardFields: HTTPFields = [
    .contentType: "text/html; charset=utf-8",
    .vary: "Accept-Encoding, Accept-Language",
    .contentSecurityPolicy:
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
      + "frame-ancestors *",
    .referrerPolicy: "no-referrer",
  ]
}

extension Visit {
  /// What a page puts in to show the card.
  func card(_ item: JSONValue, width: Int, height: Int) -> HTML {
    let address = Address("embed", "credentials", item["slug"]?.string ?? "")
    return """
      <iframe src="\(origin)\(link(address))" title="\(plain(item["title"]) ?? say("credential.untitled"))" \
      width="\(width)" height="\(height)" loading="lazy" sandbox="allow-popups allow-popups-to-escape-sandbox" \
      referrerpolicy="no-referrer"></iframe>
      """
  }

  fileprivate func embedded(_ slug: String) throws -> HTML {
    let item = try read(Address("v1", "credentials", slug))
    let facts = try CredentialFacts(item, self)
    let here = "\(origin)\(link(Address("credentials", item["slug"]?.string ?? "")))"
    let elements = item["standard_elements"]
    return inCard(
      facts.title,
      """
      <p class="kind">\(word("credential_kind", item["kind"]?.string ?? ""))\
      \(item["status"] == "withdrawn" ? " · <strong>\(word("credential_status", "withdrawn"))</strong>" : .nothing)</p>
      <h1><a href="\(here)" target="_blank" rel="noopener">\(text(item["title"]) ?? "\(facts.title)")</a></h1>
      <dl>
      \(fact(of: "provider", item["provider"]?.string.map { text(facts.providers[$0]?["name"]) ?? "\($0)" }))\
      \(fact(of: "countries", item["countries"].flatMap { $0.isNull ? nil : listedNames($0, facts) }))\
      \(fact(of: "workload", item["workload"].flatMap { $0.isNull ? nil : workload($0) }))\
      \(fact(of: "levels", levels(item, facts)))
      </dl>
      <p class="elements">\(say("credential.elements.count", ["stated": "\(elements?["stated"]?.integer ?? 0)", "of": "\(elements?["of"]?.integer ?? 0)"]))</p>
      """, canonical: here)
  }

  private func listedNames(_ list: JSONValue, _ facts: CredentialFacts) -> HTML {
    let names = codes(list).map { text(facts.countries[$0]?["name"]) ?? "\($0)" }
    return names.isEmpty ? "\(say("fact.none"))" : joined(names, ", ")
  }

  private func levels(_ item: JSONValue, _ facts: CredentialFacts) -> HTML? {
    let levels = (item["levels"]?.items ?? []).map {
      text(facts.levels[levelCode($0)]?["name"]) ?? "\(levelCode($0))"
    }
    return levels.isEmpty ? nil : joined(levels, ", ")
  }

  fileprivate var emptyCard: HTML {
    inCard(say("problem.404"), "<h1>\(say("problem.404"))</h1>", canonical: origin)
  }

  private func inCard(_ title: String, _ main: HTML, canonical: String) -> HTML {
    """
    <!doctype html>
    <html lang="\(language.rawValue)">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(title) · Cairn</title>
    <meta name="robots" content="noindex">
    <link rel="canonical" href="\(canonical)">
    <link rel="stylesheet" href="\(Assets.address("embed.css"))">
    <link rel="icon" href="\(Assets.address("cairn.svg"))" type="image/svg+xml">
    </head>
    <body>
    <main>
    \(main)
    <p class="by"><img src="\(Assets.address("cairn.svg"))" alt="" width="20" height="20"> \
    <a href="\(origin)\(link("/"))" target="_blank" rel="noopener">Cairn</a></p>
    </main>
    </body>
    </html>

    """
  }
}
