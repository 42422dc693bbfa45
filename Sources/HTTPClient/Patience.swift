internal import Glibc

/// How long a call may still take.
struct Patience {
  /// Of the monotonic clock, in milliseconds.
  private let end: Int64
  private let isStopped: @Sendable () -> Bool

  init(milliseconds: Int64, isStopped: @escaping @Sendable () -> Bool) {
    end = monotonicMilliseconds() + milliseconds
    self.isStopped = isStopped
  }

  private init(end: Int64, isStopped: @escaping @Sendable () -> Bool) {
    self.end = end
    self.isStopped = isStopped
  }

  /// The same, and at most so long from now.
  func atMost(milliseconds: Int64) -> Patience {
    Patience(end: min(end, monotonicMilliseconds() + milliseconds), isStopped: isStopped)
  }

  /// Waits until the socket can do one of `events`, or has failed.
  func wait(for events: Int32, on descriptor: Int32) throws(CallError) {
    var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    while true {
      let left = end - monotonicMilliseconds()
      if isStopped() { throw .stopped }
      if left <= 0 { throw .tooLate }
      // In slices, so that whoever stops the server waits no longer than one.
      if poll(&entry, 1, Int32(min(left, 100))) > 0 { return }
    }
  }
}

private func monotonicMilliseconds() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}
