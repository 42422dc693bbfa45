internal import HTTP
internal import Synchronization

/// What other threads have for a loop.
final class Mailbox: Sendable {
  /// What a worker says of the connection that `token` names.
  enum News: Sendable {
    /// The answer, which the loop has made.
    case answer(RequestHead, @Sendable () -> Response)
    /// Who takes the body.
    case opened(OpenedBody)
    /// The taker has its piece, and wants more unless it answered.
    case taken(Response?)
    /// The next piece of an answer's body, what comes behind it, and how often the bell had been heard
    /// when it was asked for.
    case piece([UInt8], BodySource.Rest, heard: Int)
    /// The next piece couldn't be made.
    case noPiece
  }

  enum Letter: Sendable {
    case news(UInt64, News)
    /// There is news for bodies that wait.
    case rung
    /// Descriptors have run out.
    case makeRoom
    case stop
  }

  let wakeUp: WakeUp
  private let letters = Mutex<[Letter]>([])

  init() throws(ServerError) { wakeUp = try WakeUp() }

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
