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
  private let isKept: Atomic<Bool>

  /// The file at `path`, for reading; a new one, for both.
  public init(path: String, isNew: Bool) throws(RegistryError) {
    self.path = path
    isKept = Atomic(!isNew)
    let flags = isNew ? O_RDWR | O_CREAT | O_TRUNC : O_RDONLY
    // What providers send is the server's to read, and nobody else's.
    descriptor = unsafe open(path, flags | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.error("\(path) can't be opened.") }
  }

  deinit {
    if !isKept.load(ordering: .relaxed) { remove() }
    close(descriptor)
  }

  /// How many bytes have been added.
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
    isKept.store(true, ordering: .relaxed)
  }

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

  /// The file's name goes; its bytes do once nobody reads them any more.
  func remove() { _ = unsafe unlink(path) }

  private static func error(_ sentence: String) -> RegistryError {
    switch errno {
    // RLIMIT_FSIZE and quotas say the same as a full disk.
    case ENOSPC, EFBIG, EDQUOT: .full
    case EROFS: .readOnly
    default: .unavailable(sentence)
    }
  }
}
