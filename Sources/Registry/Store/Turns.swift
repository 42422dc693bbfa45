internal import Dispatch
internal import Synchronization

/// Whose turn it is: first come, first served, so that a long import and short posts alternate.
final class Turns: Sendable {
  private struct State {
    var isTaken = false
    var waiting: [DispatchSemaphore] = []
  }

  private let state = Mutex(State())

  /// Those that wait, and the one whose turn it is.
  var waiting: Int { state.withLock { $0.waiting.count + ($0.isTaken ? 1 : 0) } }

  var isAwaited: Bool { state.withLock { !$0.waiting.isEmpty } }

  func take() {
    let place = state.withLock { state -> DispatchSemaphore? in
      guard state.isTaken else {
        state.isTaken = true
        return nil
      }
      let place = DispatchSemaphore(value: 0)
      state.waiting.append(place)
      return place
    }
    place?.wait()
  }

  /// Gives the turn to whoever waits longest.
  func pass() {
    let next = state.withLock { state -> DispatchSemaphore? in
      if !state.waiting.isEmpty { return state.waiting.removeFirst() }
      state.isTaken = false
      return nil
    }
    next?.signal()
  }
}
