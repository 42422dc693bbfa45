public import JSON
internal import SQLite

extension Writable {
  /// True where two of them may turn out to be one.
  public var canMerge: Bool { redirect != nil }
}

/// What refers to one slug is to refer to another.
struct Redirection {
  let from: String
  let to: String
  let author: Key
  let now: Int64
}

extension Registry {
  /// Makes the item `id` one with the item that `body` names as `into`.
  ///
  /// It is withdrawn, and its id and slug stand for the survivor from now on, which says so in `same_as`; what
  /// refers to it follows, and its history stays. Asked again, this changes nothing.
  public func merge(
    _ kind: Writable, _ id: String, _ body: JSONValue, ifAt matches: (Int64) -> Bool,
    by author: Key
  ) throws(RegistryError) -> Written {
    try write { (database) throws(RegistryError) in
      let survivor = try survivor(named: body, kind.noun, for: author, in: database)
      let gone: Current
      do throws(RegistryError) {
        gone = try current(kind.noun, id, for: author.viewer, in: database)
      } catch {
        guard case .merged(_, _, let into) = error else { throw error }
        guard into == survivor.json.string("slug") else {
          throw .conflict("\(id) is one with \(into) already.")
        }
        return Written(survivor, isRepeated: true)
      }
      try authorise(author, kind, [gone, survivor])
      guard matches(gone.version) else { throw .stale(version: gone.version) }
      try checkMergeable(gone, survivor)
      let now = environment.now().milliseconds
      try told { () throws(SQLiteError) in
        try join(gone, to: survivor, kind, at: now, in: database)
      }
      let redirection = Redirection(
        from: gone.json.string("slug") ?? "", to: survivor.json.string("slug") ?? "",
        author: author, now: now)
      try kind.redirect?(redirection, database)
      try recordMerged(gone, kind, by: author, at: now, in: database)
      // What was checked before, and waits for its turn in this transaction, may speak of the one that is gone.
      database.known.forget()
      return try recorded(.merge, kind, survivor, by: author, at: now, in: database)
    }
  }

  private func survivor(
    named body: JSONValue, _ noun: Noun, for author: Key, in database: borrowing Connection
  ) throws(RegistryError) -> Current {
    func refusal(_ detail: String) -> RegistryError {
      .invalid([Violation(.pointer("/into"), detail)])
    }
    guard case .object(let members) = body, members.count == 1, let into = body.string("into")
    else { throw refusal("The body names the \(noun.name) that stays: {\"into\": \"slug\"}.") }
    do throws(RegistryError) {
      return try current(noun, into, for: author.viewer, in: database)
    } catch {
      switch error {
      case .unknown: throw refusal("There is no \(noun.name) \(quoted(into)).")
      case .merged(_, _, let other):
        throw refusal("\(into) is one with \(other) already: merge into that.")
      default: throw error
      }
    }
  }

  // Whoever may write both: an authority the providers of its country, a provider its own credentials.
  private func authorise(
    _ author: Key, _ kind: Writable, _ items: [Current]
  ) throws(RegistryError) {
    let mayWriteBoth =
      switch author.role {
      case .admin: true
      case .authority(let country): items.allSatisfy { $0.json.string("country") == country }
      case .provider(let slug):
        items.allSatisfy { item in kind.noun.owner.flatMap { item.json.string($0) } == slug }
      }
    guard mayWriteBoth else {
      throw .forbidden("This key may not write both of these \(kind.noun.name)s.")
    }
  }

  private func checkMergeable(_ gone: Current, _ survivor: Current) throws(RegistryError) {
    if gone.number == survivor.number {
      throw .invalid([Violation(.pointer("/into"), "This is the item itself.")])
    }
    if gone.json.string("status") == "draft" {
      throw .conflict("A draft is published before it is merged: its slug will answer to everyone.")
    }
    guard ["active", "published"].contains(survivor.json.string("status")) else {
      throw .conflict("What stays must be there for everyone, not a draft or withdrawn.")
    }
  }

  private func join(
    _ gone: Current, to survivor: Current, _ kind: Writable, at now: Int64,
    in database: borrowing Connection
  ) throws(SQLiteError) {
    let (slug, other) = (Value(survivor.json.string("slug")), Value(gone.json.string("slug")))
    let name = JSONValue.object([
      .init(name: "id", value: .string(gone.id)),
      .init(name: "slug", value: gone.json["slug"] ?? .null),
    ])
    let names = survivor.json.items("same_as") + gone.json.items("same_as") + [name]
    // Those that were merged into what goes now come along.
    try database.run(
      "UPDATE" + kind.noun.table + "SET merged_into = ?1 WHERE merged_into = ?2", slug, other)
    try database.run(
      "UPDATE" + kind.noun.table
        + "SET merged_into = ?1, status = 'withdrawn', version = version + 1, updated_at = ?2"
        + "WHERE number = ?3", slug, .integer(now), .integer(gone.number))
    try database.run(
      "UPDATE" + kind.noun.table
        + "SET same_as = ?1, version = version + 1, updated_at = ?2 WHERE number = ?3",
      .text(JSONValue.array(names).text), .integer(now), .integer(survivor.number))
  }

  private func recordMerged(
    _ gone: Current, _ kind: Writable, by author: Key, at now: Int64,
    in database: borrowing Connection
  ) throws(RegistryError) {
    try told { () throws(SQLiteError) in
      try recordChange(
        .merge, of: kind.noun, gone.number, from: gone.json,
        to: try members(of: kind.noun, gone.number, in: database), by: author, at: now,
        in: database)
    }
  }

  /// The slug of the item that `id` was merged into.
  func survivor(
    of id: String, _ noun: Noun, in database: borrowing Connection
  ) throws(RegistryError) -> String? {
    try told { () throws(SQLiteError) in
      try database.first(
        "SELECT merged_into FROM" + noun.table
          + "WHERE (slug = ?1 OR id = ?1) AND merged_into IS NOT NULL", .text(id)
      ) { row in row.text(0) }
    }
  }
}

extension JSONValue {
  /// The member's values, where it is a list.
  func items(_ name: String) -> [JSONValue] {
    if case .array(let items)? = self[name] { items } else { [] }
  }
}
