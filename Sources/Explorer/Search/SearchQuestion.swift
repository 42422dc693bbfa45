/// What `/credentials` is asked, all of it in the address: the API's own parameters, with its meanings.
struct SearchQuestion {
  /// Without what a form sent empty, with its hours as a range, and without what is the page's own to ask for.
  let address: Address

  init(_ asked: Address) {
    var address = Address(asked.path)
    for (name, value) in asked.parameters
    where !value.isEmpty && !Self.own.contains(name) && !Self.bounds.contains(name) {
      address.parameters.append((name, value))
    }
    let bounds = Self.bounds.map { asked[$0] ?? "" }
    if bounds != ["", ""] { address["workload_hours"] = bounds.joined(separator: "..") }
    self.address = address
  }

  private static let own = [
    "fields", "include", "facets", "facet_limit", "count", "limit", "highlight", "format",
  ]
  private static let bounds = ["hours_from", "hours_to"]
  /// The members whose values stand beside the results, each with how many have it.
  static let facets = [
    "country", "sector", "eqf_level", "participation", "kind", "integration", "language",
    "credit_system", "provider",
  ]

  var words: String? { address["q"] }
  var sort: String? { address["sort"] }
  var isFirstPage: Bool { address["cursor"] == nil }

  /// What narrows the results beside the words.
  var filters: [(name: String, value: String)] {
    address.parameters.filter { !["q", "sort", "cursor"].contains($0.name) }
  }

  /// What the API is asked for one page of results.
  var page: Address {
    var page = Address("/v1/credentials", address.parameters)
    page["fields"] =
      "slug,title,kind,provider,countries,international,workload,credit,levels,participation,"
      + "integration,standard_elements"
    page["facets"] = Self.facets.joined(separator: ",")
    // More than any list of codes has: of providers alone there may be so many.
    page["facet_limit"] = "300"
    page["count"] = "exact"
    page["limit"] = "20"
    if words != nil { page["highlight"] = "true" }
    return page
  }

  /// All results, as data.
  func data(_ ending: String) -> Address {
    Address("/v1/credentials" + ending, address.with("cursor", nil).parameters)
  }

  /// The values that are chosen of a member; one that begins with `!` is what it must not be.
  func chosen(_ name: String) -> [String] {
    address[name].map { $0.split(separator: ",").map(String.init) } ?? []
  }

  /// The first page with this value instead.
  func with(_ name: String, _ value: String?) -> Address {
    address.with("cursor", nil).with(name, value)
  }

  /// The first page with one more value of a member, or without it where it was chosen.
  func toggling(_ name: String, _ code: String) -> Address {
    var codes = chosen(name)
    if codes.contains(where: { $0.hasPrefix("!") }) { codes = [] }
    if let index = codes.firstIndex(of: code) {
      codes.remove(at: index)
    } else {
      codes.append(code)
    }
    return with(name, codes.isEmpty ? nil : codes.joined(separator: ","))
  }
}
