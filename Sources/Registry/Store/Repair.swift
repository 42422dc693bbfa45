internal import JSON
internal import SQLite

// What is kept beside the rows of what is written, and can be made of them again: terms, words,
// standard elements.

extension Registry {
  private static let kinds: [Writable] = [.provider, .credential, .stackingRule]

  /// The items of which something isn't as their rows say, each as a line.
  public func staleItems() throws(RegistryError) -> [String] {
    var stale: [String] = []
    for kind in Self.kinds {
      try eachBatch(of: kind.noun) { (numbers) throws(RegistryError) in
        stale += try read { (database) throws(RegistryError) in
          var lines: [String] = []
          for number in numbers {
            guard let item = try self.stored(kind.noun, number, in: database) else { continue }
            let parts = try told { () throws(SQLiteError) in
              try kind.staleParts(number, item.document, database)
            }
            if !parts.isEmpty {
              lines.append(
                "\(kind.noun.name) \(item.slug): \(parts.joined(separator: ", ")) out of date")
            }
          }
          return lines
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
      try eachBatch(of: kind.noun) { (numbers) throws(RegistryError) in
        count += try write { (database) throws(RegistryError) in
          var repaired = 0
          for number in numbers {
            guard let item = try self.stored(kind.noun, number, in: database) else { continue }
            try told { () throws(SQLiteError) in
              guard try !kind.staleParts(number, item.document, database).isEmpty else { return }
              for derived in kind.following {
                try database.run(
                  "UPDATE" + kind.noun.table + "SET" + derived.column + "= ?1 WHERE number = ?2",
                  derived.value(item.document), .integer(number))
              }
              try kind.side?.replace(number, item.document, database)
              // Its words follow before the commit.
              database.touched.note(kind.noun.name, number)
              repaired += 1
            }
          }
          return repaired
        }
      }
    }
    return count
  }

  private func eachBatch(
    of noun: Noun, _ work: (ClosedRange<Int64>) throws(RegistryError) -> Void
  ) throws(RegistryError) {
    let last = try read { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.first("SELECT max(number) FROM" + noun.table) { $0.integer(0) } ?? 0
      }
    }
    for first in stride(from: 1, through: last, by: 1000) {
      try work(first...min(last, first + 999))
    }
  }

  private func stored(
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
