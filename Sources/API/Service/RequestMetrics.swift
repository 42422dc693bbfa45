internal import Synchronization

/// What one loop or worker has answered: written by it, read by whoever asks `/metrics`.
final class RequestMetrics: Sendable {
  /// Upper bounds of the histogram's buckets, in nanoseconds; what takes longer is in none of them.
  static let bounds: [UInt64] = [
    100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000,
    100_000_000, 250_000_000, 500_000_000, 1_000_000_000, 5_000_000_000,
  ]

  struct Key: Hashable {
    /// The route's operationId; empty where no route took the request.
    let operation: String
    let status: Int
  }

  struct Tally {
    var count = 0
    var nanoseconds: UInt64 = 0
    /// By bucket, each with those of that bucket alone.
    var buckets = [Int](repeating: 0, count: RequestMetrics.bounds.count)

    mutating func add(_ nanoseconds: UInt64) {
      count += 1
      self.nanoseconds += nanoseconds
      if let bucket = RequestMetrics.bounds.firstIndex(where: { nanoseconds <= $0 }) {
        buckets[bucket] += 1
      }
    }

    mutating func add(_ other: Tally) {
      count += other.count
      nanoseconds += other.nanoseconds
      for index in buckets.indices { buckets[index] += other.buckets[index] }
    }
  }

  private let tallies = Mutex<[Key: Tally]>([:])

  func count(_ operation: String?, _ status: Int, nanoseconds: UInt64) {
    let key = Key(operation: operation ?? "", status: status)
    tallies.withLock { $0[key, default: Tally()].add(nanoseconds) }
  }

  func add(to all: inout [Key: Tally]) {
    for (key, tally) in tallies.withLock({ $0 }) { all[key, default: Tally()].add(tally) }
  }
}
