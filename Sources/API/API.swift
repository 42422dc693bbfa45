internal import Dispatch
public import HTTP
internal import HTTPTypes
public import Logging
public import Registry

/// The registry over HTTP: routes, and what is the same for all of them.
public struct API: Sendable {
  public let router: Router
  private let settings: Settings
  private let registry: Registry

  /// What whoever runs the server decides.
  public struct Settings: Sendable {
    public var logger: Logger
    /// True for a line per request in the log.
    public var logsAccess = true
    /// Where web pages may write from; all may read.
    public var writingOrigins: [String] = []
    /// True once the server has been told to stop.
    public var isStopping: @Sendable () -> Bool = { false }
    public var newRequestID: @Sendable () -> String

    public init(logger: Logger, newRequestID: @escaping @Sendable () -> String) {
      self.logger = logger
      self.newRequestID = newRequestID
    }
  }

  public init(_ registry: Registry, _ settings: Settings) {
    self.registry = registry
    self.settings = settings
    router = Router(
      serviceRoutes(registry, settings) + countryRoutes(registry) + frameworkRoutes(registry)
        + classificationRoutes(registry) + vocabularyRoutes(registry) + sourceRoutes(registry)
        + observationRoutes(registry) + providerRoutes(registry) + credentialRoutes(registry))
  }

  public func batchBegan() { registry.beginBatch() }
  public func batchEnded() { registry.endBatch() }

  /// The answer; nil where the request is for a worker and this is a loop.
  public func respond(_ request: Request, on place: Place) -> Response? {
    let began = settings.logsAccess ? DispatchTime.now().uptimeNanoseconds : 0
    var request = request
    let id = requestID(request)
    var response: Response
    do {
      request = asked(request)
      if request.method == .options {
        response = options(request, try router.allowed(request))
      } else {
        let route = try router.route(&request)
        if place == .loop, route.place == .worker { return nil }
        response = try route.handle(request)
      }
    } catch {
      response = answer(error, id)
    }
    finish(&response, request, id)
    if settings.logsAccess {
      log(request, response, id, nanoseconds: DispatchTime.now().uptimeNanoseconds - began)
    }
    return response
  }

  /// The request that a list's path with .csv behind it stands for, and every other one as it is.
  public func asked(_ request: Request) -> Request {
    guard let target = request.target.asking(for: "csv") else { return request }
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
    var request = request
    let id = requestID(request)
    var response: Response
    do {
      _ = try router.route(&request)
      if request.method != .get, request.method != .head { _ = try registry.author(of: request) }
      return nil
    } catch {
      response = answer(error, id)
    }
    finish(&response, request, id)
    return response
  }

  /// The answer to bytes that are no request.
  public func refuse(_ refusal: Refusal) -> Response {
    let id = settings.newRequestID()
    var response = Problem(refusal).response(requestID: id)
    response.fields[.xRequestID] = id
    if settings.logsAccess {
      settings.logger.info(
        "refused", metadata: ["status": "\(response.status.code)", "request.id": "\(id)"])
    }
    return response
  }

  private func answer(_ error: any Error, _ id: String) -> Response {
    let problem = Problem(error)
    if let cause = problem.cause {
      settings.logger.error(
        "request failed", metadata: ["request.id": "\(id)", "cause": "\(cause)"])
    }
    return problem.response(requestID: id)
  }

  // Taken from the client where it can stand in a log: RFC 9110 tokens of a sensible length.
  private func requestID(_ request: Request) -> String {
    guard let id = request[.xRequestID], (1...128).contains(id.utf8.count),
      id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") })
    else { return settings.newRequestID() }
    return id
  }

  private func finish(_ response: inout Response, _ request: Request, _ id: String) {
    response.fields.append(HTTPField(name: .xRequestID, value: id))
    response.fields.append(contentsOf: everywhere)
    if let trace = request[.traceparent], isTraceParent(trace) {
      response.fields.append(HTTPField(name: .traceparent, value: trace))
    }
    if let origin = request[.origin], settings.writingOrigins.contains(origin) {
      response.fields.append(HTTPField(name: .accessControlAllowOrigin, value: origin))
      response.fields.append(HTTPField(name: .vary, value: "Origin"))
    } else {
      response.fields.append(anyOrigin)
    }
  }

  // Also what a browser asks before it lets a page write (Fetch, CORS preflight).
  private func options(_ request: Request, _ allowed: [HTTPRequest.Method]) -> Response {
    var response = Response(.noContent, [.allow: listed(allowed)])
    guard request[.accessControlRequestMethod] != nil else { return response }
    let mayWrite = request[.origin].map(settings.writingOrigins.contains) ?? false
    let methods = mayWrite ? allowed : allowed.filter { $0 == .get || $0 == .head }
    response.fields[.accessControlAllowMethods] = listed(methods)
    response.fields[.accessControlAllowHeaders] =
      "Accept, Authorization, Content-Language, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-Id"
    response.fields[.accessControlMaxAge] = "86400"
    return response
  }

  private func log(
    _ request: Request, _ response: Response, _ id: String, nanoseconds: UInt64
  ) {
    settings.logger.info(
      "request",
      metadata: [
        "method": "\(request.method)", "path": "\(request.target.path)",
        "status": "\(response.status.code)", "bytes": "\(response.body.count)",
        "microseconds": "\(nanoseconds / 1000)", "peer": "\(request.peer)", "request.id": "\(id)",
      ])
  }
}

private let anyOrigin = HTTPField(name: .accessControlAllowOrigin, value: "*")
private let everywhere = [
  HTTPField(name: .xContentTypeOptions, value: "nosniff"),
  HTTPField(name: .accessControlExposeHeaders, value: "ETag, Link, Location, X-Request-Id"),
]

func listed(_ methods: [HTTPRequest.Method]) -> String {
  methods.map(\.rawValue).joined(separator: ", ")
}

// W3C Trace Context §3.2: version-trace-parent-flags, in lower-case hexadecimal.
private func isTraceParent(_ text: String) -> Bool {
  let parts = text.split(separator: "-", omittingEmptySubsequences: false)
  return parts.map(\.utf8.count) == [2, 32, 16, 2]
    && parts.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) } }
}
