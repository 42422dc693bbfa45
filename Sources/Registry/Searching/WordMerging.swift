internal import SQLite

extension Registry {
  /// So many pages a step: some milliseconds of the writer's time.
  private static let stepPages: Int64 = 250

  /// Brings the indexes of words a step nearer to being of one piece each; true where there is more to do.
  ///
  /// What is written comes as a piece of its own, FTS5 puts some together now and then, and a search walks
  /// through all at once: through ten a third as fast as through one. So they are put together, unless
  /// the largest has nearly everything already.
  public func mergeWords() throws(RegistryError) -> Bool {
    for index in indexes
    where try read({ (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in try index.isInPieces(database) }
    }) {
      let goesOn = try write { (database) throws(RegistryError) in
        try told { () throws(SQLiteError) in
          let before = database.totalChanges
          // https://www.sqlite.org/fts5.html §6.8: below zero, all pieces take part. Two changes are FTS5's own.
          try database.run(index.merge, .integer(-Self.stepPages))
          return database.totalChanges - before > 2
        }
      }
      // All of the index went through it.
      if !goesOn { writer.giveBackMemory() }
      return goesOn
    }
    return false
  }
}

/// Has those who write credentials put pieces of the indexes together as they add some, a few pages each time, or an
/// import as many as it needs: so none waits long for it, and a search never walks through many.
struct WordPace {
  /// Pieces that are smaller than those which were put together are as many at most, for each size.
  private static let few = 16
  private var pieces = 0

  /// Called where a piece is added, in its transaction; it has the words of so many rows.
  mutating func step(_ rows: Int, _ database: borrowing Connection) throws(SQLiteError) {
    pieces += 1
    guard pieces >= Self.few else { return }
    var isDone = true
    for index in indexes {
      guard let pace = index.pace else { continue }
      let before = database.totalChanges
      try database.run(index.merge, .integer(max(pace.least, Int64(rows) / pace.rows)))
      if database.totalChanges - before > 2 { isDone = false }
    }
    if isDone { pieces = 0 }
  }
}

private struct WordIndex {
  /// Answers how large each piece is, the largest first.
  let pieces: SQL
  let merge: SQL
  /// How many pages are put together where a piece is added: so many at least, and one for so many rows.
  ///
  /// That is about twice what the piece has. Nil where pieces are few.
  let pace: (least: Int64, rows: Int64)?

  func isInPieces(_ database: borrowing Connection) throws(SQLiteError) -> Bool {
    let sizes = try database.all(pieces) { row in row.integer(0) }
    guard let largest = sizes.first else { return false }
    return sizes.dropFirst().reduce(0, +) * 8 >= largest
  }
}

private let indexes = [
  WordIndex(
    pieces: "SELECT count(*) FROM credential_title_idx GROUP BY segid ORDER BY 1 DESC",
    merge: "INSERT INTO credential_title (credential_title, rank) VALUES ('merge', ?1)",
    pace: (12, 30)),
  WordIndex(
    pieces: "SELECT count(*) FROM credential_text_idx GROUP BY segid ORDER BY 1 DESC",
    merge: "INSERT INTO credential_text (credential_text, rank) VALUES ('merge', ?1)",
    pace: (32, 6)),
  WordIndex(
    pieces: "SELECT count(*) FROM provider_text_idx GROUP BY segid ORDER BY 1 DESC",
    merge: "INSERT INTO provider_text (provider_text, rank) VALUES ('merge', ?1)",
    pace: nil),
]
