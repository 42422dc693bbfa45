internal import Dispatch
internal import HTTP
public import Registry
internal import Synchronization

/// Has what writes answered in groups: all that wait, one after another in one transaction, then all are told.
///
/// Nobody waits for others to come. Whoever finds it idle is a group of one; those who come meanwhile are
/// the next. So a request that waits occupies no worker.
public final class Gathering: Sendable {
  private struct Guest: Sendable {
    let write: Route.Turn
    let tell: @Sendable (Outcome) -> Void
  }

  /// How a request is answered, or why it failed.
  typealias Outcome = Result<@Sendable () -> Response, any Error>

  private struct State {
    var waiting: [Guest] = []
    var isAtWork = false
  }

  /// What those who wait write through, and nobody else.
  let registry: Registry
  /// So that nobody waits for a crowd's answers.
  private static let most = 256
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "cairn.gathering")

  /// `registry` is a handle that nobody else uses.
  public init(_ registry: Registry) { self.registry = registry }

  /// Runs `write` in its turn, and then tells what came of it: what it wrote is on disk by then.
  func add(
    _ write: @escaping Route.Turn, tell: @escaping @Sendable (Outcome) -> Void
  ) {
    let begins = state.withLock { state in
      state.waiting.append(Guest(write: write, tell: tell))
      defer { state.isAtWork = true }
      return !state.isAtWork
    }
    if begins { queue.async { self.work() } }
  }

  private func work() {
    while true {
      let group = state.withLock { state -> [Guest] in
        let group = Array(state.waiting.prefix(Self.most))
        state.waiting.removeFirst(group.count)
        state.isAtWork = !group.isEmpty
        return group
      }
      if group.isEmpty { return }
      for (guest, outcome) in zip(group, answer(group)) { guest.tell(outcome) }
    }
  }

  private func answer(_ group: [Guest]) -> [Outcome] {
    do {
      return try registry.together { group.map { guest in Result { try guest.write() } } }
    } catch {
      // What they had written, or had seen of each other's writing, isn't there.
      return group.map { _ in .failure(error) }
    }
  }
}
