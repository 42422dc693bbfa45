public import API
import Dispatch
public import HTTP
import Synchronization

extension API {
  /// The answer to a request that came alone: what a loop says to it at once, or whoever it is left to.
  public func answer(_ request: Request) -> Response {
    let made = Mutex<(@Sendable () -> Response)?>(nil)
    let isMade = DispatchSemaphore(value: 0)
    batchBegan()
    let reply = reply(request) {
      { answer in
        made.withLock { $0 = answer }
        isMade.signal()
      }
    }
    batchEnded()
    switch reply {
    case .now(let response): return response
    case .byWorker: return respond(request)
    case .later:
      isMade.wait()
      guard let answer = made.withLock({ $0 }) else { preconditionFailure("It was told of.") }
      return answer()
    }
  }
}
