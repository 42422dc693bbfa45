public import HTTP

/// What answers requests; an event loop and a worker each make one of their own.
public struct Service: Sendable {
  /// The answer; nil where the request is a worker's to answer and this is a loop.
  public var respond: @Sendable (Request, Place) -> Response?
  /// The answer that needs no body, when one is due before the client has sent its own.
  public var respondEarly: @Sendable (Request) -> Response?
  public var refuse: @Sendable (Refusal) -> Response
  /// Between these two a loop answers what came in at once.
  public var batchBegan: @Sendable () -> Void
  public var batchEnded: @Sendable () -> Void

  public init(
    respond: @escaping @Sendable (Request, Place) -> Response?,
    respondEarly: @escaping @Sendable (Request) -> Response? = { _ in nil },
    refuse: @escaping @Sendable (Refusal) -> Response,
    batchBegan: @escaping @Sendable () -> Void = {},
    batchEnded: @escaping @Sendable () -> Void = {}
  ) {
    self.respond = respond
    self.respondEarly = respondEarly
    self.refuse = refuse
    self.batchBegan = batchBegan
    self.batchEnded = batchEnded
  }
}
