internal import JSON
internal import SQLite

extension SideRows {
  static let credentialTerms = SideRows(
    name: "terms",
    into: "INSERT OR IGNORE INTO credential_term (member, value, item)",
    delete: "DELETE FROM credential_term WHERE item = ?1",
    kept: "SELECT member, value FROM credential_term WHERE item = ?1",
    said: { document in terms(of: document).map { (.text($0.member), .text($0.value)) } })
}

/// What of a credential is asked for in SQL, where columns in memory don't answer: a country's figures, a
/// level's and a field's credentials, and whose provider only awards them.
private func terms(of document: Document) -> [(member: String, value: String)] {
  let awarding = document.items("awarding_bodies").compactMap { $0["provider"]?.string }
  return awarding.filter { $0 != document.text("provider") }.map { ("awarding_body", $0) }
    + document.items("countries").compactMap(\.string).map { ("country", $0) }
    + document.items("isced_f").compactMap(\.string).map { ("isced_f", $0) }
    + document.items("levels").compactMap(levelCode(of:)).map { ("level", $0) }
}
