internal import JSON
internal import SQLite

extension Writable {
  public static let provider = Writable(
    noun: .provider,
    authorise: { (draft, _) throws(RegistryError) in try draft.authoriseProvider() },
    complete: { (draft, _) throws(RegistryError) in draft.completeProvider() },
    name: { $0["name"] },
    twins: """
      SELECT slug FROM provider WHERE external_id = ?1 AND (?2 IS NULL OR true) AND slug <> ?3
      """,
    derived: [],
    redirect: { (redirection, database) throws(RegistryError) in
      try redirectProvider(redirection, database)
    },
    words: .provider, side: nil, isPreparedAhead: false)
}

extension Draft {
  fileprivate mutating func completeProvider() {
    if document["name"] == nil { inspection.refuseMissing("name", "A provider has a name.") }
    if document["status"] == nil { document["status"] = before?["status"] ?? .string("active") }
  }

  // DESIGN §3: an authority has the providers of its country and verifies them; a provider has itself.
  fileprivate func authoriseProvider() throws(RegistryError) {
    switch author.role {
    case .admin: return
    case .authority(let country):
      let countries = [document.text("country"), before.map { $0.text("country") } ?? country]
      guard countries.allSatisfy({ $0 == country }) else {
        throw .forbidden("This key is for providers of \(country) only.")
      }
    case .provider(let slug):
      guard let before, before.text("slug") == slug else {
        throw .forbidden("This key is for the provider \(slug) only, and can't make others.")
      }
      guard document["verification"] == before["verification"] else {
        throw .forbidden("A provider can't verify itself: its country's authority does.")
      }
      guard before["verification"]?["state"] == "verified" else { return }
      guard document["country"] == before["country"] else {
        throw .forbidden("Who verified this provider did so for its country: an admin moves it.")
      }
      for member in ["name", "kind", "identifiers"] where document[member] != before[member] {
        throw .forbidden(
          "Who verified this provider did so by its \(member): its country's authority changes that."
        )
      }
    }
  }
}
