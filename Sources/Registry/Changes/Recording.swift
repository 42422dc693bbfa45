internal import JSON
internal import SQLite

// Appending what a write did, in the write's own transaction.

/// Records that the row `number` was made, which everyone sees or its owner alone; what it states is in the
/// row itself.
func recordCreation(
  of noun: Noun, _ number: Int64, owner: String? = nil, isSeen: Bool = true, by author: Key?,
  at now: Int64, in database: borrowing Connection
) throws(SQLiteError) {
  try database.run(
    """
    INSERT INTO change (at, action, noun, item, version, author, owner, seen_before, seen_after)
    VALUES (?1, 'create', ?2, ?3, 1, ?4, ?5, 0, ?6)
    """, .integer(now), .text(noun.code), .integer(number), Value(author?.id), Value(owner),
    .integer(isSeen ? 1 : 0))
}

/// Records the same of many new rows.
func recordCreations(
  of noun: Noun, _ numbers: ClosedRange<Int64>, by author: Key?, at now: Int64,
  in database: borrowing Connection
) throws(SQLiteError) {
  let owner = noun.owner.flatMap(noun.field)?.column ?? "NULL"
  try database.run(
    """
    INSERT INTO change (at, action, noun, item, version, author, owner, seen_before, seen_after)
    SELECT ?1, 'create', ?2, number, 1, ?3,
    """ + owner + ", 0, status <> 'draft' FROM" + noun.table
      + "WHERE number BETWEEN ?4 AND ?5 ORDER BY number", .integer(now), .text(noun.code),
    Value(author?.id), .integer(numbers.lowerBound), .integer(numbers.upperBound))
}

/// Records what `action` changed of the row `number`, whose members were `before` and are `after`.
///
/// Where everyone could see it before, though not who follows a dump, `wasSeen` is false: so it is told whole.
func recordChange(
  _ action: Change.Action, of noun: Noun, _ number: Int64, from before: JSONValue,
  to after: JSONValue, wasSeen: Bool = true, by author: Key?, at now: Int64,
  in database: borrowing Connection
) throws(SQLiteError) {
  var (old, new): ([JSONValue.Member], [JSONValue.Member]) = ([], [])
  for field in noun.members where !unrecordedMembers.contains(field.name) {
    let (was, became) = (before[field.name] ?? .null, after[field.name] ?? .null)
    if was == became { continue }
    old.append(.init(name: field.name, value: was))
    new.append(.init(name: field.name, value: became))
  }
  try database.run(
    """
    INSERT INTO change
      (at, action, noun, item, version, author, owner, seen_before, seen_after, before, after)
    SELECT ?1, ?2, ?3, number, version, ?5, ?6, ?7, ?8, ?9, ?10 FROM
    """ + noun.table + "WHERE number = ?4", .integer(now), .text(action.rawValue),
    .text(noun.code), .integer(number), Value(author?.id), Value(noun.owner.flatMap(after.string)),
    wasSeen && !before.isDraft ? 1 : 0, after.isDraft ? 0 : 1, .text(JSONValue.object(old).text),
    .text(JSONValue.object(new).text))
}

extension JSONValue {
  /// The member's text, where it is one.
  func string(_ name: String) -> String? {
    if case .string(let text)? = self[name] { text } else { nil }
  }

  /// True of an item that isn't everyone's to see.
  var isDraft: Bool { string("status") == "draft" }
}
