public import HTTP

/// What answers requests; an event loop and a worker each make one of their own.
public struct Service: Sendable {
  /// What a loop says to a request at once; whoever takes `later` answers it by what that returns.
  public var reply: @Sendable (Request, _ later: () -> Reply.Tell) -> Reply
  /// A worker's answer to a request.
  public var respond: @Sendable (Request) -> Response
  /// The answer that needs no body, when one is due before the client has sent its own.
  public var respondEarly: @Sendable (Request) -> Response?
  /// True where the request's body is taken as it comes.
  public var streamsBody: @Sendable (Request) -> Bool
  /// Who takes that body, or the answer that doesn't need it; asked on a worker, with the head alone.
  public var open: @Sendable (Request) -> OpenedBody
  public var refuse: @Sendable (Refusal) -> Response
  /// What tells bodies that wait for news that there is some; the same for all loops.
  public var bell: Bell?
  /// Between these two a loop answers what came in at once.
  public var batchBegan: @Sendable () -> Void
  public var batchEnded: @Sendable () -> Void

  public init(
    reply: @escaping @Sendable (Request, _ later: () -> Reply.Tell) -> Reply = { _, _ in
      .byWorker()
    },
    respond: @escaping @Sendable (Request) -> Response,
    respondEarly: @escaping @Sendable (Request) -> Response? = { _ in nil },
    streamsBody: @escaping @Sendable (Request) -> Bool = { _ in false },
    open: @escaping @Sendable (Request) -> OpenedBody = { _ in
      preconditionFailure("No body is streamed here.")
    },
    refuse: @escaping @Sendable (Refusal) -> Response, bell: Bell? = nil,
    batchBegan: @escaping @Sendable () -> Void = {},
    batchEnded: @escaping @Sendable () -> Void = {}
  ) {
    self.reply = reply
    self.respond = respond
    self.respondEarly = respondEarly
    self.streamsBody = streamsBody
    self.open = open
    self.refuse = refuse
    self.bell = bell
    self.batchBegan = batchBegan
    self.batchEnded = batchEnded
  }
}
