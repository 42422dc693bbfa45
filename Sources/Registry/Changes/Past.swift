public import JSON
internal import SQLite

extension Registry {
  /// The noun as it was on the day that `as_of` names, or at the end of the year; one that has begun is as it is by now.
  public func noun(_ noun: Noun, asOf text: String) throws(RegistryError) -> Noun {
    noun.asOf(try day(asked: text))
  }

  func day(asked text: String) throws(RegistryError) -> CivilDate {
    let isYear = text.utf8.count == 4
    guard let first = Instant(isYear ? text + "-01-01" : text),
      let last = CivilDate(isYear ? text + "-12-31" : text)
    else {
      throw .badQuery([
        Violation(.parameter("as_of"), "as_of is a day such as 2022-12-31, or a year.")
      ])
    }
    try refuseComing(first)
    return last
  }

  private func refuseComing(_ moment: Instant) throws(RegistryError) {
    guard moment > environment.now() else { return }
    throw .badQuery([Violation(.parameter("as_of"), "\(moment.text) is still to come.")])
  }

  /// The item that the world calls `id`, with all its members, as it stood at `moment`.
  ///
  /// Only of an item that the viewer sees now, and where he would have seen it then. One that has been merged since then
  /// was still itself.
  public func item(
    _ noun: Noun, _ id: String, asOf moment: Instant, for viewer: Viewer = .anyone
  ) throws(RegistryError) -> JSONValue {
    try refuseComing(moment)
    return try read { (database) throws(RegistryError) in
      let item = try item(named: id, noun, at: moment, for: viewer, in: database)
      let last = try told { () throws(SQLiteError) in
        try database.first(
          "SELECT version, at, seen_after," + survivingOwner + """
            FROM change WHERE noun = ?1 AND item = ?2 AND at <= ?3 ORDER BY version DESC LIMIT 1
            """, .text(noun.code), .integer(item.number), .integer(moment.milliseconds)
        ) { row in
          (
            version: row.integer(0), at: Instant(milliseconds: row.integer(1)),
            isSeen: row.integer(2) == 1 || viewer.seesDrafts(of: row.optionalText(3))
          )
        }
      }
      guard let last, last.isSeen else {
        throw .unknown(resource: "\(noun.name) as of \(moment.text)", id: id, nearest: nil)
      }
      var members = try told { () throws(SQLiteError) in
        var past = PastMembers(now: item.json)
        try past.stepBack(to: last.version, noun, item.number, in: database)
        return past.members
      }
      members["version"] = .integer(last.version)
      members["updated_at"] = .string(last.at.text)
      return .object(noun.members.map { .init(name: $0.name, value: members[$0.name] ?? .null) })
    }
  }

  /// The row, as it is now, of what `id` named at `moment`.
  private func item(
    named id: String, _ noun: Noun, at moment: Instant, for viewer: Viewer,
    in database: borrowing Connection
  ) throws(RegistryError) -> (number: Int64, json: JSONValue) {
    do throws(RegistryError) {
      let item = try current(noun, id, for: viewer, in: database)
      return (item.number, item.json)
    } catch {
      guard case .merged = error, let merge = try merge(of: id, noun, in: database) else {
        throw error
      }
      guard moment < merge.at else {
        throw .merged(resource: noun.name, id: id, into: merge.into)
      }
      return try told { () throws(SQLiteError) in
        (merge.number, try members(of: noun, merge.number, in: database))
      }
    }
  }

  /// When the item `id` was merged, and into which one: that may have been merged in turn.
  private func merge(
    of id: String, _ noun: Noun, in database: borrowing Connection
  ) throws(RegistryError) -> (number: Int64, at: Instant, into: String)? {
    try told { () throws(SQLiteError) in
      try database.first(
        "SELECT item.number, change.at, change.after ->> '$.merged_into' FROM" + noun.table
          + """
          AS item JOIN change ON change.noun = ?1 AND change.item = item.number
          WHERE (item.slug = ?2 OR item.id = ?2) AND change.after ->> '$.merged_into' IS NOT NULL
          """, .text(noun.code), .text(id)
      ) { row in (row.integer(0), Instant(milliseconds: row.integer(1)), row.text(2)) }
    }
  }
}

extension Viewer {
  /// True where drafts of the provider `owner` are his to see.
  func seesDrafts(of owner: String?) -> Bool {
    switch self {
    case .anyone: false
    case .admin: true
    case .provider(let slug): slug == owner
    }
  }
}

extension Row {
  /// The column's JSON; nil for NULL.
  func json(_ column: Int) -> JSONValue? {
    isNull(column) ? nil : try? JSONValue(parsing: Array(text(column).utf8))
  }
}
