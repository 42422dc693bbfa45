import Registry
import Synchronization
import Testing

/// A clock that a test sets.
final class Clock: Sendable {
  private let now = Mutex(Instant(milliseconds: 0))

  func set(_ text: String) throws {
    let instant = try #require(Instant(text))
    now.withLock { $0 = instant }
  }

  var environment: Environment {
    var environment = Environment.live
    environment.now = { self.now.withLock { $0 } }
    return environment
  }
}
