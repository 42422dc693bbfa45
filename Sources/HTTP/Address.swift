internal import Glibc

/// Whom an address stands for: one IPv4 address, or 64 bits of an IPv6 one, which is the least that a customer is
/// given (RFC 6177 §2).
///
/// An IPv4 address may come mapped into IPv6 (RFC 4291 §2.5.5.2).
public func household(_ address: String) -> String {
  var six = in6_addr()
  guard unsafe inet_pton(AF_INET6, address, &six) == 1 else { return address }
  return unsafe withUnsafeBytes(of: six) { bytes in
    let isMapped =
      unsafe bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
    let part = unsafe isMapped ? bytes[12...] : bytes[..<8]
    return unsafe part.map { String($0) }.joined(separator: isMapped ? "." : ":")
  }
}

/// True for an address of the machine itself (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3).
public func isLoopback(_ address: String) -> Bool {
  address == "::1" || household(address).hasPrefix("127.")
}
