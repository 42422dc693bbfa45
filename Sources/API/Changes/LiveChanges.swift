public import HTTP
internal import HTTPTypes
internal import Registry
internal import Synchronization

/// What those who follow `/v1/changes` share: the bell that wakes them, and the events it wakes them for.
///
/// A thousand who stand at the same place get the same bytes, read and written once.
public final class LiveChanges: Sendable {
  /// To be rung after each commit.
  public let bell = Bell()
  private let recent = Mutex(Recent())
  private let reader = Mutex<Registry?>(nil)

  /// What was made since the bell was last heard.
  private struct Recent {
    var count = 0
    var batches: [Place: Batch] = [:]
  }

  /// Who asks for what, and how far he is.
  struct Place: Hashable {
    let viewer: Viewer
    let filters: [String]
    var since: Int64
  }

  struct Batch {
    let events: [UInt8]
    let last: Int64
    let rest: BodySource.Rest
  }

  public init() {}

  /// The handle beside `registry` by which all of them read, so that nobody else waits for his.
  func reader(beside registry: Registry) throws -> Registry {
    try reader.withLock { reader in
      if let reader { return reader }
      let made = try registry.handle()
      reader = made
      return made
    }
  }

  /// The events at `place`: those that someone else was told since the bell was heard, or those that `make` makes.
  func batch(at place: Place, make: () throws -> Batch) throws -> Batch {
    let count = bell.count
    let known = recent.withLock { recent in
      if recent.count != count { recent = Recent(count: count) }
      return recent.batches[place]
    }
    if let known { return known }
    let made = try make()
    recent.withLock { recent in
      // Where there is nothing, asking costs nothing; and few stand at a place of their own for long.
      guard !made.events.isEmpty, recent.count == count, recent.batches.count < 16 else { return }
      recent.batches[place] = made
    }
    return made
  }
}
