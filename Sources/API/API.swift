public import HTTP
internal import HTTPTypes
public import Logging
public import Registry

/// The registry over HTTP: routes, and what is the same for all of them.
public final class API: Sendable {
  public let router: Router
  let settings: Settings
  let registry: Registry
  let writes: Gathering
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

  /// The API, and the pages that are made of what it answers; `writes` is the same for all of a server's.
  public init(
    _ registry: Registry, _ settings: Settings, _ writes: Gathering,
    pages: (@escaping Ask) -> Pages = { _ in .none }
  ) {
    self.registry = registry
    self.writes = writes
    self.settings = settings
    metrics = settings.metrics.share()
    let routes =
      serviceRoutes(registry, settings) + countryRoutes(registry, writes.registry)
      + comparisonRoutes(registry)
      + frameworkRoutes(registry)
      + classificationRoutes(registry) + vocabularyRoutes(registry) + sourceRoutes(registry)
      + observationRoutes(registry) + providerRoutes(registry, writes.registry)
      + credentialRoutes(registry, writes.registry) + stackingRoutes(registry, writes.registry)
      + pathwayRoutes(registry) + changeRoutes(registry, settings.live)
      + importRoutes(registry, writes.registry, settings) + dumpRoutes(settings.dumps)
      + webhookRoutes(registry, writes.registry, settings)
    self.pages = pages(Self.ask(Router(routes), settings))
    router = Router(routes + self.pages.routes)
  }

  public func batchBegan() { registry.beginBatch() }
  public func batchEnded() { registry.endBatch() }

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
      try admit(&exchange, to: route)
      return .taken(by: taker(try open(exchange.request), exchange))
    } catch {
      var response = answer(error, exchange)
      end(exchange, &response)
      return .refused(response)
    }
  }

  private func taker(_ sink: BodySink, _ exchange: Exchange) -> BodyTaker {
    BodyTaker(
      take: { [self] piece in
        do {
          try sink.take(piece)
          return nil
        } catch {
          var response = answer(error, exchange)
          end(exchange, &response)
          return response
        }
      },
      finish: { [self] in
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
      let route = try router.route(&exchange.request)
      exchange.operation = route.operation
      try route.checkParameters(of: exchange.request)
      if route.isWriting { _ = try registry.author(of: request) }
      return nil
    } catch {
      let error = charged(error, &exchange)
      var response = answer(error, exchange)
      end(exchange, &response)
      return response
    }
  }

  /// The answer to bytes that are no request.
  public func refuse(_ refusal: Refusal) -> Response {
    let id = settings.newRequestID()
    let problem = Problem(refusal)
    var response = problem.response(requestID: id)
    response.fields[.xRequestID] = id
    metrics.count(nil, response.status.code, nanoseconds: 0)
    if settings.logsAccess {
      settings.logger.info(
        "refused",
        metadata: [
          "status": "\(response.status.code)", "cause": "\(problem.detail)", "request.id": "\(id)",
        ])
    }
    return response
  }
}

extension Route {
  /// True where a request takes its turn to write, or sends what is to be written; others' may be long questions.
  fileprivate var isWriting: Bool {
    switch (place, handler) {
    case (.together, _), (_, .streamed): true
    case (.loop, .whole), (.worker, .whole), (.intake, .whole): false
    }
  }
}
