internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#endif

/// What the database has been asked for so far, by all handles; times in nanoseconds, from the first row wanted
/// to the last one had.
public struct StoreUse: Sendable {
  public internal(set) var reads = 0
  public internal(set) var readNanoseconds = 0
  /// Transactions, each with its commit; its time is that from the writer's turn on.
  public internal(set) var writes = 0
  public internal(set) var writeNanoseconds = 0
  /// Transactions that wait for the writer, or have it, now.
  public internal(set) var writersWaiting = 0
  /// Writes that failed because the disk was full.
  public internal(set) var fullFailures = 0
  /// The write-ahead log's file.
  public internal(set) var logBytes = 0
  /// Tries to move the log into the database that failed.
  public internal(set) var checkpointFailures = 0
  /// Why the last one did; nil where it didn't.
  public internal(set) var checkpointFailure: String?
}

/// Counts one kind of work: written by whoever does it, read by whoever asks.
final class WorkCounter: Sendable {
  private let count = Atomic(0)
  private let nanoseconds = Atomic(0)

  var totals: (count: Int, nanoseconds: Int) {
    (count.load(ordering: .relaxed), nanoseconds.load(ordering: .relaxed))
  }

  /// What the other has counted, who counts no more.
  func add(_ other: WorkCounter) {
    let totals = other.totals
    count.add(totals.count, ordering: .relaxed)
    nanoseconds.add(totals.nanoseconds, ordering: .relaxed)
  }

  /// One piece of work that began at `start` is done.
  func add(since start: Int) {
    count.add(1, ordering: .relaxed)
    nanoseconds.add(monotonicNanoseconds() - start, ordering: .relaxed)
  }
}

func monotonicNanoseconds() -> Int {
  var time = timespec()
  _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
