internal import Crypto
public import JSON
internal import SQLite

/// An item on its way into the registry.
struct Draft {
  var document: Document
  /// What stood there before; nil for a new item.
  let before: Document?
  let author: Key
  var inspection: Inspection
}

/// A new item that was checked before its turn, and who it is from.
public final class Creation: Sendable {
  let kind: Writable
  let prepared: Prepared
  let author: Key
  let once: IdempotencyKey?
  /// The writer's, before what it was checked by was read.
  let generation: Int

  init(
    kind: Writable, prepared: Prepared, author: Key, once: IdempotencyKey?, generation: Int
  ) {
    self.kind = kind
    self.prepared = prepared
    self.author = author
    self.once = once
    self.generation = generation
  }
}

/// What makes a POST safe to send twice.
public struct IdempotencyKey: Sendable {
  public let text: String
  /// The SHA-256 of what was asked.
  let request: [UInt8]

  /// `request` is all that makes up the request: its target, its language and its body.
  public init(_ text: String, request: [UInt8]) {
    self.text = text
    self.request = SHA256.digest(of: request)
  }
}

extension Registry {
  /// Stores a new item.
  public func create(
    _ kind: Writable, _ body: JSONValue, language: String = "en", by author: Key,
    once: IdempotencyKey? = nil
  ) throws(RegistryError) -> Written {
    try writeChecked { (database) throws(RegistryError) in
      if let once, let written = try earlier(once, author, in: database) { return written }
      let prepared = try prepare(kind, body, language, author, in: database)
      return try create(prepared, as: kind, by: author, once: once, in: database)
    }
  }

  /// Checks a new item on this handle's reading connection, for `create` of another handle.
  public func prepare(
    _ kind: Writable, _ body: JSONValue, language: String = "en", by author: Key,
    once: IdempotencyKey? = nil
  ) throws(RegistryError) -> Creation {
    try readKnowing { (database, generation) throws(RegistryError) in
      Creation(
        kind: kind, prepared: try prepare(kind, body, language, author, in: database),
        author: author, once: once, generation: generation)
    }
  }

  /// Stores a new item that was checked before; nil, and nothing stored, where that has to be done anew.
  public func create(_ creation: Creation) throws(RegistryError) -> Written? {
    try writeChecked { (database) throws(RegistryError) in
      guard database.known.generation.number == creation.generation else { return nil }
      if let once = creation.once,
        let written = try earlier(once, creation.author, in: database)
      {
        return written
      }
      return try create(
        creation.prepared, as: creation.kind, by: creation.author, once: creation.once,
        in: database)
    }
  }

  private func create(
    _ prepared: Prepared, as kind: Writable, by author: Key, once: IdempotencyKey?,
    in database: borrowing Connection
  ) throws(RegistryError) -> Written {
    switch try store(prepared, as: kind, by: author, in: database) {
    case .twin(let slug): throw kind.taken(prepared.names.externalID ?? "", by: slug)
    case .new(let row):
      let result = Written(
        NewItem(kind: kind, prepared: prepared, slug: row.slug, madeAt: row.madeAt))
      if let once { try remember(once, author, result, in: database) }
      return result
    }
  }

  /// Replaces the item `id`, which must be at `version`.
  public func replace(
    _ kind: Writable, _ id: String, _ body: JSONValue, language: String = "en",
    ifAt matches: (Int64) -> Bool, by author: Key
  ) throws(RegistryError) -> Written {
    try change(.replace, kind, id, language, ifAt: matches, by: author) { _ in body }
  }

  /// Applies an RFC 7396 merge patch to the item `id`, which must be at `version`.
  public func patch(
    _ kind: Writable, _ id: String, _ patch: JSONValue, language: String = "en",
    ifAt matches: (Int64) -> Bool, by author: Key
  ) throws(RegistryError) -> Written {
    try self.patch(kind, id, language: language, ifAt: matches, by: author) { _ in patch }
  }

  /// Applies the merge patch that comes of the item as it is.
  func patch(
    _ kind: Writable, _ id: String, language: String, ifAt matches: (Int64) -> Bool,
    by author: Key, _ patch: (JSONValue) throws(RegistryError) -> JSONValue
  ) throws(RegistryError) -> Written {
    try change(.patch, kind, id, language, ifAt: matches, by: author) {
      (item) throws(RegistryError) in item.merged(with: kind.noun.named(try patch(item)))
    }
  }

  private func change(
    _ action: Change.Action, _ kind: Writable, _ id: String, _ language: String,
    ifAt matches: (Int64) -> Bool, by author: Key,
    _ body: (JSONValue) throws(RegistryError) -> JSONValue
  ) throws(RegistryError) -> Written {
    try writeChecked { (database) throws(RegistryError) in
      let current = try current(kind.noun, id, for: author.viewer, in: database)
      // RFC 9110 §13.2.1: a precondition is passed over where the request is refused anyway, whatever it says.
      try authorise(author, kind, current, in: database)
      guard matches(current.version) else { throw .stale(version: current.version) }
      let body = try body(current.json)
      let draft: Draft
      do throws(RegistryError) {
        draft = try self.draft(
          kind, body, before: current.json, language, author, in: database)
      } catch {
        // What was stored breaks a rule that it never met, as data of the deck does.
        guard case .invalid = error, body.stated == current.json.stated else { throw error }
        return Written(current, isRepeated: true)
      }
      // What says nothing new is no new version.
      if draft.document == draft.before { return Written(current, isRepeated: true) }
      let now = environment.now().milliseconds
      try store(draft, as: kind, over: current, at: now, in: database)
      return try recorded(action, kind, current, by: author, at: now, in: database)
    }
  }

  /// Refuses who may not write the item `id`, as any change of it would.
  func refuseForeign(
    _ kind: Writable, _ id: String, by author: Key
  ) throws(RegistryError) {
    try writeChecked { (database) throws(RegistryError) in
      let current = try current(kind.noun, id, for: author.viewer, in: database)
      try authorise(author, kind, current, in: database)
    }
  }

  /// Refuses who may not write the item as it is.
  func authorise(
    _ author: Key, _ kind: Writable, _ item: Current, in database: borrowing Connection
  ) throws(RegistryError) {
    let stored = Document(stored: item.json, of: kind.noun)
    var draft = Draft(
      document: stored, before: stored, author: author,
      inspection: Inspection(kind.noun, language: "en"))
    try kind.authorise(&draft, database)
  }

  /// What the item has become, once the history tells of it.
  func recorded(
    _ action: Change.Action, _ kind: Writable, _ before: Current, by author: Key, at now: Int64,
    in database: borrowing Connection
  ) throws(RegistryError) -> Written {
    var after = try current(kind.noun, before.id, for: .admin, in: database)
    let isRetold = try told { () throws(SQLiteError) in
      try noteUse(of: author, at: now, in: database)
      try recordChange(
        action, of: kind.noun, before.number, from: before.json, to: after.json, by: author,
        at: now,
        in: database)
      return try retellRules(
        since: kind.noun, before.number, from: before.json, to: after.json, by: author, at: now,
        in: database)
    }
    // A rule that is told anew has another version by that.
    if isRetold { after = try current(kind.noun, before.id, for: .admin, in: database) }
    return Written(after, isRepeated: false)
  }

  private func store(
    _ draft: Draft, as kind: Writable, over current: Current, at now: Int64,
    in database: borrowing Connection
  ) throws(RegistryError) {
    let columns =
      draft.document.values
      + kind.following.map { ($0.column, $0.value(draft.document)) } + [
        ("version", .integer(current.version + 1)),
        ("updated_at", .integer(now)),
      ]
    try told { () throws(SQLiteError) in
      try database.run(
        "UPDATE" + kind.noun.table + "SET" + columns.map { $0.column + "= ?" }.joined(",")
          + "WHERE number = ?", with: columns.map(\.value) + [.integer(current.number)])
      try kind.side?.replace(current.number, draft.document, database)
    }
  }

  func draft(
    _ kind: Writable, _ body: JSONValue, before: JSONValue?, _ language: String, _ author: Key,
    in database: borrowing Connection
  ) throws(RegistryError) -> Draft {
    var inspection = Inspection(kind.noun, language: language)
    var draft = try told { () throws(SQLiteError) in
      let before = before.map { Document(stored: $0, of: kind.noun) }
      let document = try Document(body, of: kind.noun, over: before, &inspection, in: database)
      return Draft(document: document, before: before, author: author, inspection: inspection)
    }
    try kind.authorise(&draft, database)
    try kind.complete(&draft, database)
    if let slug = before?.string("slug") { try draft.settle(kind, slug, in: database) }
    guard draft.inspection.violations.isEmpty else { throw .invalid(draft.inspection.violations) }
    return draft
  }
}

extension JSONValue {
  /// An object's members that are stated.
  fileprivate var stated: [Member] {
    if case .object(let members) = self { members.filter { !$0.value.isNull } } else { [] }
  }
}
