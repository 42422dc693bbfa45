internal import Dispatch
internal import HTTP
internal import Synchronization

/// Runs what would hold a loop up, in order of arrival, at most so many at once.
final class Workers: Sendable {
  /// One job's at a time.
  private struct Worker: Sendable {
    /// Serial, which Dispatch gives a thread at once; a concurrent one waits for some while all that have one block.
    let queue: DispatchQueue
    let service: Service
  }

  private struct State {
    /// Those with nothing to do.
    var idle: [Worker] = []
    var made = 0
    var waiting: [@Sendable (Service) -> Void] = []
    /// Where `waiting` begins; what stands before it has been taken.
    var first = 0
  }

  private let state = Mutex(State())
  private let most: Int
  private let make: @Sendable () -> Service

  init(most: Int, make: @escaping @Sendable () -> Service) {
    self.most = most
    self.make = make
  }

  func run(_ job: @escaping @Sendable (Service) -> Void) {
    enum Start {
      case with(Worker)
      case withNew
      case later
    }
    let start = state.withLock { state -> Start in
      if let worker = state.idle.popLast() { return .with(worker) }
      if state.made < most {
        state.made += 1
        return .withNew
      }
      state.waiting.append(job)
      return .later
    }
    switch start {
    case .with(let worker): worker.queue.async { self.work(worker, job) }
    case .withNew:
      let queue = DispatchQueue(label: "cairn.worker")
      queue.async { self.work(Worker(queue: queue, service: self.make()), job) }
    case .later: break
    }
  }

  private func work(_ worker: Worker, _ job: @escaping @Sendable (Service) -> Void) {
    var job = job
    while true {
      job(worker.service)
      let next = state.withLock { state -> (@Sendable (Service) -> Void)? in
        guard state.first < state.waiting.count else {
          state.waiting.removeAll(keepingCapacity: true)
          state.first = 0
          state.idle.append(worker)
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
