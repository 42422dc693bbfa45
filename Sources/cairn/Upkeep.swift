internal import Logging
internal import Registry

/// What a server does while nobody writes: it puts the indexes of words together, a step at a time, so that
/// whoever writes again waits for one step at most.
///
/// It also looks whether the write-ahead log is moved, whoever writes.
struct Upkeep {
  /// Minutes with more commits, or with more nanoseconds of writing, are somebody else's.
  private static let (fewWrites, fewNanoseconds) = (60, 6_000_000_000)

  private let registry: Registry
  private let logger: Logger
  private var use: StoreUse
  private var log: LogWatch
  private var day = ContinuousClock.now
  private var hasMore = false

  init(_ registry: Registry, _ logger: Logger) {
    self.registry = registry
    self.logger = logger
    use = registry.use
    log = LogWatch(logger)
  }

  /// Seconds until the next step.
  var pause: Int { hasMore ? 0 : 60 }

  /// True once a day.
  mutating func isNewDay() -> Bool {
    guard day.duration(to: .now) >= .seconds(86_400) else { return false }
    day = .now
    return true
  }

  mutating func step() {
    let before = use
    use = registry.use
    log.look(at: use, after: before)
    let isQuiet =
      use.writes - before.writes < Self.fewWrites
      && use.writeNanoseconds - before.writeNanoseconds < Self.fewNanoseconds
    guard hasMore || isQuiet else { return }
    do throws(RegistryError) { hasMore = try registry.mergeWords() } catch {
      // A full disk, say: the next minute may have more.
      hasMore = false
      logger.error("words not put together", metadata: ["cause": "\(error)"])
    }
    use = registry.use
  }
}
