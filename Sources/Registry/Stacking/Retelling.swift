internal import JSON
internal import SQLite

/// Tells those rules anew, whole, that named a draft until an item changed; true where there are some.
///
/// Dumps leave them out meanwhile, so whoever follows the changes since one has none of them.
func retellRules(
  since noun: Noun, _ number: Int64, from before: JSONValue, to after: JSONValue, by author: Key,
  at now: Int64, in database: borrowing Connection
) throws(SQLiteError) -> Bool {
  var rules: [Int64] = []
  switch noun.name {
  case Noun.credential.name where before.isDraft && !after.isDraft:
    rules = try database.all(
      """
      SELECT number FROM stacking_rule WHERE target = ?1
      UNION SELECT rule FROM stacking_component WHERE component = ?1
      """, .text(after.string("slug") ?? "")
    ) { row in row.integer(0) }
  case Noun.stackingRule.name where try namesDraft(before, in: database): rules = [number]
  default: break
  }
  var isTold = false
  for rule in rules {
    let whole = try members(of: .stackingRule, rule, in: database)
    if try namesDraft(whole, in: database) { continue }
    try database.run(
      "UPDATE stacking_rule SET version = version + 1, updated_at = ?1 WHERE number = ?2",
      .integer(now), .integer(rule))
    try recordChange(
      .patch, of: .stackingRule, rule, from: whole, to: whole, wasSeen: false, by: author, at: now,
      in: database)
    isTold = true
  }
  return isTold
}

private func namesDraft(
  _ rule: JSONValue, in database: borrowing Connection
) throws(SQLiteError) -> Bool {
  let names = [rule["target"] ?? .null] + rule.items("groups").flatMap { $0.items("components") }
  return try database.first(
    """
    SELECT 1 FROM json_each(?1) AS name CROSS JOIN credential ON slug = name.value
    WHERE status = 'draft'
    """, .text(JSONValue.array(names).text)
  ) { _ in true } ?? false
}
