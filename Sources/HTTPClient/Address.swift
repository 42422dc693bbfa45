internal import Glibc

/// An IP address: 4 bytes or 16.
public struct Address: Sendable, Equatable {
  let bytes: [UInt8]

  public init?(_ text: String) {
    var four = in_addr()
    var six = in6_addr()
    if inet_pton(AF_INET, text, &four) == 1 {
      bytes = withUnsafeBytes(of: four, Array.init)
    } else if inet_pton(AF_INET6, text, &six) == 1 {
      bytes = withUnsafeBytes(of: six, Array.init)
    } else {
      return nil
    }
  }

  /// Nil for an address of another family.
  init?(_ address: UnsafePointer<sockaddr>) {
    let start = UnsafeRawPointer(address)
    // sin_addr begins at byte 4, sin6_addr at byte 8.
    switch Int32(address.pointee.sa_family) {
    case AF_INET: bytes = Array(UnsafeRawBufferPointer(start: start + 4, count: 4))
    case AF_INET6: bytes = Array(UnsafeRawBufferPointer(start: start + 8, count: 16))
    default: return nil
    }
  }

  var family: Int32 { bytes.count == 4 ? AF_INET : AF_INET6 }

  func withSocketAddress<T>(
    port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> T
  ) -> T {
    var storage = sockaddr_storage()
    storage.ss_family = sa_family_t(family)
    let count = bytes.count == 4 ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
    withUnsafeMutableBytes(of: &storage) { storage in
      // sin_port and sin6_port stand at the same place.
      storage.storeBytes(of: port.bigEndian, toByteOffset: 2, as: UInt16.self)
      storage[(bytes.count == 4 ? 4 : 8)...].copyBytes(from: bytes)
    }
    return withUnsafePointer(to: storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(count)) }
    }
  }
}

// Who is asked, and who must not be.
extension Address {
  var isLoopback: Bool {
    bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
  }

  /// True for an address of the Internet; false for private, local, shared, reserved and multicast ones
  /// (the registries of RFC 6890).
  public var isPublic: Bool {
    if bytes.count == 4 { return !special4.contains { isIn($0.0, $0.1) } }
    // RFC 6052 §2.1: a name server of a network without IPv4 writes IPv4 addresses so.
    if isIn([0, 0x64, 0xFF, 0x9B] + [UInt8](repeating: 0, count: 8), 96) {
      return Address(bytes: Array(bytes[12...])).isPublic
    }
    // RFC 4291 §2.4: all that is given out is in 2000::/3.
    return isIn([0x20], 3) && !special6.contains { isIn($0.0, $0.1) }
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func isIn(_ prefix: [UInt8], _ bits: Int) -> Bool {
    (0..<bits).allSatisfy { bit in
      let mask: UInt8 = 0x80 >> UInt8(bit & 7)
      return bytes[bit >> 3] & mask == prefix[bit >> 3] & mask
    }
  }
}

private let special4: [([UInt8], Int)] = [
  ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12),
  ([192, 0, 0], 24), ([192, 0, 2], 24), ([192, 88, 99], 24), ([192, 168], 16), ([198, 18], 15),
  ([198, 51, 100], 24), ([203, 0, 113], 24), ([224], 4), ([240], 4),
]

// Teredo and 6to4 have an IPv4 address in them, which may be anyone's.
private let special6: [([UInt8], Int)] = [
  ([0x20, 0x01, 0x00], 23), ([0x20, 0x01, 0x0D, 0xB8], 32), ([0x20, 0x02], 16),
  ([0x3F, 0xFF, 0x00], 20),
]
