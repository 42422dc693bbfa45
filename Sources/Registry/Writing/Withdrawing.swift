internal import SQLite

extension Registry {
  /// Withdraws the item `id`: it stays, and says so, to everyone.
  ///
  /// So a draft, which was nobody's to see, isn't withdrawn.
  public func withdraw(
    _ kind: Writable, _ id: String, ifAt matches: (Int64) -> Bool, by author: Key
  ) throws(RegistryError) -> Written {
    try writeChecked { (database) throws(RegistryError) in
      let current = try current(kind.noun, id, for: author.viewer, in: database)
      try authorise(author, kind, current, in: database)
      guard matches(current.version) else { throw .stale(version: current.version) }
      switch current.json.string("status") {
      case "draft": throw .conflict(Self.draftStays)
      case "withdrawn": return Written(current, isRepeated: true)
      default: break
      }
      let now = environment.now().milliseconds
      try told { () throws(SQLiteError) in
        try database.run(
          "UPDATE" + kind.noun.table
            + "SET status = 'withdrawn', version = version + 1, updated_at = ?1 WHERE number = ?2",
          .integer(now), .integer(current.number))
      }
      return try recorded(.withdraw, kind, current, by: author, at: now, in: database)
    }
  }

  static let draftStays = """
    A draft isn't public, and what is withdrawn is: publish it first, or leave it a draft, which nobody else sees.
    """
}
