/// Which connections to ask for their deadlines when: buckets of a second.
///
/// Moving a deadline on costs nothing: a bucket that comes due asks the connection, and it goes into a
/// later one if it isn't due at all.
struct Deadlines {
  private var buckets: [[UInt64]] = Array(repeating: [], count: 128)
  private var first: Int64

  init(now: Int64) { first = now / 1000 }

  /// The second in which something due at that millisecond is looked at; what is due later than there
  /// are buckets is looked at in the last, too early.
  func second(of due: Int64) -> Int64 {
    min(max(due / 1000 + 1, first), first + Int64(buckets.count) - 1)
  }

  mutating func add(_ token: UInt64, at second: Int64) {
    buckets[Int(second % Int64(buckets.count))].append(token)
  }

  /// The next second that is over, and who is to be asked then.
  mutating func next(now: Int64) -> (second: Int64, tokens: [UInt64])? {
    guard first <= now / 1000 else { return nil }
    let index = Int(first % Int64(buckets.count))
    defer {
      buckets[index] = []
      first += 1
    }
    return (first, buckets[index])
  }
}
