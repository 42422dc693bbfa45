#if canImport(Glibc)
  internal import Glibc
#endif

/// Where a database is, and what SQLite keeps beside it.
public struct DatabaseFile: Sendable {
  /// Without symbolic links, also where the last one leads to a file that isn't there yet.
  public let path: String

  public init(at path: String) {
    var path = path
    // As many as Linux follows (path_resolution(7)).
    for _ in 0..<40 {
      guard let target = Self.target(of: path) else { break }
      path = target.hasPrefix("/") ? target : Self.folder(of: path) + "/" + target
    }
    if let real = Self.real(path) {
      self.path = real
    } else {
      let name = path.split(separator: "/").last.map { "/" + $0 } ?? ""
      self.path = Self.real(Self.folder(of: path)).map { $0 + name } ?? path
    }
  }

  private static func real(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  private static func target(of link: String) -> String? {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlink(link, &target, target.count)
    guard count > 0 else { return nil }
    return String(decoding: target[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The write-ahead log.
  public var log: String { path + "-wal" }
  /// Where processes tell each other of the log.
  public var sharedMemory: String { path + "-shm" }

  public var folder: String { Self.folder(of: path) }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  public var exists: Bool { unsafe access(path, F_OK) == 0 }
  public var hasLog: Bool { unsafe access(log, F_OK) == 0 }

  /// True where no log can be kept beside it, as on a read-only disk, and there is none: nobody writes it.
  var isFrozen: Bool { unsafe access(folder, W_OK) != 0 && !hasLog }

  /// What opens it as one that nobody writes (https://www.sqlite.org/uri.html §3.1).
  var frozenURI: String {
    var uri = "file:"
    for scalar in path.unicodeScalars {
      switch scalar {
      case "%", "?", "#": uri += "%" + String(scalar.value, radix: 16)
      default: uri.unicodeScalars.append(scalar)
      }
    }
    return uri + "?immutable=1"
  }
}
