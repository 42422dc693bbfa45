internal import JSON
internal import SQLite

// What becomes of an import's rows.

extension ImportRun {
  /// So many rows are stored by the same statements, for some milliseconds.
  private static let most = 1000

  /// Applies the next row, and those behind it that are stored by the same statements.
  func applyRows(
    _ state: inout State, _ words: inout PendingWords, _ lines: inout JSONWriter
  ) throws(RegistryError) {
    let items = state.chunk.items[state.next...].prefix(Self.most)
    if let violations = state.refusal?.violations {
      for item in items {
        note(rejected(item.row, violations, state.chunk.reader), of: item, &state, &lines)
      }
      return
    }
    let results = try store(items, of: state.chunk, by: state.author, &words)
    for (item, stored) in zip(items, results) {
      if case .new(let new)? = stored {
        note(created(new), of: item, &state, &lines)
      } else {
        try takeIn(&words)
        let result = try result(of: item, stored, state.chunk, by: state.author)
        note(result, of: item, &state, &lines)
      }
    }
  }

  /// Stores rows as new items, as many as can be by the same statements, and tells what became of them: nil for one
  /// that has still to be applied.
  private func store(
    _ items: ArraySlice<RowChunk.Item>, of chunk: RowChunk, by author: Key,
    _ words: inout PendingWords
  ) throws(RegistryError) -> [Stored?] {
    try registry.writeChecked { (database) throws(RegistryError) in
      var prepared: [Prepared] = []
      if chunk.generation == database.known.generation.number {
        for item in items {
          guard let ahead = item.ahead, ahead.id == nil, case .success(let new) = ahead.prepared,
            new.isToldApart(kind)
          else { break }
          prepared.append(new)
        }
      }
      // The first is stored by itself where it isn't prepared.
      if prepared.isEmpty { return [nil] }
      return try registry.store(prepared, as: kind, by: author, &words, in: database)
    }
  }

  func takeIn(_ words: inout PendingWords) throws(RegistryError) {
    try registry.writeChecked { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in try words.takeIn(database) }
    }
  }

  private func note(
    _ result: RowResult, of item: RowChunk.Item, _ state: inout State, _ lines: inout JSONWriter
  ) {
    state.counts.count(result)
    state.next += 1
    state.place = item.end
    // Of an atomic import that fails, the reasons are what matters, and only so many.
    if options.mode == .atomic, state.counts.rejected > 0 {
      guard case .rejected = result else { return }
      if state.counts.rejected == 1 { lines = JSONWriter() }
      if state.counts.rejected > Self.mostReasons { return }
    }
    result.write(item.row.line, to: &lines)
  }

  /// Applies a row, unless that was tried and its twin met.
  private func result(
    of item: RowChunk.Item, _ met: Stored?, _ chunk: RowChunk, by author: Key
  ) throws(RegistryError) -> RowResult {
    do throws(RegistryError) {
      let stored = if let met { met } else { try stored(item, chunk, by: author) }
      switch stored {
      case .new(let new): return created(new)
      case .twin(let slug): return try change(slug, by: item.row, chunk.reader, author)
      }
    } catch {
      // A rule that the row breaks is the row's; anything else ends the batch.
      guard let violations = error.violations else { throw error }
      return rejected(item.row, violations, chunk.reader)
    }
  }

  /// Stores the row as a new item, unless it speaks of one that is there.
  private func stored(
    _ item: RowChunk.Item, _ chunk: RowChunk, by author: Key
  ) throws(RegistryError) -> Stored {
    try registry.writeChecked { (database) throws(RegistryError) in
      do throws(RegistryError) {
        if let ahead = item.ahead, chunk.generation == database.known.generation.number {
          if let slug = try kind.slug(ofID: ahead.id, for: author.viewer, in: database) {
            return .twin(slug: slug)
          }
          return try registry.store(try ahead.prepared.get(), as: kind, by: author, in: database)
        }
        let body = try chunk.reader.body(of: item.row)
        if let slug = try kind.slug(ofID: body.string("id"), for: author.viewer, in: database) {
          return .twin(slug: slug)
        }
        let prepared = try registry.prepare(kind, body, options.language, author, in: database)
        return try registry.store(prepared, as: kind, by: author, in: database)
      } catch {
        // What is too little for a new item may change one that is there; nobody learns which another provider has.
        if case .forbidden = error { throw error }
        guard error.violations != nil, let body = try? chunk.reader.body(of: item.row),
          let twin = try twin(of: body, by: author, in: database)
        else { throw error }
        return .twin(slug: twin)
      }
    }
  }

  /// What the row does to the item that it speaks of.
  private func change(
    _ slug: String, by row: ImportRow, _ reader: RowReader, _ author: Key
  ) throws(RegistryError) -> RowResult {
    if options.onConflict != .update { try registry.refuseForeign(kind, slug, by: author) }
    switch options.onConflict {
    case .skip: return .skipped(try item(slug))
    case .fail: throw .conflict("This is \(slug), which is there already.")
    case .update:
      let written = try registry.patch(
        kind, slug, language: options.language, ifAt: { _ in true }, by: author
      ) { (item) throws(RegistryError) in try reader.patch(of: row, over: item) }
      let item = try item(written.slug)
      return written.isRepeated ? .unchanged(item) : .updated(item)
    }
  }

  private func created(_ new: NewRow) -> RowResult {
    .created(
      RowItem(
        id: options.isDryRun ? nil : new.id, slug: new.slug, externalID: new.externalID, version: 1)
    )
  }

  private func rejected(
    _ row: ImportRow, _ violations: [Violation], _ reader: RowReader
  ) -> RowResult {
    .rejected(violations, externalID: reader.externalID(of: row))
  }

  private func item(_ slug: String) throws(RegistryError) -> RowItem {
    let sql: SQL = "SELECT id, external_id, version FROM" + kind.noun.table + "WHERE slug = ?1"
    return try registry.writeChecked { (database) throws(RegistryError) in
      let item = try told { () throws(SQLiteError) in
        try database.first(sql, .text(slug)) { row in
          RowItem(
            id: row.text(0), slug: slug, externalID: row.optionalText(1), version: row.integer(2))
        }
      }
      guard let item else { throw .unknown(resource: kind.noun.name, id: slug, nearest: nil) }
      return item
    }
  }

  /// The item that the row speaks of, by its provider and external id.
  private func twin(
    of body: JSONValue, by author: Key, in database: borrowing Connection
  ) throws(RegistryError) -> String? {
    guard case .string(let externalID)? = body["external_id"] else { return nil }
    var provider: String?
    if case .string(let name)? = body["provider"] {
      // An id, or the slug of one that was merged into it.
      provider = try told { () throws(SQLiteError) in
        try Domain.provider.code(name, in: database) ?? name
      }
    }
    if provider == nil, case .provider(let slug) = author.role { provider = slug }
    return try kind.twin(externalID, of: provider, in: database)
  }
}
