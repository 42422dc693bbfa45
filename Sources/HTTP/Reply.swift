/// How a request is answered that has come to a loop.
public enum Reply: Sendable {
  case now(Response)
  /// By a worker, of those who take bodies in or of the others.
  case byWorker(isIntake: Bool = false)
  /// By whoever took the `Tell`.
  case later

  /// Has a loop make an answer and send it; told once, on any thread.
  public typealias Tell = @Sendable (_ answer: @escaping @Sendable () -> Response) -> Void
}
