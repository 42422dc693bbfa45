internal import JSON
internal import SQLite

extension Inspection {
  /// A member that must be there isn't; says nothing where what stood there was refused already.
  mutating func refuseMissing(_ member: String, _ detail: String) {
    let pointer = JSONPointer.appending(member, to: "")
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

extension Draft {
  /// Keeps the slug an item has, takes the one that is wished for, or makes one from its title.
  mutating func chooseSlug(
    from title: JSONValue?, table: SQL, _ database: borrowing Connection
  ) throws(RegistryError) {
    if let slug = before?.text("slug") {
      if let wished = document.text("slug"), wished != slug {
        inspection.refuse("/slug", "The slug is \(slug) for good: others link to it.")
      }
      document["slug"] = .string(slug)
      return
    }
    let wished = document.text("slug")
    let made = title.flatMap(displayText).flatMap(Slug.made) ?? "item"
    var slug = wished ?? made
    var next = 2
    while try isTaken(slug, table, database) {
      if wished != nil { throw .conflict("The slug \(slug) is taken.") }
      // Thousands of one title are usual ("First aid"), so the suffix grows by digits, not by one.
      if next == 2, try isTaken("\(made)-9", table, database) { next = 10 }
      if next == 10 { next = Int.random(in: 10...999_999_999) }
      slug = "\(made)-\(next)"
      next = min(next + 1, 10)
    }
    document["slug"] = .string(slug)
  }

  private func isTaken(
    _ slug: String, _ table: SQL, _ database: borrowing Connection
  ) throws(RegistryError) -> Bool {
    // What is taken stays so.
    try told { () throws(SQLiteError) in
      try database.knownText(
        for: slug, "", by: "SELECT slug FROM" + table + "WHERE slug = ?1 AND ?2 = ''")
    } != nil
  }

  /// Refuses a member whose value another item has; `sql` finds that item's slug.
  func refuseTaken(
    _ member: String, _ sql: SQL, _ values: [Value], _ database: borrowing Connection
  ) throws(RegistryError) {
    guard let value = document.text(member) else { return }
    var other: String?
    try told { () throws(SQLiteError) in
      try database.each(sql, values) { row in other = row.text(0) }
    }
    if let other { throw .conflict("The \(member) \(quoted(value)) is that of \(other) already.") }
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
