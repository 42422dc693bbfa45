internal import JSON

#if canImport(Glibc)
  internal import Glibc
#endif

/// A folder of dumps.
///
/// Each is a folder in it, named by its moment, that is whole from when it has this name.
public struct DumpFolder: Sendable {
  let path: String

  /// The folder is made when there is none.
  public init(path: String) throws(RegistryError) {
    self.path = path
    guard unsafe mkdir(path, 0o755) == 0 || errno == EEXIST else {
      throw .unusable("\(path) can't be made: no such folder, or no permission.")
    }
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw .unusable("\(path) is no folder.")
    }
  }

  /// The dumps that are there, the newest first.
  public var dumps: [Dump] { names(in: path).sorted(by: >).compactMap(dump) }

  /// The dump with this name; the newest one is the latest, too.
  public func dump(named name: String) throws(RegistryError) -> Dump {
    // Among those that are there: whatever is asked for, it is never made a part of a path.
    guard let dump = dumps.first(where: { $0.name == name || name == "latest" }) else {
      throw .unknown(
        resource: "dump", id: name, nearest: nearest(to: name, among: dumps.map(\.name)))
    }
    return dump
  }

  /// The file for reading, even if its dump goes meanwhile.
  public func open(_ file: Dump.File, of dump: Dump) throws(RegistryError) -> Spool {
    try Spool(path: "\(path)/\(dump.name)/\(file.name)", .reading)
  }

  /// A dump on its way; nobody else makes one here until it is done.
  public func begin(at moment: Instant) throws(RegistryError) -> DumpDraft {
    let turn = try DumpTurn(in: path)
    // What others began and didn't end is nobody's now.
    for name in names(in: path) where name.hasSuffix(draftSuffix) { remove(name) }
    return try DumpDraft(in: self, at: moment, turn)
  }

  /// Removes all but the newest so many.
  func keep(_ count: Int) {
    for dump in dumps.dropFirst(count) { remove(dump.name) }
  }

  func remove(_ name: String) {
    let folder = "\(path)/\(name)"
    // Without its manifest it is no dump any more, whatever becomes of the rest.
    for file in [manifestName] + names(in: folder) { _ = unsafe unlink("\(folder)/\(file)") }
    _ = unsafe rmdir(folder)
  }

  private func dump(_ name: String) -> Dump? {
    guard isDumpName(name),
      let file = try? Spool(path: "\(path)/\(name)/\(manifestName)", .reading),
      let bytes = try? file.read(1 << 20, at: 0), let json = try? JSONValue(parsing: bytes),
      let dump = Dump(json), dump.name == name
    else { return nil }
    return dump
  }
}

let manifestName = "manifest.json"
let draftSuffix = ".part"

/// `20261125T023000Z`, ISO 8601's basic format: it sorts, and needs no escaping anywhere.
func dumpName(_ moment: Instant) -> String {
  let text = Instant(milliseconds: moment.milliseconds / 1000 * 1000).text
  return String(text.filter { $0 != "-" && $0 != ":" })
}

private func isDumpName(_ name: String) -> Bool {
  let bytes = Array(name.utf8)
  return bytes.count == 16
    && bytes.enumerated().allSatisfy { index, byte in
      switch index {
      case 8: byte == UInt8(ascii: "T")
      case 15: byte == UInt8(ascii: "Z")
      default: (48...57).contains(byte)
      }
    }
}

/// What is in a folder; nothing where there is none.
private func names(in path: String) -> [String] {
  guard let folder = unsafe opendir(path) else { return [] }
  defer { unsafe closedir(folder) }
  var names: [String] = []
  while let entry = unsafe readdir(folder) {
    let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names
}
