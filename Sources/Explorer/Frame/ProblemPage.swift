internal import JSON

extension Visit {
  /// What went wrong, in the API's own words, and where to go from there.
  func page(of problem: JSONValue) -> Page {
    let status = problem["status"]?.integer ?? 500
    let title = status == 404 ? say("problem.404") : say("problem.other")
    let errors = problem["errors"]?.items.compactMap { $0["detail"]?.string } ?? []
    return Page(
      title: title,
      main: """
        <p class="eyebrow">\(status)</p>
        <h1>\(title)</h1>
        <p lang="en">\(problem["detail"]?.string ?? problem["title"]?.string ?? "")</p>
        \(errors.count > 1 ? "<ul lang=\"en\">\(errors.map { "<li>\($0)</li>" as HTML })</ul>" : .nothing)
        <p><a href="\(link("/credentials"))">\(say("problem.search"))</a> · \
        <a href="\(link("/"))">\(say("problem.home"))</a></p>
        <p class="quiet">\(say("problem.id")) <code>\(problem["request_id"]?.string ?? "")</code></p>
        """, isIndexed: false)
  }
}
