#if canImport(Glibc)
  internal import Glibc
#endif

/// Where a database is, and what SQLite keeps beside it.
public struct DatabaseFile: Sendable {
  /// Without symbolic links where there is a file; as it was given where there is none.
  public let path: String

  public init(at path: String) {
    guard let real = unsafe realpath(path, nil) else {
      self.path = path
      return
    }
    self.path = unsafe String(cString: real)
    unsafe free(real)
  }

  /// The write-ahead log.
  public var log: String { path + "-wal" }
  /// Where processes tell each other of the log.
  public var sharedMemory: String { path + "-shm" }

  public var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  public var exists: Bool { unsafe access(path, F_OK) == 0 }
  var hasLog: Bool { unsafe access(log, F_OK) == 0 }

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
