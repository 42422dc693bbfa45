public import HTTP
internal import HTTPTypes
public import Logging
public import Registry

/// The registry over HTTP: routes, and what is the same for all of them.
public struct API: Sendable {
  public let router: Router
  let settings: Settings
  let registry: Registry
  let metrics: RequestMetrics
  let pages: Pages

  /// What whoever runs the server decides.
  public struct Settings: Sendable {
    public var logger: Logger
    /// Those of the server.
    public var limits = Limits()
    /// True for a line per request in the log.
    public var logsAccess = true
    /// Where web pages may write from; all may read.
    public var writingOrigins: [String] = []
    /// True once the server has been told to stop.
    public var isStopping: @Sendable () -> Bool = { false }
    public var newRequestID: @Sendable () -> String
    /// How much anyone may ask; nil is any number.
    public var rateLimits: RateLimits?
    /// How much a key may import.
    public var importQuota = ImportQuota()
    /// What those who follow changes share.
    public var live = LiveChanges()
    /// Where dumps are; nil where none are served.
    public var dumps: DumpFolder?
    /// How webhooks are called; nil where they aren't.
    public var outbound: Outbound?
    /// What `/metrics` tells.
    public var metrics = Metrics()

    public init(logger: Logger, newRequestID: @escaping @Sendable () -> String) {
      self.logger = logger
      self.newRequestID = newRequestID
    }
  }

  /// The API, and the pages that are made of what it answers.
  public init(
    _ registry: Registry, _ settings: Settings, pages: (@escaping Ask) -> Pages = { _ in .none }
  ) {
    self.registry = registry
    self.settings = settings
    metrics = settings.metrics.share()
    let routes =
      serviceRoutes(registry, settings) + countryRoutes(registry) + comparisonRoutes(registry)
      + frameworkRoutes(registry)
      + classificationRoutes(registry) + vocabularyRoutes(registry) + sourceRoutes(registry)
      + observationRoutes(registry) + providerRoutes(registry) + credentialRoutes(registry)
      + stackingRoutes(registry) + pathwayRoutes(registry) + changeRoutes(registry, settings.live)
      + importRoutes(registry, settings) + dumpRoutes(settings.dumps)
      + webhookRoutes(registry, settings)
    self.pages = pages(Self.ask(Router(routes), settings))
    router = Router(routes + self.pages.routes)
  }

  public func batchBegan() { registry.beginBatch() }
  public func batchEnded() { registry.endBatch() }

  /// The answer; nil where the request isn't for this loop to answer.
  public func respond(_ request: Request, on place: Place) -> Response? {
    var exchange = begin(request)
    var response: Response
    do {
      guard let answer = try handle(&exchange, on: place) else { return nil }
      response = answer
    } catch {
      response = answer(error, exchange)
    }
    end(exchange, &response)
    return response
  }

  /// True where the request's writing is done in one transaction with that of others who wait.
  public func joins(_ request: Request) -> Bool {
    var request = request
    return (try? router.route(&request))?.place(of: request) == .together
  }

  /// The answers to all of them, in order: what they write is on disk when this returns.
  public func respond(together requests: [Request]) -> [Response] {
    var exchanges = requests.map(begin)
    var outcomes: [Result<Response?, any Error>]
    do {
      outcomes = try registry.together {
        exchanges.indices.map { index in Result { try handle(&exchanges[index], on: .together) } }
      }
    } catch {
      // What they had written, or had seen of each other's writing, isn't there.
      outcomes = exchanges.map { _ in .failure(error) }
    }
    return zip(exchanges, outcomes).map { exchange, outcome in
      var response: Response
      switch outcome {
      case .success(let answer?): response = answer
      case .success(nil): preconditionFailure("Only a loop leaves a request to others.")
      case .failure(let error): response = answer(error, exchange)
      }
      end(exchange, &response)
      return response
    }
  }

  private func handle(_ exchange: inout Exchange, on place: Place) throws -> Response? {
    exchange.request = asked(exchange.request)
    if exchange.request.method == .options {
      return options(exchange.request, try router.allowed(exchange.request))
    }
    let route = try router.route(&exchange.request)
    if place == .loop, route.place(of: exchange.request) != .loop { return nil }
    exchange.operation = route.operation
    exchange.standing = try charge(exchange)
    switch route.handler {
    case .whole(let handle):
      if !exchange.request.body.isEmpty {
        exchange.request.body = try inflatedBody(exchange.request, most: settings.limits.body)
      }
      return try handle(exchange.request)
    // Without a body there is nothing to stream (RFC 9112 §6.3).
    case .streamed(let open): return try open(exchange.request).finish()
    }
  }

  /// True where the request's body goes to its route's handler as it comes.
  public func streamsBody(_ request: Request) -> Bool {
    var request = request
    guard let route = try? router.route(&request), case .streamed = route.handler else {
      return false
    }
    return true
  }

  /// Who takes the body that comes behind `request`, or why nobody does.
  public func open(_ request: Request) -> OpenedBody {
    var exchange = begin(request)
    do {
      let route = try router.route(&exchange.request)
      guard case .streamed(let open) = route.handler else {
        preconditionFailure("Only a streamed body is opened.")
      }
      exchange.operation = route.operation
      exchange.standing = try charge(exchange)
      return .taken(by: taker(try open(exchange.request), exchange))
    } catch {
      var response = answer(error, exchange)
      end(exchange, &response)
      return .refused(response)
    }
  }

  private func taker(_ sink: BodySink, _ exchange: Exchange) -> BodyTaker {
    BodyTaker(
      take: { piece in
        do {
          try sink.take(piece)
          return nil
        } catch {
          var response = answer(error, exchange)
          end(exchange, &response)
          return response
        }
      },
      finish: {
        var response: Response
        do { response = try sink.finish() } catch { response = answer(error, exchange) }
        end(exchange, &response)
        return response
      })
  }

  /// The request that a list's path with .csv or .ndjson behind it stands for, and every other one as it is.
  public func asked(_ request: Request) -> Request {
    let target = request.target.asking(for: "csv") ?? request.target.asking(for: "ndjson")
    guard let target else { return request }
    var list = request
    list.target = target
    // An item may have a dot in its name.
    guard let route = try? router.route(&list), !route.template.hasSuffix("}") else {
      return request
    }
    return list
  }

  /// The answer to a head whose client waits with its body; nil where the body is wanted.
  public func respondEarly(_ request: Request) -> Response? {
    var exchange = begin(request)
    do {
      exchange.operation = try router.route(&exchange.request).operation
      if request.method != .get, request.method != .head { _ = try registry.author(of: request) }
      return nil
    } catch {
      var response = answer(error, exchange)
      end(exchange, &response)
      return response
    }
  }

  /// The answer to bytes that are no request.
  public func refuse(_ refusal: Refusal) -> Response {
    let id = settings.newRequestID()
    var response = Problem(refusal).response(requestID: id)
    response.fields[.xRequestID] = id
    metrics.count(nil, response.status.code, nanoseconds: 0)
    if settings.logsAccess {
      settings.logger.info(
        "refused", metadata: ["status": "\(response.status.code)", "request.id": "\(id)"])
    }
    return response
  }
}
