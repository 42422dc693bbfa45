internal import JSON
internal import SQLite

/// An import as the registry remembers it: an upload from its first request on, any other once all of it has come.
///
/// What became of its rows is kept for a day after it is done.
public struct Import: Sendable {
  public let id: String
  public let author: String
  public let kind: Writable
  public let options: ImportOptions
  public let state: State
  /// How an upload's body is coded (RFC 9110 §8.4), and its SHA-256 in base64url where its client has said it.
  public let coding: String?
  public let sha256: String?
  /// The rows of the whole file; 0 until all of it has come.
  public let total: Int
  public let line: Int
  let offset: Int
  public let counts: ImportCounts
  public let createdAt: Instant
  public let updatedAt: Instant
  /// Why it stands still, where it does.
  var wait: ImportWait?
  /// As many bytes of it have come; nil once all have.
  public internal(set) var received: Int?

  public enum State: String, Sendable {
    case receiving, applying, done
    /// Of an atomic import a row was rejected, so nothing of it was stored.
    case refused
    /// Its file is gone, since the registry is a backup's, or can't be read any more; what had been stored is.
    case lost
  }

  /// The import as JSON, as its summary and its own address show it.
  public var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    for (name, text) in [
      ("id", id), ("noun", kind.noun.name), ("state", wait == nil ? state.rawValue : "waiting"),
      ("mode", options.mode.rawValue), ("on_conflict", options.onConflict.rawValue),
    ] {
      json.name(name)
      json.string(text)
    }
    json.name("dry_run")
    json.bool(options.isDryRun)
    json.name("received")
    if let received { json.integer(Int64(received)) } else { json.null() }
    json.name("waiting")
    if let wait { write(wait, to: &json) } else { json.null() }
    for (name, count) in [
      ("total", total), ("line", line), ("rows", counts.rows), ("created", counts.created),
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

  private func write(_ wait: ImportWait, to json: inout JSONWriter) {
    json.beginObject()
    for (name, text) in [
      ("because", wait.reason), ("since", wait.since.text), ("next_try", wait.nextTry.text),
    ] {
      json.name(name)
      json.string(text)
    }
    json.endObject()
  }
}

extension Registry {
  /// The import `id`, for whoever began it and for admins.
  public func importRecord(_ id: String, for author: Key) throws(RegistryError) -> Import {
    var found = try storedImport(id, for: author)
    if found.state == .receiving {
      found.received = received(of: found)
      // It became an import, or was given up, since it was read.
      if found.received == nil { found = try storedImport(id, for: author) }
    }
    if found.state == .applying { found.wait = work.wait(id) }
    return found
  }

  private func storedImport(_ id: String, for author: Key) throws(RegistryError) -> Import {
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

  /// What became of the import's rows, in the part `number`, from 0 on; nil behind the last.
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

  /// All that aren't over, the oldest first.
  func openImports() throws(RegistryError) -> [Import] {
    try read { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.all(
          columns + "WHERE state IN ('receiving', 'applying') ORDER BY created_at"
        ) { row in Import(row) }
      }
    }
  }
}

private let columns: SQL = """
  SELECT id, author, noun, format, mode, on_conflict, dry_run, language, columns, state, coding, sha256,
    total, offset, line, created, updated, unchanged, skipped, rejected, created_at, updated_at
  FROM import
  """

extension Import {
  fileprivate init(_ row: borrowing Row) {
    id = row.text(0)
    author = row.text(1)
    kind = row.text(2) == Noun.provider.name ? .provider : .credential
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
    coding = row.optionalText(10)
    sha256 = row.optionalText(11)
    total = Int(row.integer(12))
    offset = Int(row.integer(13))
    line = Int(row.integer(14)) - 1
    var counts = ImportCounts()
    counts.created = Int(row.integer(15))
    counts.updated = Int(row.integer(16))
    counts.unchanged = Int(row.integer(17))
    counts.skipped = Int(row.integer(18))
    counts.rejected = Int(row.integer(19))
    self.counts = counts
    createdAt = Instant(milliseconds: row.integer(20))
    updatedAt = Instant(milliseconds: row.integer(21))
  }
}
