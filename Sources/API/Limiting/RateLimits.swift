internal import Synchronization

/// How many requests an address and a key may make: token buckets, the same for all loops.
///
/// A bucket is one number, the moment at which it will be full again. They are kept in shards, each with a
/// lock of its own that is held for one look-up.
public final class RateLimits: Sendable {
  /// So many requests in so many seconds; all of them at once, or as the bucket fills again.
  public struct Quota: Sendable, Equatable {
    public let requests: Int
    public let seconds: Int

    public init(_ requests: Int, in seconds: Int) {
      self.requests = requests
      self.seconds = seconds
    }

    /// Reads `3000/60`.
    public init?(_ text: String) {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        .map { Int($0) ?? 0 }
      guard parts.count == 2, parts.allSatisfy({ (1...1_000_000).contains($0) }) else {
        return nil
      }
      self.init(parts[0], in: parts[1])
    }

    /// Both in nanoseconds: what all of it takes, and one request of it.
    fileprivate var window: UInt64 { UInt64(seconds) * 1_000_000_000 }
    fileprivate var share: UInt64 { window / UInt64(requests) }
  }

  /// Where a request has left whoever made it.
  struct Standing: Equatable {
    /// The quota's name: "address" or "key".
    let name: String
    let quota: Quota
    /// How many more he may make now.
    let remaining: Int
    /// Until the quota is whole again.
    let seconds: Int
    /// How long he has to wait, where this was one too many.
    let retryAfter: Int?
  }

  /// Nil where they may make any number.
  private let address: Quota?
  private let key: Quota?
  private let shards = (0..<16).map { _ in Shard() }

  private final class Shard: Sendable {
    let buckets = Mutex<[String: UInt64]>([:])
  }

  // Enough for as many as a quota's seconds see; beyond it those that are full are let go, and then all.
  private static let mostOfShard = 8192

  public init(address: Quota?, key: Quota?) {
    self.address = address
    self.key = key
  }

  /// Takes a request's share out of the bucket of the key `id`; nil where there is no limit.
  func takeKey(_ id: String, at now: UInt64) -> Standing? {
    key.map { take($0, "key", id, at: now) }
  }

  /// Takes a request's share out of the bucket of an address; nil where there is no limit.
  func takeAddress(_ household: String, at now: UInt64) -> Standing? {
    address.map { take($0, "address", household, at: now) }
  }

  private func take(
    _ quota: Quota, _ name: String, _ subject: String, at now: UInt64
  ) -> Standing {
    let shard = shards[Int(subject.hashValue.magnitude % UInt(shards.count))]
    return shard.buckets.withLock { buckets in
      let full = max(buckets[subject] ?? now, now)
      let next = full + quota.share
      let isTooMany = next - now > quota.window
      if !isTooMany {
        if buckets.count >= Self.mostOfShard { buckets = buckets.filter { $0.value > now } }
        if buckets.count >= Self.mostOfShard { buckets = [:] }
        buckets[subject] = next
      }
      let wait = (isTooMany ? full : next) - now
      return Standing(
        name: name, quota: quota,
        remaining: isTooMany ? 0 : Int((quota.window - wait) / quota.share),
        seconds: roundedUp(wait),
        retryAfter: isTooMany ? max(1, roundedUp(next - now - quota.window)) : nil)
    }
  }

  private func roundedUp(_ nanoseconds: UInt64) -> Int {
    Int((nanoseconds + 999_999_999) / 1_000_000_000)
  }
}
