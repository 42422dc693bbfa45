internal import SQLite

// Keys that take each other's place, one after another.
extension Registry {
  /// Makes a key that may do what the key `id` may, and ends that one once `overlap` milliseconds have gone by.
  ///
  /// So both stand while whoever has the old one puts the new one in its place.
  public func rotateKey(
    _ id: String, overlap: Int64
  ) throws(RegistryError) -> (key: String, id: String) {
    try write { (database) throws(RegistryError) in
      let now = environment.now()
      let old = try key(id: id, in: database)
      guard old.stands(at: now) else {
        throw .unknown(resource: "key that stands", id: id, nearest: nil)
      }
      let successors = try told { () throws(SQLiteError) -> [Key] in
        try self.successors(of: id, in: database)
      }
      if let successor = successors.first(where: { $0.stands(at: now) }) {
        throw .conflict(
          "The key \(id) was rotated already. Its successor is \(successor.id): rotate that one, or revoke it first."
        )
      }
      let end = now.milliseconds + overlap
      try told { () throws(SQLiteError) in
        try database.run(
          "UPDATE api_key SET expires_at = min(coalesce(expires_at, ?2), ?2) WHERE id = ?1",
          .text(id), .integer(end))
      }
      database.known.outdate()
      let (provider, country) = try scope(of: old.role, in: database)
      // A key that was rotated ends sooner than it was meant to.
      let made = try insertKey(
        old.role.name, provider, country, old.label,
        expiresAt: (successors.last ?? old).expiresAt?.milliseconds, old.importRows, in: database)
      // Behind those that were lost: all that took each other's place are one line.
      try told { () throws(SQLiteError) in
        try database.run(
          "UPDATE api_key SET successor = ?2 WHERE id = ?1", .text((successors.last ?? old).id),
          .text(made.id))
      }
      return made
    }
  }

  /// Which took its place, one after another.
  private func successors(
    of id: String, in database: borrowing Connection
  ) throws(SQLiteError) -> [Key] {
    try database.all(
      """
      WITH RECURSIVE follower (id, place) AS (
        SELECT successor, 1 FROM api_key WHERE id = ?1
        UNION ALL
        SELECT successor, place + 1 FROM follower JOIN api_key USING (id))
      """ + keyColumns + "JOIN follower USING (id) ORDER BY place", .text(id)
    ) { row in Key(row) }
  }
}
