internal import JSON

/// The first page: what this is, a search, and how much there is.
@Sendable func home(_ visit: Visit) throws -> Page {
  let count = try visit.read(Address("/v1/credentials", [("limit", "1"), ("count", "exact")]))
  return Page(
    title: visit.say("home.title"), description: visit.say("home.lead"),
    main: """
      <h1>\(visit.say("home.heading"))</h1>
      <p class="lead">\(visit.say("home.lead"))</p>
      \(visit.searchForm())
      <p>\(visit.say("home.count", count: count["total"]?.integer ?? 0))</p>
      """)
}
