internal import JSON
internal import SQLite

/// A new item that was checked, and all that of its row doesn't depend on other items.
///
/// It may be made ahead of its turn and on another connection: it holds for as long as the writer's `generation`
/// is what it was before.
struct Prepared: Sendable {
  fileprivate var draft: Draft
  /// The row's values, from the first on.
  fileprivate let values: [Value]
  fileprivate let words: [Value]?
}

extension Registry {
  /// Checks a new item by everything but what other items have taken.
  func prepare(
    _ kind: Writable, _ body: JSONValue, _ language: String, _ author: Key,
    in database: borrowing Connection
  ) throws(RegistryError) -> Prepared {
    let draft = try draft(kind, body, before: nil, language, author, in: database)
    let words = try told { () throws(SQLiteError) in
      try kind.words?.said(draft.document, database)
    }
    return Prepared(
      draft: draft,
      values: draft.document.values(for: kind.noun).map(\.value)
        + kind.derived(draft.document, nil).map(\.value),
      words: words)
  }

  /// Stores the item, and tells its number and its slug.
  func store(
    _ prepared: Prepared, as kind: Writable, in database: borrowing Connection
  ) throws(RegistryError) -> (number: Int64, slug: String) {
    var draft = prepared.draft
    try kind.settle(&draft, database)
    guard draft.inspection.violations.isEmpty else { throw .invalid(draft.inspection.violations) }
    let slug = draft.document.text("slug") ?? ""
    let now = environment.now().milliseconds
    var values = prepared.values
    values[kind.slugIndex] = .text(slug)
    values += [.text(environment.newID()), 1, .integer(now), .integer(now)]
    let row = values
    let document = draft.document
    let number = try told { () throws(SQLiteError) in
      try database.run(kind.creation, with: row)
      let number = database.lastRowID
      try kind.index(number, document, nil, database)
      if let words = prepared.words {
        database.touched.note(words, of: number, in: kind.noun.name)
      }
      try recordCreation(
        of: kind.noun, number, document, by: draft.author, at: now, in: database)
      try noteUse(of: draft.author, at: now, in: database)
      return number
    }
    return (number, slug)
  }

  /// Stores a new item that was prepared ahead, or else is prepared now, and answers without its body.
  func create(
    _ kind: Writable, _ body: JSONValue, language: String, by author: Key,
    _ ahead: Result<Prepared, RegistryError>?
  ) throws(RegistryError) -> Written {
    try writeChecked { (database) throws(RegistryError) in
      let prepared =
        if let ahead { try ahead.get() } else {
          try prepare(kind, body, language, author, in: database)
        }
      let (_, slug) = try store(prepared, as: kind, in: database)
      return Written(slug: slug, version: 1, body: [], isRepeated: false)
    }
  }
}
