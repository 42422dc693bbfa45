internal import Crypto
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#endif

/// What a test must hold still.
public struct Environment: Sendable {
  public var now: @Sendable () -> Instant
  public var newID: @Sendable () -> String
  /// That many random bytes, fit for keys.
  public var random: @Sendable (Int) -> [UInt8]
  /// Told after each commit.
  public var wrote: @Sendable () -> Void

  public init(
    now: @escaping @Sendable () -> Instant, newID: @escaping @Sendable () -> String,
    random: @escaping @Sendable (Int) -> [UInt8], wrote: @escaping @Sendable () -> Void = {}
  ) {
    self.now = now
    self.newID = newID
    self.random = random
    self.wrote = wrote
  }

  public static let live = Environment(
    now: Instant.current,
    newID: { ids.next(at: Instant.current(), random: pooledRandom(10)) },
    random: secureRandom)
}

private func secureRandom(_ count: Int) -> [UInt8] {
  guard let bytes = try? SystemRandom.bytes(count) else {
    // libcrypto refuses only when the kernel has no randomness to give: no key is better than a weak one.
    preconditionFailure("The system has no random bytes to give.")
  }
  return bytes
}

/// As random, for what is no secret: OpenSSL is asked for many bytes at once, which costs about as much as for few.
private func pooledRandom(_ count: Int) -> ArraySlice<UInt8> {
  pool.withLock { pool in
    if pool.count < count { pool = secureRandom(4096)[...] }
    defer { pool.removeFirst(count) }
    return pool.prefix(count)
  }
}

private let pool = Mutex<ArraySlice<UInt8>>([])
private let ids = UUIDs()
