internal import JSON
internal import SQLite

/// A new item that was checked, and all that of its row doesn't depend on other items.
///
/// It may be made ahead of its turn and on another connection: it holds for as long as the writer's `generation`
/// is what it was before.
final class Prepared: Sendable {
  let names: ItemNames
  fileprivate let isSeen: Bool
  let values: PackedValues
  /// Where among the values those of the row are, of its words, and of the rows beside it.
  let row: Range<Int>
  let words: Range<Int>
  let side: Range<Int>

  fileprivate init(
    _ names: ItemNames, isSeen: Bool, _ values: PackedValues, row: Range<Int>, words: Range<Int>,
    side: Range<Int>
  ) {
    self.names = names
    self.isSeen = isSeen
    self.values = values
    self.row = row
    self.words = words
    self.side = side
  }

  /// The item's id.
  var id: String { values.text(row.upperBound - 1) ?? "" }

  /// False where no index tells whether another item has its external id: to one, two rows without a provider
  /// have different ones.
  func isToldApart(_ kind: Writable) -> Bool {
    names.externalID == nil || names.provider != nil || kind.noun.field("provider") == nil
  }
}

extension Registry {
  /// Checks a new item by everything but what other items have taken.
  func prepare(
    _ kind: Writable, _ body: JSONValue, _ language: String, _ author: Key,
    in database: borrowing Connection
  ) throws(RegistryError) -> Prepared {
    let document = try draft(kind, body, before: nil, language, author, in: database).document
    var values = PackedValues(values: kind.noun.written.count + 16, bytes: 2048)
    for place in kind.columns { document.pack(place, into: &values) }
    for derived in kind.derived { values.append(derived.value(document)) }
    values.append(environment.newID())
    let row = values.count
    if let words = kind.words {
      try told { () throws(SQLiteError) in try words.pack(document, &values, database) }
    }
    let words = values.count
    kind.side?.pack(document, into: &values)
    return Prepared(
      ItemNames(of: document, as: kind), isSeen: document.text("status") != "draft", values,
      row: 0..<row, words: row..<words, side: words..<values.count)
  }

  /// Stores the item, unless another one has its external id.
  func store(
    _ prepared: Prepared, as kind: Writable, by author: Key, in database: borrowing Connection
  ) throws(RegistryError) -> Stored {
    if !prepared.isToldApart(kind),
      let twin = try twin(of: prepared.names, as: kind, in: database)
    {
      return .twin(slug: twin)
    }
    let now = environment.now().milliseconds
    var slugs = SlugCandidates(prepared.names)
    while true {
      let slug = try slugs.next(among: kind, in: database)
      let isNew = try told { () throws(SQLiteError) in
        try database.run(
          kind.creation, prepared.values, prepared.row, .text(slug), .integer(now), .integer(now))
        return database.changes == 1
      }
      if isNew {
        let number = database.lastRowID
        try told { () throws(SQLiteError) in
          try follow(prepared, kind, (number, slug), by: author, at: now, in: database)
        }
        return .new(NewRow(prepared, slug: slug, madeAt: now))
      }
      // The index of slugs has it, or that of external ids.
      if let twin = try twin(of: prepared.names, as: kind, in: database) {
        return .twin(slug: twin)
      }
      try slugs.refuse(slug, kind, in: database)
    }
  }

  private func follow(
    _ prepared: Prepared, _ kind: Writable, _ item: (number: Int64, slug: String),
    by author: Key, at now: Int64, in database: borrowing Connection
  ) throws(SQLiteError) {
    try kind.side?.add(prepared.values, prepared.side, to: item.number, database)
    if let words = kind.words {
      try words.add(prepared.values, prepared.words, of: item.number, database)
      database.touched.noteFollowed(item.number, in: kind.noun.name)
    }
    let owner = kind.noun.owner == "slug" ? item.slug : prepared.names.provider
    try recordCreation(
      of: kind.noun, item.number, owner: owner, isSeen: prepared.isSeen, by: author, at: now,
      in: database)
    try noteUse(of: author, at: now, in: database)
  }

  /// The slug of the item that has its external id already.
  func twin(
    of names: ItemNames, as kind: Writable, in database: borrowing Connection
  ) throws(RegistryError) -> String? {
    guard let externalID = names.externalID else { return nil }
    return try kind.twin(externalID, of: names.provider, in: database)
  }
}

/// What became of an item that was to be stored.
enum Stored {
  case new(NewRow)
  /// This one has its external id already, and nothing was stored.
  case twin(slug: String)
}

struct NewRow: Sendable {
  let id: String
  let slug: String
  let externalID: String?
  /// Milliseconds since 1970.
  let madeAt: Int64

  init(_ item: Prepared, slug: String, madeAt: Int64) {
    id = item.id
    self.slug = slug
    externalID = item.names.externalID
    self.madeAt = madeAt
  }
}

extension Noun {
  /// The number that the next row will have, unless somebody else's comes before it.
  func nextNumber(in database: borrowing Connection) throws(RegistryError) -> Int64 {
    try told { () throws(SQLiteError) in
      try database.first("SELECT max(number) FROM" + table) { row in row.integer(0) + 1 } ?? 1
    }
  }
}
