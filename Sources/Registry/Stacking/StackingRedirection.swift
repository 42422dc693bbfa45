internal import JSON
internal import SQLite

/// Has the rules from and to one credential be rules from and to another.
///
/// A rule that would break by it (a circle, a group that can't be met) keeps the two apart.
func redirectCredential(
  _ redirection: Redirection, _ database: borrowing Connection
) throws(RegistryError) {
  let rules = try told { () throws(SQLiteError) in
    try database.all(
      """
      SELECT number FROM stacking_rule WHERE target = ?1
      UNION SELECT rule FROM stacking_component WHERE component = ?1
      """, .text(redirection.from)
    ) { row in row.integer(0) }
  }
  for rule in rules { try redirect(rule, redirection, database) }
}

private func redirect(
  _ number: Int64, _ redirection: Redirection, _ database: borrowing Connection
) throws(RegistryError) {
  let (before, documents) = try told { () throws(SQLiteError) in
    let before = try members(of: .stackingRule, number, in: database)
    var inspection = Inspection(.stackingRule, language: "en")
    // Both names are the survivor's by now, so the old rule may look as if it named one twice.
    var unchecked = inspection
    let old = try Document(before, of: .stackingRule, &unchecked, in: database)
    let new = try Document(
      renamed(before, redirection), of: .stackingRule, &inspection, in: database)
    return (before, (old: old, new: new, inspection: inspection))
  }
  var draft = Draft(
    document: documents.new, before: documents.old, author: redirection.author,
    inspection: documents.inspection)
  // Whoever may merge the credentials changes rules of others by it, and only so: nobody asks whose they are.
  try Writable.stackingRule.complete(&draft, database)
  if let violation = draft.inspection.violations.first {
    let rule = before.string("slug") ?? ""
    throw .conflict("The rule \(rule) keeps them apart. \(violation.detail)")
  }
  let columns =
    draft.document.values + [("updated_at", .integer(redirection.now))]
  try told { () throws(SQLiteError) in
    try database.run(
      "UPDATE stacking_rule SET" + columns.map { $0.column + "= ?" }.joined(",")
        + ", version = version + 1 WHERE number = ?",
      with: columns.map(\.value) + [.integer(number)])
    try Writable.stackingRule.side?.replace(number, draft.document, database)
    try recordChange(
      .merge, of: .stackingRule, number, from: before,
      to: try members(of: .stackingRule, number, in: database), by: redirection.author,
      at: redirection.now, in: database)
  }
}

/// The rule with the other slug wherever the one stands; where both stood in a list, once.
private func renamed(_ rule: JSONValue, _ redirection: Redirection) -> JSONValue {
  func rename(_ value: JSONValue, isSlug: Bool) -> JSONValue {
    switch value {
    case .string(redirection.from) where isSlug: return .string(redirection.to)
    case .array(let items):
      var renamed: [JSONValue] = []
      for item in items.map({ rename($0, isSlug: isSlug) }) where !renamed.contains(item) {
        renamed.append(item)
      }
      return .array(renamed)
    case .object(let members):
      return .object(
        members.map {
          let isSlug = ["target", "components"].contains($0.name)
          return .init(name: $0.name, value: rename($0.value, isSlug: isSlug))
        })
    default: return value
    }
  }
  return rename(rule, isSlug: false)
}
