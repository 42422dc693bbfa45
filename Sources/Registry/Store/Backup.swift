internal import Crypto
internal import SQLite

#if canImport(Glibc)
  internal import Glibc
#endif

/// A copy of a registry, read from beginning to end and found sound.
public struct Backup: Sendable {
  /// Rows by table, as they were at the copy's moment.
  public let counts: [(table: String, rows: Int)]
  /// Of the file's bytes, in hexadecimal.
  public let sha256: String

  /// Copies one moment of the registry at `source` into a new file, while others read and write.
  public init(of source: String, to target: String) throws(RegistryError) {
    guard unsafe access(target, F_OK) != 0 else { throw .unusable("\(target) is there already.") }
    self = try Self.copy(source, to: target) {}
  }

  /// Puts the backup at `source` in the place of the registry at `target`, or where there is none yet; the claim
  /// says that nobody serves it.
  public init(
    restoring source: String, to target: String, _ claim: Claim
  ) throws(RegistryError) {
    self = try Self.copy(source, to: target) {
      // Its pages are not to be read into the new file.
      for suffix in ["-wal", "-shm"] { _ = unsafe unlink(target + suffix) }
    }
  }

  // The copy gets its name once its pages, references and counts have been checked and it is on disk.
  private static func copy(
    _ source: String, to target: String, before rename: () -> Void
  ) throws(RegistryError) -> Backup {
    let part = target + ".part"
    _ = unsafe unlink(part)
    defer { _ = unsafe unlink(part) }
    let counts = try told { () throws(SQLiteError) in
      let from = try openReader(source)
      let to = try Connection(path: part)
      // Counts and pages are of one moment.
      try from.run("BEGIN")
      let counts = try countRows(in: from)
      try from.copy(to: to)
      try from.run("COMMIT")
      // The file is whole by itself: no log stands beside it.
      _ = try to.first("PRAGMA journal_mode = DELETE") { row in row.text(0) }
      return counts
    }
    let report = try told { () throws(SQLiteError) in try CheckReport(ofFile: part) }
    guard report.isSound, report.counts.elementsEqual(counts, by: ==) else { throw .damaged }
    let digest = try settle(part)
    rename()
    guard unsafe Glibc.rename(part, target) == 0 else {
      throw .unusable("\(target) can't be written: no such folder, or no permission.")
    }
    return Backup(counts: counts, sha256: digest)
  }

  private init(counts: [(table: String, rows: Int)], sha256: String) {
    self.counts = counts
    self.sha256 = sha256
  }
}

/// Has the file on disk, and says what its bytes come to.
private func settle(_ path: String) throws(RegistryError) -> String {
  let file = try Spool(path: path, .reading)
  try file.keep()
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
