internal import HTTP
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
