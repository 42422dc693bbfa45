/// Which connections are due when, in buckets of a second; a connection stands in one of them.
///
/// Moving a deadline on costs nothing: a bucket that comes due asks the connection, and puts it into a
/// later one if it isn't due at all.
struct Deadlines {
  private var buckets: [[UInt64]]
  private var next: Int64

  init(now: Int64) {
    buckets = Array(repeating: [], count: 128)
    next = now / 1000
  }

  mutating func add(_ token: UInt64, due: Int64) {
    // What is due later than the last bucket is asked there, too early, and added again.
    let second = min(max(due / 1000 + 1, next), next + Int64(buckets.count) - 1)
    buckets[Int(second % Int64(buckets.count))].append(token)
  }

  /// The connections to ask, those of all seconds that are over.
  mutating func due(now: Int64) -> [UInt64] {
    var due: [UInt64] = []
    while next <= now / 1000 {
      let index = Int(next % Int64(buckets.count))
      due += buckets[index]
      buckets[index] = []
      next += 1
    }
    return due
  }
}
