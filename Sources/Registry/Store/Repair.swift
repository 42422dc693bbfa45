internal import JSON
internal import SQLite

// What is kept beside the rows of what is written, and can be made of them again: terms, words,
// standard elements.

extension Registry {
  private static let kinds: [Writable] = [.provider, .credential, .stackingRule]

  /// The items of which something isn't as their rows say, each as a line.
  static func staleItems(in database: borrowing Connection) throws(RegistryError) -> [String] {
    var stale: [String] = []
    for kind in kinds {
      for numbers in try batches(of: kind.noun, in: database) {
        // Of one moment, beside a server that writes.
        try told { () throws(SQLiteError) in try database.run("BEGIN") }
        defer { try? database.run("COMMIT") }
        for number in numbers {
          guard let item = try stored(kind.noun, number, in: database) else { continue }
          let parts = try told { () throws(SQLiteError) in
            try kind.staleParts(number, item.document, database)
          }
          guard !parts.isEmpty else { continue }
          stale.append(
            "\(kind.noun.name) \(item.slug): \(parts.joined(separator: ", ")) out of date")
        }
      }
    }
    return stale
  }

  /// Makes anew what `staleItems` finds; how many items that were.
  ///
  /// Readers never miss an item meanwhile.
  public func repair() throws(RegistryError) -> Int {
    var count = 0
    for kind in Self.kinds {
      let batches = try read { (database) throws(RegistryError) in
        try Self.batches(of: kind.noun, in: database)
      }
      for numbers in batches {
        count += try write { (database) throws(RegistryError) in
          var repaired = 0
          for number in numbers where try Self.repair(kind, number, in: database) { repaired += 1 }
          return repaired
        }
      }
    }
    return count
  }

  private static func repair(
    _ kind: Writable, _ number: Int64, in database: borrowing Connection
  ) throws(RegistryError) -> Bool {
    guard let item = try stored(kind.noun, number, in: database) else { return false }
    return try told { () throws(SQLiteError) in
      guard try !kind.staleParts(number, item.document, database).isEmpty else { return false }
      for derived in kind.following {
        try database.run(
          "UPDATE" + kind.noun.table + "SET" + derived.column + "= ?1 WHERE number = ?2",
          derived.value(item.document), .integer(number))
      }
      try kind.side?.replace(number, item.document, database)
      // Its words follow before the commit.
      database.touched.note(kind.noun.name, number)
      return true
    }
  }

  private static func batches(
    of noun: Noun, in database: borrowing Connection
  ) throws(RegistryError) -> [ClosedRange<Int64>] {
    let last = try told { () throws(SQLiteError) in
      try database.first("SELECT max(number) FROM" + noun.table) { $0.integer(0) } ?? 0
    }
    return stride(from: 1, through: last, by: 1000).map { first in first...min(last, first + 999) }
  }

  private static func stored(
    _ noun: Noun, _ number: Int64, in database: borrowing Connection
  ) throws(RegistryError) -> (slug: String, document: Document)? {
    let bytes = try told { () throws(SQLiteError) in
      try database.first(noun.row, .integer(number)) { row in
        var json = JSONWriter()
        Record(row: row.lent(), members: noun.shown).write(to: &json)
        return json.bytes
      }
    }
    guard let bytes else { return nil }
    guard let json = try? JSONValue(parsing: bytes) else {
      throw .unavailable("The \(noun.name) in row \(number) isn't JSON.")
    }
    return (json["slug"]?.string ?? "", Document(stored: json, of: noun))
  }
}

extension Writable {
  fileprivate func staleParts(
    _ number: Int64, _ document: Document, _ database: borrowing Connection
  ) throws(SQLiteError) -> [String] {
    var parts: [String] = []
    if let side, try side.isStale(number, document, database) { parts.append(side.name) }
    for derived in following {
      let kept = try database.first(
        "SELECT" + derived.column + "FROM" + noun.table + "WHERE number = ?1", .integer(number)
      ) { row in row.value(0) }
      if kept != derived.value(document) { parts.append(derived.name) }
    }
    if let words, try words.isStale(number, database) { parts.append("words") }
    return parts
  }
}
