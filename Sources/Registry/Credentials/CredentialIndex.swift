internal import JSON
internal import SQLite

/// Writes the terms of a credential's row anew.
func indexCredential(
  _ number: Int64, _ document: Document, isNew: Bool, _ database: borrowing Connection
) throws(SQLiteError) {
  if !isNew {
    try database.run("DELETE FROM credential_term WHERE item = ?1", .integer(number))
  }
  for (member, value) in terms(of: document) {
    try database.run(
      "INSERT OR IGNORE INTO credential_term (member, value, item) VALUES (?1, ?2, ?3)",
      .text(member), .text(value), .integer(number))
  }
}

/// What is kept beside a credential's row and isn't as the row says.
func staleIndex(
  of number: Int64, _ document: Document, _ database: borrowing Connection
) throws(SQLiteError) -> [String] {
  var stale: [String] = []
  let kept = try database.all(
    "SELECT member, value FROM credential_term WHERE item = ?1", .integer(number)
  ) { row in [row.text(0), row.text(1)] }
  let said = terms(of: document).map { [$0.member, $0.value] }
  if Set(kept) != Set(said) { stale.append("terms") }
  let elements = try database.first(
    "SELECT standard_elements FROM credential WHERE number = ?1", .integer(number)
  ) { row in row.text(0) }
  if elements != standardElements(of: document).json.text { stale.append("standard elements") }
  return stale
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
