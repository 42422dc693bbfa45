internal import Dispatch
internal import HTTP
internal import HTTPTypes
internal import Logging
internal import Registry

/// A request from its first look to its answer.
struct Exchange {
  var request: Request
  let id: String
  /// In nanoseconds.
  let began: UInt64
  /// The operationId of its route, once that is known.
  var operation: String?
  /// How much more whoever asks may ask, where that is limited.
  var standing: RateLimits.Standing?
}

// What is the same for all requests: their ids, the fields of their answers, figures and log.
extension API {
  func begin(_ request: Request) -> Exchange {
    Exchange(
      request: request, id: requestID(request), began: DispatchTime.now().uptimeNanoseconds)
  }

  /// The answer that `outcome` is, once its note is taken.
  func ended(_ exchange: Exchange, _ outcome: Result<Response, any Error>) -> Response {
    var response: Response
    switch outcome {
    case .success(let answer): response = answer
    case .failure(let error): response = answer(error, exchange)
    }
    end(exchange, &response)
    return response
  }

  /// Adds what every answer has, and takes note of it.
  func end(_ exchange: Exchange, _ response: inout Response) {
    finish(&response, exchange.request, exchange.id)
    if let standing = exchange.standing { response.fields.append(contentsOf: standing.fields) }
    let nanoseconds = DispatchTime.now().uptimeNanoseconds - exchange.began
    metrics.count(exchange.operation, response.status.code, nanoseconds: nanoseconds)
    if settings.logsAccess { log(exchange, response, nanoseconds: nanoseconds) }
    if case .stream(let source) = response.body {
      response.body = .stream(
        source.telling { [settings] error in
          guard let cause = Problem(error).cause else { return }
          settings.logger.error(
            "answer broke off", metadata: ["request.id": "\(exchange.id)", "cause": "\(cause)"])
        })
    }
  }

  /// Lets a request have its route's answer, unless it is one too many or asks for what isn't there.
  func admit(_ exchange: inout Exchange, to route: Route) throws {
    exchange.operation = route.operation
    exchange.standing = try charge(exchange)
    try route.checkParameters(of: exchange.request)
  }

  func charge(_ exchange: Exchange) throws -> RateLimits.Standing? {
    try settings.rateLimits?.charge(exchange.request, at: exchange.began, registry)
  }

  /// Why a request is refused that nothing was charged for yet: by `refusal`, or because it is one too many.
  func charged(_ refusal: any Error, _ exchange: inout Exchange) -> any Error {
    do { exchange.standing = try charge(exchange) } catch { return error }
    return refusal
  }

  func answer(_ error: any Error, _ exchange: Exchange) -> Response {
    let problem = Self.problem(error, exchange.request)
    if let cause = problem.cause {
      settings.logger.error(
        "request failed", metadata: ["request.id": "\(exchange.id)", "cause": "\(cause)"])
    }
    let answer = problem.response(requestID: exchange.id)
    return isForPeople(exchange.request) ? pages.telling(answer, exchange.request) : answer
  }

  static func problem(_ error: any Error, _ request: Request) -> Problem {
    guard case RegistryError.merged(let resource, let id, let into)? = error as? RegistryError
    else { return Problem(error) }
    let place = place(request.target, of: into, insteadOf: id)
    guard request.method == .get || request.method == .head else {
      return Problem(writing: resource, id, into: into, at: place)
    }
    var problem = Problem(error)
    problem.fields[.location] = place
    return problem
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

  private func log(_ exchange: Exchange, _ response: Response, nanoseconds: UInt64) {
    let request = exchange.request
    settings.logger.info(
      "request",
      metadata: [
        "method": "\(request.method)", "path": "\(request.target.path)",
        "status": "\(response.status.code)",
        "bytes": "\(response.body.count.map(String.init) ?? "stream")",
        "microseconds": "\(nanoseconds / 1000)", "peer": "\(request.peer)",
        "request.id": "\(exchange.id)",
      ])
  }
}

private let anyOrigin = HTTPField(name: .accessControlAllowOrigin, value: "*")
private let everywhere = [
  HTTPField(name: .xContentTypeOptions, value: "nosniff"),
  HTTPField(
    name: .accessControlExposeHeaders,
    value: """
      Accept-Ranges, Content-Range, ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, \
      Upload-Complete, Upload-Limit, Upload-Offset, X-Request-Id
      """),
]

/// The same target with another item's name in its path (RFC 9110 §15.4.9).
private func place(_ target: Target, of name: String, insteadOf other: String) -> String {
  let path = target.segments.map { "/" + ($0 == other ? name : $0) }.joined()
  return path + (target.query.map { "?" + $0 } ?? "")
}

// W3C Trace Context §3.2: version-trace-parent-flags, in lower-case hexadecimal.
private func isTraceParent(_ text: String) -> Bool {
  let parts = text.split(separator: "-", omittingEmptySubsequences: false)
  return parts.map(\.utf8.count) == [2, 32, 16, 2]
    && parts.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) } }
}
