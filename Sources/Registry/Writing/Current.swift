internal import JSON
internal import SQLite

/// An item as it is.
struct Current {
  let number: Int64
  let id: String
  let version: Int64
  /// All its members, as JSON text and as its value.
  let body: [UInt8]
  let json: JSONValue
}

extension Written {
  init(_ item: Current, isRepeated: Bool) {
    self.init(
      slug: item.json.string("slug") ?? "", version: item.version, body: item.body,
      isRepeated: isRepeated)
  }
}

extension Registry {
  func current(
    _ noun: Noun, _ id: String, for viewer: Viewer, in database: borrowing Connection
  ) throws(RegistryError) -> Current {
    let body = try item(noun, id, nil, for: viewer, in: database) { record in
      var json = JSONWriter()
      record.write(to: &json)
      return json.bytes
    }
    guard let json = try? JSONValue(parsing: body) else {
      throw .unavailable("A stored item isn't JSON: run `cairn check`.")
    }
    let row = try told { () throws(SQLiteError) in
      try database.first(
        "SELECT number, id, version FROM" + noun.table + "WHERE" + noun.find, .text(id)
      ) { row in (row.integer(0), row.text(1), row.integer(2)) }
    }
    guard let row else { throw .unknown(resource: noun.name, id: id, nearest: nil) }
    return Current(number: row.0, id: row.1, version: row.2, body: body, json: json)
  }
}

/// All members of the row `number`; null where there is no such row.
func members(
  of noun: Noun, _ number: Int64, in database: borrowing Connection
) throws(SQLiteError) -> JSONValue {
  var json = JSONWriter()
  try database.each(noun.row, [.integer(number)]) { row in
    Record(row: row.lent(), members: noun.shown).write(to: &json)
  }
  return (try? JSONValue(parsing: json.bytes)) ?? .null
}
