internal import Crypto

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
    newID: { uuidV7(at: Instant.current(), random: secureRandom(10)) },
    random: secureRandom)
}

private func secureRandom(_ count: Int) -> [UInt8] {
  guard let bytes = try? SystemRandom.bytes(count) else {
    // libcrypto refuses only when the kernel has no randomness to give: no key is better than a weak one.
    preconditionFailure("The system has no random bytes to give.")
  }
  return bytes
}

/// RFC 9562 §5.7: 48 bits of milliseconds, then random bits around version and variant.
func uuidV7(at instant: Instant, random: [UInt8]) -> String {
  let time = UInt64(bitPattern: instant.milliseconds)
  var bytes = (0..<6).map { UInt8(truncatingIfNeeded: time >> (40 - 8 * UInt64($0))) } + random
  bytes[6] = 0x70 | bytes[6] & 0x0F
  bytes[8] = 0x80 | bytes[8] & 0x3F
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for (index, byte) in bytes.enumerated() {
    if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
    text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }
  return String(decoding: text, as: UTF8.self)
}
