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

  /// The question for a feed; nil for `since` where it isn't stated.
  mutating func feed() throws(RequestError) -> (query: FeedQuery, since: Int64?) {
    let (since, before, sort) = (number("since"), number("before"), take("sort"))
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
    var query = FeedQuery(conditions, since: since ?? 0, limit: limit)
    if goesBack { query.before = before ?? .max }
    return (query, since)
  }

  /// The page of an item's history: how long it is, and before which change it begins.
  mutating func history() throws(RequestError) -> (limit: Int, before: Int64) {
    let limit = integer("limit", 1...1000, else: 50)
    let before = number("cursor") ?? .max
    for (name, _) in given { refuseUnknown(name, ["limit", "cursor", "format"]) }
    if !violations.isEmpty { throw .badParameters(violations) }
    return (limit, before)
  }

  private mutating func number(_ name: String) -> Int64? {
    guard let text = take(name) else { return nil }
    if let number = Int64(text), number >= 0 { return number }
    refuse(name, "\(name) is a whole number, as an answer before had it.")
    return nil
  }
}
