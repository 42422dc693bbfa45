internal import JSON
internal import SQLite

extension Writable {
  public static let provider = Writable(
    noun: .provider,
    complete: { (draft, database) throws(RegistryError) in try draft.completeProvider(database) },
    derived: { _, before in before == nil ? [("status", "active")] : [] },
    redirect: { (redirection, database) throws(RegistryError) in
      try redirectProvider(redirection, database)
    },
    index: { (number, document, database) throws(SQLiteError) in
      let isRenamed = try SearchIndex.provider.isStale(number, database)
      try SearchIndex.provider.refill(number, database)
      if isRenamed { try refillCredentials(ofProvider: number, database) }
    },
    stale: { (number, _, database) throws(SQLiteError) in
      try SearchIndex.provider.isStale(number, database) ? ["words"] : []
    })
}

/// A provider's credentials are found by its name, so they follow it in the same transaction.
private func refillCredentials(
  ofProvider number: Int64, _ database: borrowing Connection
) throws(SQLiteError) {
  let credentials = try database.all(
    """
    SELECT credential.number FROM provider JOIN credential ON credential.provider = provider.slug
    WHERE provider.number = ?1
    UNION
    SELECT item FROM provider
      JOIN credential_term ON member = 'awarding_body' AND value = provider.slug
    WHERE provider.number = ?1
    """, .integer(number)
  ) { row in row.integer(0) }
  for credential in credentials { try SearchIndex.credential.refill(credential, database) }
}

extension Draft {
  fileprivate mutating func completeProvider(
    _ database: borrowing Connection
  ) throws(RegistryError) {
    try authoriseProvider()
    if document["name"] == nil { inspection.refuseMissing("name", "A provider has a name.") }
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
