internal import API
internal import Dispatch
internal import Glibc
internal import Logging
internal import Registry
internal import Synchronization

/// Makes a dump each day at one time of UTC, behind the requests' back.
final class Nightly: Sendable {
  private struct Figures {
    var made = 0
    var failed = 0
    var lastMadeAt: Instant?
    var lastSeconds = 0.0
  }

  private let registry: Registry
  private let folder: DumpFolder
  private let timeOfDay: Instant
  private let count: Int
  private let logger: Logger
  private let figures = Mutex(Figures())
  private let queue = DispatchQueue(label: "cairn.dumps", qos: .background)

  /// `time` is that of 1970's first day.
  init(
    _ registry: Registry, _ folder: DumpFolder, at time: Instant, keeping count: Int,
    _ logger: Logger
  ) {
    self.registry = registry
    self.folder = folder
    self.timeOfDay = time
    self.count = count
    self.logger = logger
    figures.withLock { $0.lastMadeAt = folder.dumps.first?.madeAt }
  }

  /// Waits for the next time, and then for the ones after it.
  func start() { wait(from: registry.now) }

  private func wait(from moment: Instant) {
    let day: Int64 = 86_400_000
    let since = (moment.milliseconds - timeOfDay.milliseconds) % day
    let wait = Int(day - since)
    queue.asyncAfter(wallDeadline: .now() + .milliseconds(wait)) {
      self.dump()
      // A clock that was put back a little must not have it made twice.
      self.wait(
        from: max(self.registry.now, Instant(milliseconds: moment.milliseconds + Int64(wait))))
    }
  }

  private func dump() {
    // To Linux this is the thread alone, and its pool works for queues of this class and no others: whoever asks comes
    // first.
    _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
    let start = ContinuousClock.now
    do {
      let dump = try registry.dump(into: folder, version: version, keeping: count)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      figures.withLock { figures in
        figures.made += 1
        figures.lastMadeAt = dump.madeAt
        figures.lastSeconds = seconds
      }
      logger.info(
        "dump made", metadata: ["dump.name": "\(dump.name)", "seconds": "\(Int(seconds))"])
    } catch {
      figures.withLock { $0.failed += 1 }
      logger.error("dump not made", metadata: ["cause": "\(error)"])
    }
  }

  /// What `/metrics` tells of it.
  var samples: [Metrics.Sample] {
    let figures = figures.withLock { $0 }
    return [
      .init(
        "cairn_dumps_made_total", .counter, "Nightly dumps that are whole.", Double(figures.made)),
      .init(
        "cairn_dumps_failed_total", .counter, "Nightly dumps that came to nothing.",
        Double(figures.failed)),
      .init(
        "cairn_dump_last_made_timestamp_seconds", .gauge,
        "The newest one's moment, in seconds since 1970; 0 where there is none.",
        Double((figures.lastMadeAt?.milliseconds ?? 0) / 1000)),
      .init(
        "cairn_dump_last_duration_seconds", .gauge, "How long the last one took.",
        figures.lastSeconds),
    ]
  }
}
