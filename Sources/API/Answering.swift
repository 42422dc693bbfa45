public import HTTP
internal import HTTPTypes

// From a request that is there as a whole to its answer.
extension API {
  /// What a loop says to a request at once: what takes longer goes to a worker, and what writes waits for its
  /// turn.
  public func reply(_ request: Request, later: () -> Reply.Tell) -> Reply {
    var exchange = begin(request)
    do {
      switch try step(&exchange, on: .loop) {
      case .answer(let response): return .now(ended(exchange, .success(response)))
      case .elsewhere(let place): return .byWorker(isIntake: place == .intake)
      case .turn(let write):
        let tell = later()
        writes.add(write) { [self, exchange] outcome in
          tell { self.ended(exchange, outcome.map { $0() }) }
        }
        return .later
      }
    } catch {
      return .now(ended(exchange, .failure(error)))
    }
  }

  /// The answer to what `reply` leaves to a worker.
  public func respond(_ request: Request) -> Response {
    var exchange = begin(request)
    let outcome = Result {
      guard case .answer(let response) = try step(&exchange, on: .worker) else {
        preconditionFailure("What waits for its turn has no worker.")
      }
      return response
    }
    return ended(exchange, outcome)
  }

  /// What comes next for a request.
  private enum Step {
    case answer(Response)
    /// The request isn't for a loop to answer.
    case elsewhere(Place)
    /// This answers it when its turn comes.
    case turn(Route.Turn)
  }

  private func step(_ exchange: inout Exchange, on place: Place) throws -> Step {
    exchange.request = asked(exchange.request)
    if exchange.request.method == .options {
      return .answer(options(exchange.request, try router.allowed(exchange.request)))
    }
    let route: Route
    do { route = try router.route(&exchange.request) } catch { throw charged(error, &exchange) }
    let due = route.place(of: exchange.request)
    if place == .loop, due == .worker || due == .intake { return .elsewhere(due) }
    try admit(&exchange, to: route)
    let handle: @Sendable (Request) throws -> Response
    switch route.handler {
    case .whole(let whole): handle = whole
    // Without a body there is nothing to stream (RFC 9112 §6.3).
    case .streamed(let open): return .answer(try open(exchange.request).finish())
    }
    guard due == .together else { return .answer(try handle(inflated(exchange.request))) }
    if let rest = ahead(route, exchange.request) { return .turn(rest) }
    return .turn { [self, request = exchange.request] in
      let response = try handle(inflated(request))
      return { response }
    }
  }

  /// What a loop can do of a request before its turn; where it fails, the turn says why.
  private func ahead(_ route: Route, _ request: Request) -> Route.Turn? {
    guard request.body.count <= Self.mostAhead, request[.contentEncoding] == nil else { return nil }
    return try? route.ahead?(request)
  }

  /// A body of so many bytes takes a loop no longer than a read.
  private static let mostAhead = 16 << 10

  private func inflated(_ request: Request) throws -> Request {
    if request.body.isEmpty { return request }
    var request = request
    request.body = try inflatedBody(request, most: settings.limits.body)
    return request
  }
}
