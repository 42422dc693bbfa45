internal import JSON

/// What codes are called in the page's language, read in one question.
struct Names {
  fileprivate var texts: [String: JSONValue] = [:]

  subscript(code: String) -> JSONValue? { texts[code] }
}

extension Visit {
  /// The names of these countries, and of parts of them.
  func countryNames(_ codes: some Sequence<String>) throws(PageError) -> Names {
    try names("/v1/countries", "code", codes)
  }

  /// The sections of NACE, each with its name in the page's language.
  func sectors() throws(PageError) -> [(code: String, name: String)] {
    let sectors = try read(
      Address("/v1/sectors", [("level", "section"), ("fields", "code,name"), ("limit", "50")]))
    return sectors["items"]?.items.compactMap { sector in
      guard let code = sector["code"]?.string else { return nil }
      let word = word("sector", code)
      return (code, word == code ? plain(sector["name"]) ?? code : word)
    } ?? []
  }

  /// The names of these providers, by their slugs.
  func providerNames(_ slugs: some Sequence<String>) throws(PageError) -> Names {
    try names("/v1/providers", "slug", slugs)
  }

  private func names(
    _ path: String, _ code: String, _ codes: some Sequence<String>
  ) throws(PageError) -> Names {
    let wanted = Set(codes).sorted()
    var names = Names()
    guard !wanted.isEmpty else { return names }
    let list = try read(
      Address(
        path,
        [
          (code, wanted.joined(separator: ",")), ("fields", "\(code),name"),
          ("limit", "\(min(wanted.count, 1000))"),
        ]))
    for item in list["items"]?.items ?? [] {
      if let code = item[code]?.string { names.texts[code] = item["name"] }
    }
    return names
  }

  /// A country by name, with a way to its page.
  func countryLink(_ code: String, _ names: Names) -> HTML {
    "<a href=\"\(link(Address("countries", code)))\">\(text(names[code]) ?? "\(code)")</a>"
  }
}
