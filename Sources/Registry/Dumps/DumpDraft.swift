internal import Crypto
internal import JSON
internal import SQLite

#if canImport(Glibc)
  internal import Glibc
#endif

/// A dump on its way, under a name by which nobody finds it; what isn't published is gone with its draft.
public final class DumpDraft {
  private let folder: DumpFolder
  private let moment: Instant
  private let name: String
  private let turn: DumpTurn
  private var files: [Dump.File] = []

  init(in folder: DumpFolder, at moment: Instant, _ turn: consuming DumpTurn) throws(RegistryError)
  {
    self.folder = folder
    self.moment = moment
    self.turn = turn
    name = dumpName(moment)
    guard unsafe access("\(folder.path)/\(name)", F_OK) != 0 else {
      throw .conflict("There is a dump of this second.")
    }
    guard unsafe mkdir("\(folder.path)/\(name)\(draftSuffix)", 0o755) == 0 else {
      throw errno == ENOSPC ? .full : .unusable("\(folder.path) can't be written.")
    }
  }

  deinit { folder.remove(name + draftSuffix) }

  /// Where the file with this name is.
  public func path(of file: String) -> String { "\(folder.path)/\(name)\(draftSuffix)/\(file)" }

  /// A new file of it.
  public func file(_ name: String) throws(RegistryError) -> DumpFile {
    try DumpFile(name, at: path(of: name))
  }

  /// Takes in a file that is whole.
  public func add(_ file: DumpFile, mediaType: String, rows: Int?) throws(RegistryError) {
    files.append(try file.finish(mediaType, rows))
  }

  /// Takes in a database that is there, and that nobody has open.
  public func addDatabase(_ name: String) throws(RegistryError) {
    try told { () throws(SQLiteError) in
      // The file is whole by itself: no log stands beside it.
      _ = try Connection(path: path(of: name)).first("PRAGMA journal_mode = DELETE") { row in
        row.text(0)
      }
    }
    let file = try DumpFile(reading: name, at: path(of: name))
    // As IANA's registry of media types has it.
    try add(file, mediaType: "application/vnd.sqlite3", rows: nil)
  }

  /// Has everything on disk and gives it its name, at once; keeps so many dumps, this one among them.
  public func publish(
    upTo place: FeedPlace, version: String, keeping count: Int
  ) throws(RegistryError) -> Dump {
    let dump = Dump(
      name: name, madeAt: Instant(milliseconds: moment.milliseconds / 1000 * 1000),
      place: place, version: version, files: files)
    let manifest = try file(manifestName)
    try manifest.append(dump.json.bytes + "\n".utf8)
    _ = try manifest.finish("application/json", nil)
    let target = "\(folder.path)/\(name)"
    syncFolder(path(of: "."))
    guard unsafe rename(target + draftSuffix, target) == 0 else {
      throw .unusable("\(folder.path) can't be written.")
    }
    syncFolder(folder.path)
    folder.keep(count)
    return dump
  }
}

/// A file of a dump on its way: written at its end, and digested meanwhile.
public final class DumpFile {
  private let name: String
  private let path: String
  private let spool: Spool
  private var digest = SHA256Stream()
  private var count = 0

  fileprivate init(_ name: String, at path: String) throws(RegistryError) {
    self.name = name
    self.path = path
    spool = try Spool(path: path, .new)
  }

  fileprivate init(reading name: String, at path: String) throws(RegistryError) {
    self.name = name
    self.path = path
    spool = try Spool(path: path, .reading)
    while case let bytes = try spool.read(1 << 20, at: count), !bytes.isEmpty {
      digest.add(bytes)
      count += bytes.count
    }
  }

  public func append(_ bytes: [UInt8]) throws(RegistryError) {
    try spool.append(bytes)
    digest.add(bytes)
    count += bytes.count
  }

  fileprivate func finish(_ mediaType: String, _ rows: Int?) throws(RegistryError) -> Dump.File {
    try spool.keep()
    // What everyone may have, another server may serve.
    _ = unsafe chmod(path, 0o644)
    var whole = SHA256Stream()
    swap(&whole, &digest)
    return Dump.File(
      name: name, mediaType: mediaType, bytes: count, rows: rows,
      sha256: hexadecimal(whole.finish()))
  }
}

/// The right to make a dump in a folder: one process has it at a time, and it ends with the process.
struct DumpTurn: ~Copyable {
  private let descriptor: Int32

  init(in folder: String) throws(RegistryError) {
    descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unusable("\(folder) isn't a folder that can be read.") }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .conflict("Another dump is being made in \(folder).")
    }
  }

  deinit {
    // A child that was just being started would hold it on until it runs its own program.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
