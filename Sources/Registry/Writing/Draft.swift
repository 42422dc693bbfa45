internal import JSON
internal import SQLite

extension Inspection {
  /// A member that must be there isn't; says nothing where what stood there was refused already.
  mutating func refuseMissing(_ member: String, _ detail: String) {
    let pointer = JSONPointer.to(member)
    let isRefused = violations.contains {
      if case .pointer(let place) = $0.place {
        place.isEmpty || place == pointer || place.hasPrefix(pointer + "/")
      } else {
        false
      }
    }
    if !isRefused { refuse(pointer, detail) }
  }
}

/// The names that a new item would have, which no other may have.
struct ItemNames: Sendable {
  /// The slug that was asked for, or else what its name makes.
  let slug: String
  let isAsked: Bool
  let externalID: String?
  let provider: String?

  init(of document: Document, as kind: Writable) {
    let asked = document.text("slug")
    slug = asked ?? kind.name(document).flatMap(displayText).flatMap(Slug.made) ?? "item"
    isAsked = asked != nil
    externalID = kind.twins == nil ? nil : document.text("external_id")
    provider = document.text("provider")
  }
}

/// The slugs that a new item may get, one after another.
struct SlugCandidates {
  private let names: ItemNames
  private var slug: String
  private var next = 2
  /// The number that the item's row will probably have, where it has been asked for.
  private let number: Int64?
  private var isNumbered = false

  init(_ names: ItemNames, number: Int64? = nil) {
    self.names = names
    self.number = number
    slug = names.slug
  }

  /// The next one that isn't known to be taken; whether it is, storing the item shows.
  mutating func next(
    among kind: Writable, in database: borrowing Connection
  ) throws(RegistryError) -> String {
    while database.known.answer(to: kind.slugs, for: slug) != nil {
      try refuse(slug, kind, in: database)
    }
    return slug
  }

  /// Goes on to another one, since this is taken.
  mutating func refuse(
    _ taken: String, _ kind: Writable, in database: borrowing Connection
  ) throws(RegistryError) {
    guard try isTaken(taken, kind, database), !names.isAsked else {
      throw .conflict("The slug \(taken) is taken.")
    }
    // Thousands of one title are usual ("First aid"). What they are told apart by isn't tried one by one, and grows,
    // so that those of a time stand together in the index.
    if next == 2, try isTaken("\(names.slug)-9", kind, database) { next = 10 }
    while next < 10 {
      slug = "\(names.slug)-\(next)"
      next += 1
      // To store the item in vain costs more than to look.
      if try !isTaken(slug, kind, database) { return }
    }
    slug = "\(names.slug)-\(try suffix(kind, database))"
  }

  /// The number of the row, and where that is taken as well, any.
  private mutating func suffix(
    _ kind: Writable, _ database: borrowing Connection
  ) throws(RegistryError) -> Int64 {
    defer { isNumbered = true }
    if isNumbered { return .random(in: 10...999_999_999) }
    if let number { return number }
    return try kind.noun.nextNumber(in: database)
  }

  private func isTaken(
    _ slug: String, _ kind: Writable, _ database: borrowing Connection
  ) throws(RegistryError) -> Bool {
    // What is taken stays so.
    try told { () throws(SQLiteError) in try database.knownText(kind.slugs, for: slug) } != nil
  }
}

extension Draft {
  /// Has an item that is there keep its slug, and no other's external id.
  mutating func settle(
    _ kind: Writable, _ slug: String, in database: borrowing Connection
  ) throws(RegistryError) {
    if let wished = document.text("slug"), wished != slug {
      inspection.refuse("/slug", "The slug is \(slug) for good: others link to it.")
    }
    document["slug"] = .string(slug)
    guard let externalID = document.text("external_id"),
      let twin = try kind.twin(
        externalID, of: document.text("provider"), besides: slug, in: database)
    else { return }
    throw kind.taken(externalID, by: twin)
  }
}

extension Writable {
  /// The slug of the item, another than `slug`, that has this external id among those of its provider.
  func twin(
    _ externalID: String, of provider: String?, besides slug: String = "",
    in database: borrowing Connection
  ) throws(RegistryError) -> String? {
    guard let twins else { return nil }
    return try told { () throws(SQLiteError) in
      try database.first(twins, .text(externalID), Value(provider), .text(slug)) { $0.text(0) }
    }
  }

  /// The slug of the item with this id, if the viewer may see it.
  func slug(
    ofID id: String?, for viewer: Viewer, in database: borrowing Connection
  ) throws(RegistryError) -> String? {
    guard let id else { return nil }
    let visible = noun.visibility(for: viewer)
    let sql: SQL = "SELECT slug FROM" + noun.table + "WHERE id = ?1"
    return try told { () throws(SQLiteError) in
      if let visible {
        return try database.first(sql + "AND (" + visible.sql + ")", .text(id), visible.owner) {
          $0.text(0)
        }
      }
      return try database.first(sql, .text(id)) { $0.text(0) }
    }
  }

  func taken(_ externalID: String, by slug: String) -> RegistryError {
    .conflict("The external_id \(quoted(externalID)) is that of \(slug) already.")
  }
}

/// A language map's text for a reader of English, or else its first.
func displayText(_ map: JSONValue) -> String? {
  if case .string(let text)? = map["en"] { return text }
  guard case .object(let members) = map, case .string(let text)? = members.first?.value else {
    return nil
  }
  return text
}
