internal import HTTP
internal import Synchronization

/// What other threads have for a loop.
final class Mailbox: Sendable {
  struct Answer: Sendable {
    let token: UInt64
    let head: RequestHead
    let response: Response?
  }

  enum Letter: Sendable {
    case answer(Answer)
    case stop
  }

  let wakeUp: WakeUp
  private let letters = Mutex<[Letter]>([])

  init() throws(ServerError) { wakeUp = try WakeUp() }

  func put(_ answer: Answer) { put(.answer(answer)) }

  func put(_ letter: Letter) {
    let wasEmpty = letters.withLock { letters in
      letters.append(letter)
      return letters.count == 1
    }
    if wasEmpty { wakeUp.ring() }
  }

  func take() -> [Letter] {
    wakeUp.silence()
    return letters.withLock { letters in
      defer { letters = [] }
      return letters
    }
  }
}
