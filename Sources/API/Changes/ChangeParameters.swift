internal import Registry

// Parameters that ask for the past.
extension Parameters {
  /// The moment to show an item as of; nil for now.
  mutating func asOf() -> Instant? {
    guard !given.isEmpty, noun.keepsHistory, let text = take("as_of") else { return nil }
    if given.contains(where: { $0.name == "include" }) {
      refuse("include", "What is included is as it is now, so it doesn't go with as_of.")
    }
    if let moment = Instant(text) { return moment }
    refuse(
      "as_of", "as_of is a date such as 2026-01-01, which is its first moment, or an RFC 3339 time."
    )
    return nil
  }

  /// The question for a feed, and where the asker says that he is.
  mutating func feed() throws(RequestError) -> (query: FeedQuery, place: FeedPlace?) {
    let (since, before, sort) = (place("since"), place("before"), take("sort"))
    if let sort, sort != "sequence", sort != "-sequence" {
      refuse("sort", "sort is sequence, or -sequence for the newest first.")
    }
    let goesBack = sort == "-sequence"
    if goesBack, since != nil {
      refuse("since", "With sort=-sequence, before says where to go on.")
    }
    if !goesBack, before != nil { refuse("before", "before goes with sort=-sequence.") }
    let limit = integer("limit", 1...1000, else: 50)
    let conditions = conditions(besides: ["since", "before", "sort", "limit", "format"])
    if !violations.isEmpty { throw .badParameters(violations) }
    var query = FeedQuery(conditions, since: since?.sequence ?? 0, limit: limit)
    if goesBack { query.before = before?.sequence ?? .max }
    return (query, since ?? before)
  }

  /// The page of an item's history: how long it is, and before which change it begins.
  mutating func history() throws(RequestError) -> (limit: Int, before: Int64) {
    let limit = integer("limit", 1...1000, else: 50)
    let before = number("cursor") ?? .max
    for (name, _) in given { refuseUnknown(name, ["limit", "cursor", "format"]) }
    if !violations.isEmpty { throw .badParameters(violations) }
    return (limit, before)
  }

  private mutating func place(_ name: String) -> FeedPlace? {
    guard let text = take(name) else { return nil }
    if let place = FeedPlace(text) { return place }
    refuse(name, "\(name) is a whole number, or a place such as next, as an answer before had it.")
    return nil
  }

  private mutating func number(_ name: String) -> Int64? {
    guard let text = take(name) else { return nil }
    if let number = Int64(text), number >= 0 { return number }
    refuse(name, "\(name) is a whole number, as an answer before had it.")
    return nil
  }
}
