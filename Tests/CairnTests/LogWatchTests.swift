import Logging
import Synchronization
import Testing

@testable import Registry
@testable import cairn

@Suite struct LogWatchTests {
  /// Keeps what is logged.
  private final class Kept: Sendable {
    let lines = Mutex<[String]>([])
  }

  private struct Handler: LogHandler {
    let kept: Kept
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    func log(event: LogEvent) {
      kept.lines.withLock {
        $0.append("\(event.level): \(event.message) \(event.metadata?["cause"] ?? "")")
      }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }
  }

  @Test func `a log that stays where it is is told of once, and once that it doesn't any more`() {
    let kept = Kept()
    var watch = LogWatch(Logger(label: "test") { _ in Handler(kept: kept) })
    for failure in [nil, "the disk is full", "the disk is full", nil, nil] {
      var use = StoreUse()
      use.checkpointFailure = failure
      watch.look(at: use, after: StoreUse())
    }
    let lines = kept.lines.withLock { $0 }
    #expect(lines.count == 2)
    #expect(lines.first?.hasPrefix("error: ") == true)
    #expect(lines.first?.hasSuffix("the disk is full") == true)
    #expect(lines.last?.hasPrefix("info: ") == true)
  }

  @Test func `a full disk is told of once, and once that something was written again`() {
    let kept = Kept()
    var watch = LogWatch(Logger(label: "test") { _ in Handler(kept: kept) })
    var before = StoreUse()
    for (failures, writes) in [(0, 1), (3, 4), (5, 6), (5, 6), (5, 7), (5, 8)] {
      var use = StoreUse()
      (use.fullFailures, use.writes) = (failures, writes)
      watch.look(at: use, after: before)
      before = use
    }
    let lines = kept.lines.withLock { $0 }
    #expect(
      lines == ["error: writes are refused The disk is full.", "info: writes are taken again "])
  }
}
