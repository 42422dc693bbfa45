internal import Glibc
internal import Synchronization

/// How many connections each address has, over all loops; asked when one begins or ends, never for a request.
final class Crowd: Sendable {
  private let counts = Mutex<[String: Int]>([:])
  private let most: Int

  init(most: Int) { self.most = most }

  /// False where the address has as many as it may; none, as a Unix-domain socket's clients have, is
  /// nobody's.
  func enter(_ address: String) -> Bool {
    if address.isEmpty { return true }
    let key = household(address)
    return counts.withLock { counts in
      let count = counts[key, default: 0]
      guard count < most else { return false }
      counts[key] = count + 1
      return true
    }
  }

  func leave(_ address: String) {
    if address.isEmpty { return }
    let key = household(address)
    counts.withLock { counts in
      let count = counts[key, default: 1] - 1
      counts[key] = count == 0 ? nil : count
    }
  }
}

// One IPv4 address, or 64 bits of an IPv6 one, which is the least that a customer is given (RFC 6177 §2). An
// IPv4 address may come mapped into IPv6 (RFC 4291 §2.5.5.2).
private func household(_ address: String) -> String {
  var six = in6_addr()
  guard inet_pton(AF_INET6, address, &six) == 1 else { return address }
  return withUnsafeBytes(of: six) { bytes in
    let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
    let part = isMapped ? bytes[12...] : bytes[..<8]
    return part.map { String($0) }.joined(separator: isMapped ? "." : ":")
  }
}
