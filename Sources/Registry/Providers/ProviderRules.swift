internal import JSON
internal import SQLite

extension Writable {
  public static let provider = Writable(
    noun: .provider,
    complete: { (draft, _) throws(RegistryError) in try draft.completeProvider() },
    settle: { (draft, database) throws(RegistryError) in try draft.settleProvider(database) },
    derived: { _, before in before == nil ? [("status", "active")] : [] },
    redirect: { (redirection, database) throws(RegistryError) in
      try redirectProvider(redirection, database)
    },
    words: .provider, index: { (_, _, _, _) throws(SQLiteError) in },
    stale: { (_, _, _) throws(SQLiteError) in [] })
}

extension Draft {
  fileprivate mutating func completeProvider() throws(RegistryError) {
    try authoriseProvider()
    if document["name"] == nil { inspection.refuseMissing("name", "A provider has a name.") }
  }

  fileprivate mutating func settleProvider(
    _ database: borrowing Connection
  ) throws(RegistryError) {
    try chooseSlug(from: document["name"], table: "provider", database)
    try refuseTaken(
      "external_id", "SELECT slug FROM provider WHERE external_id = ?1 AND slug <> ?2",
      [Value(document.text("external_id")), Value(before?.text("slug") ?? "")], database)
  }

  // DESIGN §3: an authority has the providers of its country and verifies them; a provider has itself.
  private func authoriseProvider() throws(RegistryError) {
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
    }
  }
}
