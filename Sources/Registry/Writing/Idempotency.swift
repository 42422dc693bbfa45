internal import SQLite

extension Registry {
  /// What the POST of an item that first carried this key was answered.
  func earlier(
    _ once: IdempotencyKey, _ author: Key, in database: borrowing Connection
  ) throws(RegistryError) -> Written? {
    if let (hash, written) = try answered(once, author, in: database) {
      guard hash == once.request else { throw .otherRequest }
      return written
    }
    if try begun(once, author, in: database) != nil { throw .otherRequest }
    return nil
  }

  /// The import that was asked for with this key.
  func earlierImport(
    _ once: IdempotencyKey, _ author: Key, in database: borrowing Connection
  ) throws(RegistryError) -> String? {
    if let (hash, id) = try begun(once, author, in: database) {
      guard hash == once.request else { throw .otherRequest }
      return id
    }
    if try answered(once, author, in: database) != nil { throw .otherRequest }
    return nil
  }

  private func answered(
    _ once: IdempotencyKey, _ author: Key, in database: borrowing Connection
  ) throws(RegistryError) -> (hash: [UInt8], written: Written)? {
    try told { () throws(SQLiteError) in
      try database.first(
        """
        SELECT request_hash, slug, version, answer FROM idempotency
        WHERE api_key = ?1 AND idempotency_key = ?2 AND created_at > ?3
        """, .text(author.id), .text(once.text), .integer(oldest)
      ) { row in
        (
          hash: row.blob(0),
          written: Written(
            slug: row.text(1), version: row.integer(2), body: Array(row.text(3).utf8),
            isRepeated: true)
        )
      }
    }
  }

  /// An atomic import that was refused stored nothing, so it holds no key.
  private func begun(
    _ once: IdempotencyKey, _ author: Key, in database: borrowing Connection
  ) throws(RegistryError) -> (hash: [UInt8], id: String)? {
    try told { () throws(SQLiteError) in
      try database.first(
        """
        SELECT request_hash, id FROM import
        WHERE author = ?1 AND idempotency_key = ?2 AND created_at > ?3 AND state <> 'refused'
        """, .text(author.id), .text(once.text), .integer(oldest)
      ) { row in (hash: row.blob(0), id: row.text(1)) }
    }
  }

  func remember(
    _ once: IdempotencyKey, _ author: Key, _ written: Written, in database: borrowing Connection
  ) throws(RegistryError) {
    try told { () throws(SQLiteError) in
      try database.run("DELETE FROM idempotency WHERE created_at <= ?1", .integer(oldest))
      try database.run(
        """
        INSERT INTO idempotency
          (api_key, idempotency_key, request_hash, slug, version, answer, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """, .text(author.id), .text(once.text), .blob(once.request), .text(written.slug),
        .integer(written.version), .text(String(decoding: written.body, as: UTF8.self)),
        .integer(environment.now().milliseconds))
    }
  }

  // Keys are kept for a day.
  private var oldest: Int64 { environment.now().milliseconds - 86_400_000 }
}
