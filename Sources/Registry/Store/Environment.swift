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
    newID: { uuidV7(at: Instant.current(), random: pooledRandom(10)) },
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

/// RFC 9562 §5.7: 48 bits of milliseconds, then random bits around version and variant.
func uuidV7(at instant: Instant, random: some Sequence<UInt8>) -> String {
  let time = UInt64(bitPattern: instant.milliseconds)
  let bytes = (0..<6).lazy.map { UInt8(truncatingIfNeeded: time >> (40 - 8 * UInt64($0))) }
  var text: [UInt8] = []
  text.reserveCapacity(36)
  var place = 0
  func add(_ byte: UInt8) {
    let byte =
      switch place {
      case 6: 0x70 | byte & 0x0F
      case 8: 0x80 | byte & 0x3F
      default: byte
      }
    if place == 4 || place == 6 || place == 8 || place == 10 { text.append(UInt8(ascii: "-")) }
    text.append(hexDigits[Int(byte >> 4)])
    text.append(hexDigits[Int(byte & 15)])
    place += 1
  }
  for byte in bytes { add(byte) }
  for byte in random { add(byte) }
  return String(decoding: text, as: UTF8.self)
}

private let hexDigits = Array("0123456789abcdef".utf8)
