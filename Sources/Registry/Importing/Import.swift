internal import JSON
internal import SQLite

#if canImport(Glibc)
  internal import Glibc
#endif

/// An import as the registry remembers it: from the moment on when all of it has come.
///
/// What became of its rows is kept for a day after it is done.
public struct Import: Sendable {
  public let id: String
  public let author: String
  public let noun: String
  public let options: ImportOptions
  public let state: State
  public let line: Int
  let offset: Int
  public let counts: ImportCounts
  public let createdAt: Instant
  public let updatedAt: Instant

  public enum State: String, Sendable {
    case applying, done
    /// Of an atomic import a row was rejected, so nothing of it was stored.
    case refused
  }

  /// The import as JSON, as its summary and its own address show it.
  public var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    for (name, text) in [
      ("id", id), ("noun", noun), ("state", state.rawValue), ("mode", options.mode.rawValue),
      ("on_conflict", options.onConflict.rawValue),
    ] {
      json.name(name)
      json.string(text)
    }
    json.name("dry_run")
    json.bool(options.isDryRun)
    for (name, count) in [
      ("line", line), ("rows", counts.rows), ("created", counts.created),
      ("updated", counts.updated), ("unchanged", counts.unchanged), ("skipped", counts.skipped),
      ("rejected", counts.rejected),
    ] {
      json.name(name)
      json.integer(Int64(count))
    }
    json.name("created_at")
    json.string(createdAt.text)
    json.name("updated_at")
    json.string(updatedAt.text)
    json.endObject()
    return json.bytes
  }
}

extension Registry {
  /// An id for an import that is to come, and a file for its rows.
  public func newSpool() throws(RegistryError) -> (id: String, spool: Spool) {
    let id = environment.newID()
    return (id, try Spool(path: spoolPath(id), isNew: true))
  }

  /// What broke off before all of it had come belongs to nobody.
  private func removeSpools(besides kept: Set<String>) {
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    guard unsafe glob(spoolPath("*"), 0, nil, &found) == 0 else { return }
    for index in 0..<Int(unsafe found.gl_pathc) {
      guard let name = unsafe found.gl_pathv[index] else { continue }
      let path = unsafe String(cString: name)
      if !kept.contains(path) { _ = unsafe unlink(name) }
    }
  }

  private func spoolPath(_ id: String) -> String { path + "-import-" + id }

  /// Begins an import whose rows have all come: from here on it is brought to its end, whatever happens.
  public func begin(
    _ id: String, _ spool: Spool, as kind: Writable, _ options: ImportOptions, by author: Key
  ) throws(RegistryError) -> KeptImport {
    let run = try ImportRun(spool, as: kind, options, by: author, into: self)
    try spool.keep()
    let columns = JSONValue.object(
      options.columns.map { .init(name: $0.key, value: .string($0.value)) })
    let now = environment.now().milliseconds
    try write { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.run(
          "DELETE FROM import WHERE state <> 'applying' AND updated_at < ?1",
          .integer(now - 86_400_000))
        try database.run(
          """
          INSERT INTO import (id, author, noun, format, mode, on_conflict, dry_run, language, columns,
            state, offset, line, created_at, updated_at)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'applying', 0, 1, ?10, ?10)
          """, .text(id), .text(author.id), .text(kind.noun.name), .text(options.format.rawValue),
          .text(options.mode.rawValue), .text(options.onConflict.rawValue),
          .integer(options.isDryRun ? 1 : 0), .text(options.language), .text(columns.text),
          .integer(now))
      }
    }
    return KeptImport(id, run, spool)
  }

  /// The import `id`, for whoever began it and for admins.
  public func importRecord(_ id: String, for author: Key) throws(RegistryError) -> Import {
    let found = try read { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.first(columns + "WHERE id = ?1", .text(id)) { row in Import(row) }
      }
    }
    guard let found, author.role == .admin || found.author == author.id else {
      throw .unknown(resource: "import", id: id, nearest: nil)
    }
    return found
  }

  /// What became of the import's rows, from the part `number` on, and whether there is more; parts begin with 0.
  public func importResults(
    _ id: String, part number: Int
  ) throws(RegistryError) -> [UInt8]? {
    try read { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.first(
          "SELECT lines FROM import_result WHERE import = ?1 AND part = ?2", .text(id),
          .integer(Int64(number))
        ) { row in Array(row.text(0).utf8) }
      }
    }
  }

  /// Goes on with the imports that this process's forerunner left; `failed` is told where one stops again.
  public func resumeImports(
    _ failed: @escaping @Sendable (RegistryError) -> Void
  ) throws(RegistryError) {
    let left = try read { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.all(columns + "WHERE state = 'applying' ORDER BY created_at") { row in
          Import(row)
        }
      }
    }
    removeSpools(besides: Set(left.map { spoolPath($0.id) }))
    for record in left {
      guard let author = try keys().first(where: { $0.id == record.author }) else { continue }
      let kind = record.noun == Noun.provider.name ? Writable.provider : .credential
      let spool = try Spool(path: spoolPath(record.id), isNew: false)
      let run = try ImportRun(
        spool, as: kind, record.options, by: author, into: self, from: record.offset,
        line: record.line + 1, record.counts)
      KeptImport(record.id, run, spool).continueInBackground(failed)
    }
  }
}

private let columns: SQL = """
  SELECT id, author, noun, format, mode, on_conflict, dry_run, language, columns, state, offset, line,
    created, updated, unchanged, skipped, rejected, created_at, updated_at
  FROM import
  """

extension Import {
  fileprivate init(_ row: borrowing Row) {
    id = row.text(0)
    author = row.text(1)
    noun = row.text(2)
    var options = ImportOptions(format: .init(rawValue: row.text(3)) ?? .ndjson)
    options.mode = .init(rawValue: row.text(4)) ?? .partial
    options.onConflict = .init(rawValue: row.text(5)) ?? .update
    options.isDryRun = row.integer(6) == 1
    options.language = row.text(7)
    if case .object(let members)? = try? JSONValue(parsing: Array(row.text(8).utf8)) {
      for member in members {
        if case .string(let name) = member.value { options.columns[member.name] = name }
      }
    }
    self.options = options
    state = .init(rawValue: row.text(9)) ?? .done
    offset = Int(row.integer(10))
    line = Int(row.integer(11)) - 1
    var counts = ImportCounts()
    counts.created = Int(row.integer(12))
    counts.updated = Int(row.integer(13))
    counts.unchanged = Int(row.integer(14))
    counts.skipped = Int(row.integer(15))
    counts.rejected = Int(row.integer(16))
    self.counts = counts
    createdAt = Instant(milliseconds: row.integer(17))
    updatedAt = Instant(milliseconds: row.integer(18))
  }
}
