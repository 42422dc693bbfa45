import HTTP
import HTTPServer

extension Service {
  /// One that answers everything by `respond`, which leaves to workers what a loop has no answer for.
  init(
    respond: @escaping @Sendable (Request, Place) -> Response?,
    respondEarly: @escaping @Sendable (Request) -> Response? = { _ in nil },
    streamsBody: @escaping @Sendable (Request) -> Bool = { _ in false },
    open: @escaping @Sendable (Request) -> OpenedBody = { _ in
      preconditionFailure("No body is streamed here.")
    },
    refuse: @escaping @Sendable (Refusal) -> Response, bell: Bell? = nil
  ) {
    self.init(
      reply: { request, _ in respond(request, .loop).map(Reply.now) ?? .byWorker() },
      respond: { request in
        guard let response = respond(request, .worker) else {
          preconditionFailure("A worker answers.")
        }
        return response
      }, respondEarly: respondEarly, streamsBody: streamsBody, open: open, refuse: refuse,
      bell: bell)
  }
}
