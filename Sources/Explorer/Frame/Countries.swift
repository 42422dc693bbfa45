internal import JSON

extension Visit {
  /// Every country's code and name in the page's language, by name.
  func countryNames() throws(PageError) -> [(code: String, name: String)] {
    var names: [(code: String, name: String)] = []
    var next = Address("/v1/countries", [("fields", "code,name"), ("limit", "200")])
    while true {
      let list = try read(next)
      for country in list["items"]?.items ?? [] {
        guard let code = country["code"]?.string else { continue }
        names.append((code, plain(country["name"]) ?? code))
      }
      guard let cursor = list["next"]?.string else { break }
      next["cursor"] = cursor
    }
    return names.sorted { ($0.name.folded, $0.code) < ($1.name.folded, $1.code) }
  }
}

extension String {
  /// For sorting as readers expect it: capitals and the accents of the languages here make no difference.
  fileprivate var folded: String {
    String(lowercased().map { Self.bases[$0] ?? $0 })
  }

  private static let bases: [Character: Character] = [
    "ä": "a", "å": "a", "á": "a", "à": "a", "â": "a", "é": "e", "è": "e", "ê": "e", "ë": "e",
    "í": "i",
    "î": "i", "ï": "i", "ö": "o", "ó": "o", "ô": "o", "ø": "o", "ü": "u", "ú": "u", "û": "u",
    "ç": "c",
  ]
}
