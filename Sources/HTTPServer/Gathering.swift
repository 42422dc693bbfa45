internal import Dispatch
internal import HTTP
internal import Synchronization

/// Has requests answered in groups: all that wait, one after another, then all are told.
///
/// Nobody waits for others to come. Whoever finds it idle is a group of one; those who come meanwhile are
/// the next. So a request that waits occupies no worker.
final class Gathering: Sendable {
  private struct Guest: Sendable {
    let request: Request
    let tell: @Sendable (Response) -> Void
  }

  private struct State {
    var waiting: [Guest] = []
    var isAtWork = false
    /// Made when it is first wanted.
    var service: Service?
  }

  /// So that nobody waits for a crowd's answers.
  private static let most = 256
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "cairn.gathering")
  private let make: @Sendable () -> Service

  init(make: @escaping @Sendable () -> Service) { self.make = make }

  func add(_ request: Request, tell: @escaping @Sendable (Response) -> Void) {
    let begins = state.withLock { state in
      state.waiting.append(Guest(request: request, tell: tell))
      defer { state.isAtWork = true }
      return !state.isAtWork
    }
    if begins { queue.async { self.work() } }
  }

  private func work() {
    let service = state.withLock { $0.service } ?? make()
    state.withLock { $0.service = service }
    while true {
      let group = state.withLock { state -> [Guest] in
        let group = Array(state.waiting.prefix(Self.most))
        state.waiting.removeFirst(group.count)
        state.isAtWork = !group.isEmpty
        return group
      }
      if group.isEmpty { return }
      let responses = service.respondTogether(group.map(\.request))
      for (guest, response) in zip(group, responses) { guest.tell(response) }
    }
  }
}
