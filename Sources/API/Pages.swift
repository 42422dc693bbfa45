public import HTTP
internal import HTTPTypes
internal import Registry

/// Asks the API from within the program, as anyone without a key; what it refuses is answered as a problem.
public typealias Ask = @Sendable (Request) -> Response

/// What browsers are shown beside the API.
public struct Pages: Sendable {
  let routes: [Route]
  /// The page that says what `answer`, a problem, says.
  let telling: @Sendable (_ answer: Response, _ request: Request) -> Response

  public init(
    _ routes: [Route], telling: @escaping @Sendable (Response, Request) -> Response
  ) {
    self.routes = routes
    self.telling = telling
  }

  /// None: everything is an answer of the API.
  public static let none = Pages([]) { answer, _ in answer }
}

extension API {
  /// What the pages ask; it isn't counted, charged or logged a second time.
  static func ask(_ router: Router, _ settings: Settings) -> Ask {
    { request in
      do {
        var request = request
        guard case .whole(let handle) = try router.route(&request).handler else {
          preconditionFailure("A page asks only what is read.")
        }
        return try handle(request)
      } catch {
        return problem(error, request).response(requestID: settings.newRequestID())
      }
    }
  }

  /// True for a page's address, or one that nobody has, where a browser asks.
  func isForPeople(_ request: Request) -> Bool {
    request.target.segments.first != "v1"
      && MediaType.preferred(of: [.problem, .html], accept: request[.accept]) == .html
  }
}

extension Response {
  /// This page with its tag and in the coding that the browser likes best, or 304 where it has it.
  public func conditional(_ request: Request) throws -> Response {
    guard case .bytes(let bytes) = body else { return self }
    return try conditional(request, contentTag(bytes), .anyone)
  }
}
