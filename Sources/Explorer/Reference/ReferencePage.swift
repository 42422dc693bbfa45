internal import JSON

/// `/docs`: the guides, and every operation of the API by what it is about.
@Sendable func reference(_ visit: Visit) throws -> Page {
  var nouns: [String?] = []
  for operation in Description.own.operations where !nouns.contains(operation.noun) {
    nouns.append(operation.noun)
  }
  return Page(
    title: visit.say("docs.title"), description: visit.say("docs.lead"), section: "/docs",
    main: """
      <h1>\(visit.say("docs.title"))</h1>
      <p class="lead">\(visit.say("docs.lead"))</p>
      <ul class="cards">\(Guide.allCases.map(visit.card))</ul>
      <h2>\(visit.say("docs.reference"))</h2>
      <p>\(visit.say("docs.reference.lead")) <a href="/openapi.yaml">openapi.yaml</a> · \
      <a href="/openapi.json">openapi.json</a></p>
      \(nouns.map(visit.operations))
      """)
}

extension Visit {
  fileprivate func operations(of noun: String?) -> HTML {
    let operations = Description.own.operations.filter { $0.noun == noun }
    return """
      <section class="operations" lang="en"><h3>\(noun ?? "server")</h3><ul>\(operations.map(entry))</ul></section>
      """
  }

  private func entry(_ operation: Description.Operation) -> HTML {
    """
    <li><a href="\(link(Address("docs", "reference", operation.id)))">\(method(operation.method)) \
    <code>\(operation.path)</code></a> <span class="quiet">\(operation.content["summary"]?.string ?? "")</span></li>
    """
  }

  func method(_ name: String) -> HTML { "<span class=\"method\">\(name)</span>" }
}
