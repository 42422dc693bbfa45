internal import SQLite

extension Registry {
  /// Lends `visit` the item that the world calls `id`: its id, slug or code.
  public func item<T: Sendable>(
    _ noun: Noun, _ id: String, _ fields: [Field]? = nil, for viewer: Viewer = .anyone,
    visit: (borrowing Record) -> T
  ) throws(RegistryError) -> T {
    if let counts = noun.counts,
      (fields ?? noun.members).contains(where: { $0.name == counts.member })
    {
      return try readColumns { (database) throws(RegistryError) in
        guard let counted = try counts.count(self, id, database) else { return nil }
        return try item(
          noun, id, fields, for: viewer, with: [.text(counted.text)], in: database, visit: visit)
      }
    }
    return try read { (database) throws(RegistryError) in
      try item(noun, id, fields, for: viewer, in: database, visit: visit)
    }
  }

  func item<T: Sendable>(
    _ noun: Noun, _ id: String, _ fields: [Field]?, for viewer: Viewer, with counted: [Value] = [],
    in database: borrowing Connection, visit: (borrowing Record) -> T
  ) throws(RegistryError) -> T {
    let sql = noun.item(fields, isSeenByAll: viewer == .admin)
    let members = fields.map(Members.init) ?? noun.shown
    var values: [Value] = [.text(id)] + counted
    if let owner = noun.visibility(for: viewer)?.owner { values.append(owner) }
    var found: T?
    try told { () throws(SQLiteError) in
      try database.each(sql, values) { row in
        let number = noun.keyIsNumber ? row.integer(members.kinds.count) : nil
        found = visit(Record(row: row.lent(), members: members, number: number))
      }
    }
    guard let found else { throw try unknown(noun, id, in: database) }
    return found
  }

  private func unknown(
    _ noun: Noun, _ id: String, in database: borrowing Connection
  ) throws(RegistryError) -> RegistryError {
    let canMerge = Writable.all.contains { $0.noun.name == noun.name && $0.canMerge }
    if canMerge, let into = try survivor(of: id, noun, in: database) {
      return .merged(resource: noun.name, id: id, into: into)
    }
    let sql: SQL = "SELECT" + noun.key + "FROM" + noun.table + "LIMIT 1000"
    let known =
      noun.keyIsNumber
      ? [] : try told { () throws(SQLiteError) in try database.all(sql) { row in row.text(0) } }
    return .unknown(resource: noun.name, id: id, nearest: nearest(to: id, among: known))
  }
}
