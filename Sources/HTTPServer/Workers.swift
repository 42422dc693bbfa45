internal import Dispatch
internal import HTTP
internal import Synchronization

/// Runs what would hold a loop up, in order of arrival, at most so many at once.
final class Workers: Sendable {
  private struct State {
    /// Those with nothing to do; each is one job's at a time.
    var idle: [Service] = []
    var made = 0
    var waiting: [@Sendable (Service) -> Void] = []
    /// Where `waiting` begins; what stands before it has been taken.
    var first = 0
  }

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "cairn.workers", attributes: .concurrent)
  private let most: Int
  private let make: @Sendable () -> Service

  init(most: Int, make: @escaping @Sendable () -> Service) {
    self.most = most
    self.make = make
  }

  func run(_ job: @escaping @Sendable (Service) -> Void) {
    enum Start {
      case with(Service)
      case withNew
      case later
    }
    let start = state.withLock { state -> Start in
      if let service = state.idle.popLast() { return .with(service) }
      if state.made < most {
        state.made += 1
        return .withNew
      }
      state.waiting.append(job)
      return .later
    }
    switch start {
    case .with(let service): queue.async { self.work(service, job) }
    case .withNew: queue.async { self.work(self.make(), job) }
    case .later: break
    }
  }

  private func work(_ service: Service, _ job: @escaping @Sendable (Service) -> Void) {
    var job = job
    while true {
      job(service)
      let next = state.withLock { state -> (@Sendable (Service) -> Void)? in
        guard state.first < state.waiting.count else {
          state.waiting.removeAll(keepingCapacity: true)
          state.first = 0
          state.idle.append(service)
          return nil
        }
        state.first += 1
        return state.waiting[state.first - 1]
      }
      guard let next else { return }
      job = next
    }
  }
}
