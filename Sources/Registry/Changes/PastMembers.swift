internal import JSON
internal import SQLite

/// The members of an item at one of its versions.
struct PastMembers {
  private(set) var members: [String: JSONValue] = [:]
  private var version = Int64.max

  /// As they are.
  init(now json: JSONValue) {
    if case .object(let all) = json { for member in all { members[member.name] = member.value } }
  }

  /// Makes them those of `version`: back by what the changes since then found, on by what those until then left.
  ///
  /// A change that came after what is now was read found what that says, so it does no harm.
  mutating func step(
    to version: Int64, _ noun: Noun, _ number: Int64, in database: borrowing Connection
  ) throws(SQLiteError) {
    let isBack = version < self.version
    let steps: SQL =
      isBack
      ? "SELECT before FROM change WHERE noun = ?1 AND item = ?2 AND version > ?3 AND version <= ?4 ORDER BY version DESC"
      : "SELECT after FROM change WHERE noun = ?1 AND item = ?2 AND version > ?3 AND version <= ?4 ORDER BY version"
    var members = members
    try database.each(
      steps,
      [
        .text(noun.code), .integer(number), .integer(min(version, self.version)),
        .integer(max(version, self.version)),
      ]
    ) { row in
      guard case .object(let step)? = row.json(0) else { return }
      for member in step { members[member.name] = member.value }
    }
    self.members = members
    self.version = version
  }
}

/// Items as they were, for one page of changes.
///
/// One that changed often is put back once, and goes on from there: so a page costs as much as the item has changes, however
/// many of them tell all that it states.
struct Pasts {
  private var known: [Int64: [String: PastMembers]] = [:]

  mutating func members(
    of noun: Noun, _ number: Int64, at version: Int64, in database: borrowing Connection,
    now read: () throws(SQLiteError) -> JSONValue
  ) throws(SQLiteError) -> [String: JSONValue] {
    var past: PastMembers
    if let before = known[number]?[noun.code] {
      past = before
    } else {
      past = try PastMembers(now: read())
    }
    try past.step(to: version, noun, number, in: database)
    known[number, default: [:]][noun.code] = past
    return past.members
  }
}
