internal import JSON
internal import SQLite

/// Writes the terms and words of a credential's row anew.
func indexCredential(
  _ number: Int64, _ document: Document, _ database: borrowing Connection
) throws(SQLiteError) {
  try database.run("DELETE FROM credential_term WHERE item = ?1", .integer(number))
  for (member, value) in try terms(of: document, database) {
    try database.run(
      "INSERT OR IGNORE INTO credential_term (member, value, item) VALUES (?1, ?2, ?3)",
      .text(member), .text(value), .integer(number))
  }
  try SearchIndex.credential.refill(number, database)
}

/// What is kept beside a credential's row and isn't as the row says.
func staleIndex(
  of number: Int64, _ document: Document, _ database: borrowing Connection
) throws(SQLiteError) -> [String] {
  var stale: [String] = []
  let kept = try database.all(
    "SELECT member, value FROM credential_term WHERE item = ?1", .integer(number)
  ) { row in [row.text(0), row.text(1)] }
  let said = try terms(of: document, database).map { [$0.member, $0.value] }
  if Set(kept) != Set(said) { stale.append("terms") }
  if try SearchIndex.credential.isStale(number, database) { stale.append("words") }
  let elements = try database.first(
    "SELECT standard_elements FROM credential WHERE number = ?1", .integer(number)
  ) { row in row.text(0) }
  if elements != standardElements(of: document).json.text { stale.append("standard elements") }
  return stale
}

/// Derives the EQF levels of all credentials from the levels they state.
func linkLevelsToEQF(_ database: borrowing Connection) throws(SQLiteError) {
  try database.run("DELETE FROM credential_term WHERE member = 'eqf_level'")
  try database.run(
    """
    INSERT OR IGNORE INTO credential_term (member, value, item)
    SELECT 'eqf_level', CAST(level.eqf_level AS TEXT), term.item
    FROM credential_term AS term JOIN level ON level.code = term.value
    WHERE term.member = 'level' AND level.eqf_level IS NOT NULL
    """)
  database.touched.noteAll("credential")
}

private func terms(
  of document: Document, _ database: borrowing Connection
) throws(SQLiteError) -> [(member: String, value: String)] {
  var document = document
  document["standard_elements"] = standardElements(of: document).json
  let links = try EQFLinks(of: document.items("levels"), database)
  var terms: [(String, String)] = []
  for field in Noun.credential.fields {
    guard case .term(_, _, _, let rule) = field.filter, let json = document[rule.member(of: field)]
    else { continue }
    terms += rule.values(of: json, links).map { (field.parameter, $0) }
  }
  return terms
}
