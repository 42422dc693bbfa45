internal import Crypto
internal import SQLite

#if canImport(Glibc)
  internal import Glibc
#endif

/// A copy of a registry, read from beginning to end and found sound.
public struct Backup: Sendable {
  /// Rows by table, as they were at the copy's moment.
  public let counts: [(table: String, rows: Int)]
  /// Of the backup's bytes, in hexadecimal.
  public let sha256: String

  /// Copies one moment of the registry at `source` into a new file, while others read and write.
  public init(of source: String, to target: String) throws(BackupError) {
    let place = DatabaseFile(at: target)
    guard !place.exists, !place.hasLog else {
      let file = place.exists ? target : place.log
      throw BackupError(file: file, reason: .unusable("There is a file of that name already."))
    }
    counts = try copy(source, to: target, renewsFeed: false) {}
    sha256 = try naming(target) { () throws(RegistryError) in try digest(of: target) }
  }

  /// Puts the backup at `source` in the place of the registry at `target`, or where there is none yet; the claim
  /// says that nobody serves it.
  ///
  /// At each moment the place has all of the one, or all of the other. What is restored is another feed: changes that
  /// the backup doesn't know were told, and the next ones have their numbers.
  public init(restoring source: String, to target: String, _ claim: Claim) throws(BackupError) {
    sha256 = try naming(source) { () throws(RegistryError) in try digest(of: source) }
    counts = try copy(source, to: target, renewsFeed: true) { () throws(RegistryError) in
      try endLog(of: DatabaseFile(at: target))
    }
  }
}

// The copy gets its name once its pages, references and counts have been checked and it is on disk.
private func copy(
  _ source: String, to target: String, renewsFeed: Bool,
  before rename: () throws(RegistryError) -> Void
) throws(BackupError) -> [(table: String, rows: Int)] {
  let place = DatabaseFile(at: target)
  let part = place.path + ".part"
  _ = unsafe unlink(part)
  defer { _ = unsafe unlink(part) }
  // Until it is known who may, nobody else reads what is copied.
  try naming(target) { () throws(RegistryError) in try Spool(path: part, .new).keep() }
  let counts = try copyPages(of: source, to: part, for: target, renewsFeed: renewsFeed)
  let report = try naming(target) { () throws(RegistryError) in try CheckReport(of: part, .file) }
  guard report.isWhole, report.counts.elementsEqual(counts, by: ==) else {
    throw BackupError(file: source, reason: .damaged)
  }
  try naming(target) { () throws(RegistryError) in
    try Spool(path: part, .reading).keep()
    try rename()
    keepMode(of: place.exists ? place.path : source, for: part)
    guard unsafe Glibc.rename(part, place.path) == 0 else {
      throw .unusable("The file can't be written: no permission.")
    }
    syncFolder(place.folder)
  }
  return counts
}

/// Why there is no copy.
public struct BackupError: Error, Equatable, CustomStringConvertible {
  /// The file that is at fault.
  public let file: String
  public let reason: RegistryError

  public var description: String { "\(file): \(reason)" }
}

private func naming<T: ~Copyable>(
  _ file: String, _ work: () throws(RegistryError) -> T
) throws(BackupError) -> T {
  do throws(RegistryError) { return try work() } catch {
    throw BackupError(file: file, reason: error)
  }
}

private func copyPages(
  of source: String, to part: String, for target: String, renewsFeed: Bool
) throws(BackupError) -> [(table: String, rows: Int)] {
  let from = try naming(source) { () throws(RegistryError) in try openRegistry(source) }
  let to = try naming(target) { () throws(RegistryError) in
    try told { () throws(SQLiteError) in try Connection(path: part) }
  }
  do throws(SQLiteError) {
    // Counts and pages are of one moment.
    try from.run("BEGIN")
    let counts = try countRows(in: from)
    try from.copy(to: to)
    try from.run("COMMIT")
    // The file is whole by itself: no log stands beside it.
    _ = try to.first("PRAGMA journal_mode = DELETE") { row in row.text(0) }
    if renewsFeed { try to.renewFeed() }
    return counts
  } catch {
    let isFull = .full ~= error.code
    throw BackupError(file: isFull ? target : source, reason: RegistryError(error))
  }
}

private func openRegistry(_ path: String) throws(RegistryError) -> Connection {
  let connection = try told { () throws(SQLiteError) in try Connection.looking(at: path) }
  _ = try isCurrentRegistry(connection)
  return connection
}

/// Has all of the registry in its one file, so that another can take its name; fails where a program has it open.
///
/// What is damaged, or gone, has no log worth keeping; SQLite would read it into the file that comes in its place.
private func endLog(of registry: DatabaseFile) throws(RegistryError) {
  guard registry.exists else { return removeLog(of: registry) }
  do throws(SQLiteError) {
    let connection = try Connection(path: registry.path)
    _ = try connection.first("PRAGMA journal_mode = DELETE") { row in row.text(0) }
    removeLog(of: registry)
  } catch {
    switch error.code {
    case .corrupt, .notADatabase: removeLog(of: registry)
    case .busy: throw .unusable("Another program has the database open; end that one first.")
    default: throw RegistryError(error)
    }
  }
}

private func removeLog(of registry: DatabaseFile) {
  for name in [registry.log, registry.sharedMemory] { _ = unsafe unlink(name) }
  syncFolder(registry.folder)
}

/// Who can read `file`, and nobody else, reads what comes in its place, or what is copied of it.
private func keepMode(of file: String, for part: String) {
  var status = stat()
  if unsafe stat(file, &status) == 0 {
    _ = unsafe chmod(part, status.st_mode & 0o777)
  }
}

private func digest(of path: String) throws(RegistryError) -> String {
  let file = try Spool(path: path, .reading)
  var digest = SHA256Stream()
  var offset = 0
  while true {
    let bytes = try file.read(1 << 20, at: offset)
    if bytes.isEmpty { break }
    digest.add(bytes)
    offset += bytes.count
  }
  return hexadecimal(digest.finish())
}

func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
}
