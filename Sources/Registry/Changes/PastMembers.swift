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

  /// Makes them those of `version`, which is an earlier one, by what the changes since then found.
  ///
  /// A change that came after what is now was read found what that says, so it does no harm.
  mutating func stepBack(
    to version: Int64, _ noun: Noun, _ number: Int64, in database: borrowing Connection
  ) throws(SQLiteError) {
    try database.each(
      """
      SELECT before FROM change
      WHERE noun = ?1 AND item = ?2 AND version > ?3 AND version <= ?4 ORDER BY version DESC
      """, [.text(noun.code), .integer(number), .integer(version), .integer(self.version)]
    ) { row in
      guard case .object(let before)? = row.json(0) else { return }
      for member in before { members[member.name] = member.value }
    }
    self.version = version
  }
}

/// Items as they were, for one page of changes.
///
/// One that changed often is put back once, for all the changes of the page that tell it whole: so a page costs as much as
/// the item has changes. Going on from there wouldn't do, since a dump has of what a draft became only what was before.
struct Pasts {
  private struct Place: Hashable {
    let noun: String
    let item: Int64
    let version: Int64
  }

  /// The lowest and the highest sequence number of the page.
  private let (first, last): (Int64, Int64)
  private var known: [Place: [String: JSONValue]] = [:]

  /// `page` are the sequence numbers of its changes.
  init(_ page: some Collection<Int64>) { (first, last) = (page.min() ?? 0, page.max() ?? 0) }

  mutating func members(
    of noun: Noun, _ number: Int64, at version: Int64, in database: borrowing Connection,
    now read: () throws(SQLiteError) -> JSONValue
  ) throws(SQLiteError) -> [String: JSONValue] {
    let place = Place(noun: noun.code, item: number, version: version)
    if let members = known.removeValue(forKey: place) { return members }
    var past = PastMembers(now: try read())
    for version in try versions(of: noun, number, from: version, in: database) {
      try past.stepBack(to: version, noun, number, in: database)
      known[Place(noun: noun.code, item: number, version: version)] = past.members
    }
    return known.removeValue(forKey: place) ?? [:]
  }

  /// The versions at which the page tells the item whole, the last one first, `version` among them.
  private func versions(
    of noun: Noun, _ number: Int64, from version: Int64, in database: borrowing Connection
  ) throws(SQLiteError) -> [Int64] {
    try database.all(
      """
      SELECT version FROM change
      WHERE noun = ?1 AND item = ?2 AND number BETWEEN ?3 AND ?4
        AND (before IS NULL OR NOT seen_before OR version = ?5)
      ORDER BY version DESC
      """, .text(noun.code), .integer(number), .integer(first), .integer(last), .integer(version)
    ) { row in row.integer(0) }
  }
}
