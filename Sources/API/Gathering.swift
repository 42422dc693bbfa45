internal import Dispatch
internal import HTTP
public import Registry
internal import Synchronization

/// Has what writes answered in groups: one after another in one transaction, then all are told.
///
/// So a request that waits occupies no worker. Who comes before the others are done joins them. Those who were
/// answered often ask again at once: a group that begins then, and is smaller than the one before, waits for more before
/// it commits, half as long at most as that one's commit took. Whoever comes alone waits for nobody.
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
    /// True while those who are at work wait for the next to come.
    var isAwaiting = false
    /// The group before.
    var last = Past()

    mutating func take(_ most: Int) -> [Guest] {
      defer { waiting.removeFirst(min(most, waiting.count)) }
      return Array(waiting.prefix(most))
    }
  }

  /// What those who wait write through, and nobody else.
  let registry: Registry
  /// So that nobody waits for a crowd's answers.
  private static let most = 256
  private let patience: Duration
  private let state = Mutex(State())
  private let arrival = DispatchSemaphore(value: 0)
  private let queue = DispatchQueue(label: "cairn.gathering")

  /// `registry` is a handle that nobody else uses.
  ///
  /// However long a commit takes, the next waits no longer than `patience` for company.
  public init(_ registry: Registry, patience: Duration = .milliseconds(10)) {
    self.registry = registry
    self.patience = patience
  }

  /// Runs `write` in its turn, and then tells what came of it: what it wrote is on disk by then.
  func add(
    _ write: @escaping Route.Turn, tell: @escaping @Sendable (Outcome) -> Void
  ) {
    let (begins, isAwaited) = state.withLock { state in
      state.waiting.append(Guest(write: write, tell: tell))
      defer { (state.isAtWork, state.isAwaiting) = (true, false) }
      return (!state.isAtWork, state.isAwaiting)
    }
    if isAwaited { arrival.signal() }
    if begins { queue.async { self.work() } }
  }

  private func work() {
    while true {
      let first = state.withLock { state in
        let first = state.take(Self.most)
        state.isAtWork = !first.isEmpty
        return first
      }
      if first.isEmpty { return }
      answer(first)
    }
  }

  /// Answers those who came first and those who join them.
  private func answer(_ first: [Guest]) {
    let last = state.withLock { $0.last }
    var patience = min(patience, last.patience(at: .now))
    var group: [Guest] = []
    var outcomes: [Outcome] = []
    var written = ContinuousClock.now
    do {
      try registry.together {
        var here = first
        while !here.isEmpty {
          outcomes += here.map { guest in Result { try guest.write() } }
          group += here
          if group.count < last.size { wait(&patience) }
          here = state.withLock { $0.take(Self.most - group.count) }
        }
        written = .now
      }
    } catch {
      // What they had written, or had seen of each other's writing, isn't there.
      outcomes = group.map { _ in .failure(error) }
    }
    let end = ContinuousClock.now
    let past = Past(size: group.count, commit: end - written, end: end)
    state.withLock { $0.last = past }
    for (guest, outcome) in zip(group, outcomes) { guest.tell(outcome) }
  }

  /// Returns when somebody waits, or when patience ends.
  private func wait(_ patience: inout Duration) {
    let start = ContinuousClock.now
    let isAlone = state.withLock { state in
      state.isAwaiting = state.waiting.isEmpty && patience > .zero
      return state.isAwaiting
    }
    guard isAlone else { return }
    let limit = DispatchTime.now() + .nanoseconds(Int(patience / .nanoseconds(1)))
    if arrival.wait(timeout: limit) == .timedOut {
      let isLate = state.withLock { state in
        defer { state.isAwaiting = false }
        return !state.isAwaiting
      }
      // Who came at the last moment has signalled, or is about to.
      if isLate { arrival.wait() }
    }
    patience -= ContinuousClock.now - start
  }
}

/// What is known of a group once it has ended.
private struct Past {
  var size = 0
  var commit = Duration.zero
  var end = ContinuousClock.now

  /// How long a group that begins now may wait for as many: not at all where nobody came for longer than that one's
  /// commit took.
  func patience(at now: ContinuousClock.Instant) -> Duration {
    now - end < commit ? commit / 2 : .zero
  }
}
