internal import JSON
internal import SQLite

/// Writes the terms and words of a credential's row anew.
func indexCredential(
  _ number: Int64, _ document: Document, _ database: borrowing Connection
) throws(SQLiteError) {
  try database.run("DELETE FROM credential_term WHERE item = ?1", .integer(number))
  for (member, value) in terms(of: document) {
    try database.run(
      "INSERT OR IGNORE INTO credential_term (member, value, item) VALUES (?1, ?2, ?3)",
      .text(member), .text(value), .integer(number))
  }
  try linkLevelsToEQF(of: number, database)
  try SearchIndex.credential.refill(number, database)
}

/// Derives the EQF levels of a credential, or of all, from the levels it states.
func linkLevelsToEQF(
  of number: Int64? = nil, _ database: borrowing Connection
) throws(SQLiteError) {
  if number == nil { try database.run("DELETE FROM credential_term WHERE member = 'eqf_level'") }
  let insert: SQL = """
    INSERT OR IGNORE INTO credential_term (member, value, item)
    SELECT 'eqf_level', CAST(level.eqf_level AS TEXT), term.item
    FROM credential_term AS term JOIN level ON level.code = term.value
    WHERE term.member = 'level' AND level.eqf_level IS NOT NULL
    """
  if let number {
    try database.run(insert + "AND term.item = ?1", .integer(number))
  } else {
    try database.run(insert)
  }
}

private func terms(of document: Document) -> [(member: String, value: String)] {
  var terms: [(String, String)] = []
  for (member, column) in [
    ("country", "countries"), ("isced_f", "isced_f"), ("occupation", "occupations"),
    ("language", "languages"), ("participation", "participation"),
    ("assessment_type", "assessment_types"), ("quality_assurance_type", "quality_assurance_types"),
    ("target_group", "target_groups"), ("rpl_use", "rpl_uses"), ("not_specified", "not_specified"),
  ] {
    for case .string(let value) in document.items(column) { terms.append((member, value)) }
  }
  for body in document.items("awarding_bodies") {
    if case .string(let slug)? = body["provider"] { terms.append(("awarding_body", slug)) }
  }
  for level in document.items("levels") {
    guard case .string(let framework)? = level["framework"],
      case .string(let name)? = level["level"]
    else { continue }
    terms += [("framework", framework), ("level", "\(framework)-\(name)")]
  }
  for code in standardElements(of: document).missing { terms.append(("missing", code)) }
  return terms
}
