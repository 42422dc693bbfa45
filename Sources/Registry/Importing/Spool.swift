internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#endif

/// A file of bytes, however many: they are written at its end, and read anywhere.
///
/// A new one is gone with its spool, unless it is kept.
public final class Spool: Sendable {
  private let path: String
  private let descriptor: Int32
  private let length = Atomic(0)
  private let keeping: Atomic<Bool>

  public enum Use: Sendable {
    /// Somebody's file, to be read.
    case reading
    case new
    /// A spool that was kept, to be read and to be added to.
    case more
  }

  /// The file at `path`.
  public init(path: String, _ use: Use) throws(RegistryError) {
    self.path = path
    keeping = Atomic(use != .new)
    let flags =
      switch use {
      case .reading: O_RDONLY
      case .new: O_RDWR | O_CREAT | O_TRUNC
      case .more: O_RDWR
      }
    // What providers send is the server's to read, and nobody else's.
    descriptor = unsafe open(path, flags | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.error("\(path) can't be opened.") }
    if use == .more { length.store(max(0, lseek(descriptor, 0, SEEK_END)), ordering: .relaxed) }
  }

  deinit {
    if !isKept { remove() }
    close(descriptor)
  }

  /// True where the file stays when the spool goes.
  var isKept: Bool { keeping.load(ordering: .relaxed) }

  /// How many bytes are there of what is written here.
  public var count: Int { length.load(ordering: .relaxed) }

  /// Adds bytes at the end.
  public func append(_ bytes: [UInt8]) throws(RegistryError) {
    var sent = 0
    while sent < bytes.count {
      let start = length.load(ordering: .relaxed)
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe pwrite(
          descriptor, buffer.baseAddress?.advanced(by: sent), buffer.count - sent, start)
      }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw Self.error("A file couldn't be written.")
      }
      length.add(count, ordering: .relaxed)
      sent += count
    }
  }

  /// Has all of it on disk when it returns, to stay there until `remove`.
  func keep() throws(RegistryError) {
    guard fsync(descriptor) == 0 else { throw Self.error("A file couldn't be put on disk.") }
    keeping.store(true, ordering: .relaxed)
  }

  /// What was kept goes with its spool after all.
  func letGo() { keeping.store(false, ordering: .relaxed) }

  /// At most `most` bytes from `offset` on; none at the end.
  public func read(_ most: Int, at offset: Int) throws(RegistryError) -> [UInt8] {
    var failed = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: most) { free, count in
      let got = unsafe pread(descriptor, free.baseAddress, most, offset)
      failed = got < 0
      count = max(0, got)
    }
    if failed { throw Self.error("\(path) can't be read.") }
    return bytes
  }

  /// Takes what came behind `offset` away again.
  func cut(to offset: Int) throws(RegistryError) {
    guard ftruncate(descriptor, offset) == 0 else {
      throw Self.error("What came couldn't be taken back.")
    }
    length.store(offset, ordering: .relaxed)
  }

  /// Gives all of it, a buffer at a time.
  public func each(_ body: ([UInt8]) throws -> Void) throws {
    var offset = 0
    while case let bytes = try read(256 << 10, at: offset), !bytes.isEmpty {
      try body(bytes)
      offset += bytes.count
    }
  }

  /// The file's name goes; its bytes do once nobody reads them any more.
  public func remove() { Self.remove(path) }

  static func remove(_ path: String) { _ = unsafe unlink(path) }

  /// How many bytes the file at `path` has; nil where there is none.
  static func size(_ path: String) -> Int? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  private static func error(_ sentence: String) -> RegistryError {
    switch errno {
    // RLIMIT_FSIZE and quotas say the same as a full disk.
    case ENOSPC, EFBIG, EDQUOT: .full
    case EROFS: .readOnly
    default: .unavailable(sentence)
    }
  }
}
