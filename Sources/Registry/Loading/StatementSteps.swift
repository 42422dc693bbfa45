internal import SQLite

/// What the deck says of countries, one file a topic.
let statementSteps: [LoadStep] = [
  LoadStep("seed_policy_stages.csv") { (entry, database) throws(SQLiteError) in
    try statement(
      entry, "policy_stage", id: [entry.country, entry["as_of"]], value: entry.text("stage"),
      asOf: entry.text("as_of"), details: ["deck_code"], database)
  },
  LoadStep("seed_modularisation.csv") { (entry, database) throws(SQLiteError) in
    try statement(
      entry, "modularisation", id: [entry.country, entry["topic"]], aspect: entry.text("topic"),
      text: entry.languageMap("statement"),
      details: ["since_year", "eqf_level_min", "eqf_level_max", "min_credits"], database)
  },
  LoadStep("seed_rpl_uses.csv") { (entry, database) throws(SQLiteError) in
    let use = entry["rpl_use"] == "outcome_of_rpl" ? nil : entry["rpl_use"]
    try statement(
      entry, "rpl_use", id: [entry.country, entry["rpl_use"] ?? entry["role"]],
      aspect: entry.text("role"), value: Value(use), text: entry.note,
      details: ["deck_code"], database)
  },
  LoadStep("seed_nqf_inclusion.csv") { (entry, database) throws(SQLiteError) in
    try statement(
      entry, "nqf_inclusion", id: [entry.country, entry["topic"]], aspect: entry.text("topic"),
      text: entry.languageMap("statement"), details: ["eqf_level_min", "eqf_level_max"], database)
  },
  LoadStep("seed_stacking.csv") { (entry, database) throws(SQLiteError) in
    try statement(
      entry, "stacking", id: [entry.country, entry["topic"]], aspect: entry.text("topic"),
      value: entry.text("allowed"), text: entry.languageMap("statement"),
      details: ["allowed", "target", "stand_alone_use", "legal_basis"], database)
  },
  LoadStep("seed_trust.csv") { (entry, database) throws(SQLiteError) in
    try statement(
      entry, "trust", id: [entry.country, String(entry.position)], value: entry.text("level"),
      details: ["subject", "trusted_by", "because", "quality_assurance"], database)
    // Why someone trusts is a statement on quality assurance, too, where it speaks of that.
    if let words = entry["quality_assurance"] {
      try statement(
        entry, "quality_assurance", id: [entry.country, Slug.made(from: words)],
        text: .text(JSONText.languageMap(words)), details: [], database)
    }
  },
  LoadStep("credit_rules.csv") { (entry, database) throws(SQLiteError) in
    try statement(
      entry, "credit", id: [entry.country, entry["system"]], aspect: entry.text("aspect"),
      text: entry.languageMap("statement"), asOf: entry.text("as_of"),
      details: ["system", "hours_per_credit_min", "hours_per_credit_max", "legal_basis"],
      isVerified: entry["verified"] == "yes", database)
  },
]

extension Entry {
  fileprivate var country: String? { self["country_code"] }

  fileprivate var note: Value {
    guard let note = self["note"] else { return nil }
    return .text(JSONText.languageMap(note))
  }
}

private func statement(
  _ entry: Entry, _ topic: String, id: [String?], aspect: Value = nil, value: Value = nil,
  text: Value = nil, asOf: Value = nil, details: [String], isVerified: Bool = true,
  _ database: borrowing Connection
) throws(SQLiteError) {
  let parts = [topic] + id.map { $0 ?? "general" }
  let id = parts.joined(separator: "-").lowercased().replacing("_", with: "-")
  let known = try statementNumber(id, in: database)
  let number = if let known { known } else { try nextStatementNumber(in: database) }
  let before = try members(of: .statement, number, in: database)
  // The deck was compared with its text when its files were made, so its statements are verified:
  // Data/PROVENANCE.md.
  try database.run(
    """
    INSERT INTO statement (id, country, topic, aspect, value, text, details, as_of,
      indicative_example, verified, source, locator, number)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
    ON CONFLICT (id) DO UPDATE SET country = excluded.country, aspect = excluded.aspect,
      value = excluded.value, text = excluded.text, details = excluded.details,
      as_of = excluded.as_of, indicative_example = excluded.indicative_example,
      source = excluded.source, locator = excluded.locator
    """, .text(id), entry.text("country_code"), .text(topic), aspect, value, text,
    entry.object(details), asOf, entry.flag("indicative_example"), .integer(isVerified ? 1 : 0),
    entry.text("source_id"), entry.text("locator"), .integer(number))
  let now = entry.environment.now().milliseconds
  guard known != nil else {
    return try recordCreation(of: .statement, number, by: nil, at: now, in: database)
  }
  let after = try members(of: .statement, number, in: database)
  guard after != before else { return }
  try database.run(
    "UPDATE statement SET version = version + 1 WHERE number = ?1", .integer(number))
  try recordChange(
    .replace, of: .statement, number, from: before, to: after, by: nil, at: now, in: database)
}
