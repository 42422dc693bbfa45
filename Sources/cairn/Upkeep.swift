internal import Logging
internal import Registry

/// What a server does while nobody writes: it puts the indexes of words together, a step at a time, so that
/// whoever writes again waits for one step at most.
struct Upkeep {
  /// Minutes in which more was written are somebody else's.
  private static let fewWrites = 60

  private let registry: Registry
  private let logger: Logger
  private var writes: Int
  private var day = ContinuousClock.now
  private var hasMore = false

  init(_ registry: Registry, _ logger: Logger) {
    self.registry = registry
    self.logger = logger
    writes = registry.use.writes
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
    let before = writes
    writes = registry.use.writes
    guard hasMore || writes - before < Self.fewWrites else { return }
    do throws(RegistryError) { hasMore = try registry.mergeWords() } catch {
      // A full disk, say: the next minute may have more.
      hasMore = false
      logger.error("words not put together", metadata: ["cause": "\(error)"])
    }
    writes = registry.use.writes
  }
}
