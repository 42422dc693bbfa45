public import HTTPTypes

/// Where a request is answered.
public enum Place: Sendable {
  /// In the event loop: only what takes microseconds.
  case loop
  /// By a worker, who may take his time.
  case worker
  /// By a worker of those who take bodies in: so whoever waits for others' writing keeps nobody from reading.
  case intake
  /// One after another with all others that wait for the same, and all are told at the end: so they share what
  /// each would pay for alone, such as a commit.
  case together
}

/// One operation of an API: a method on a path template such as `/v1/countries/{code}`.
///
/// A template that ends in a slash is a folder's, found without it, too.
public final class Route: Sendable {
  public let method: HTTPRequest.Method
  public let template: String
  /// Its operationId in the API's description.
  public let operation: String
  public let place: Place
  private let isLong: @Sendable (Request) -> Bool
  public let handler: Handler
  /// What of a request that waits for its turn can be done before: nil where nothing can.
  public let ahead: Ahead?

  /// Does it, and tells what is to be done when the request's turn comes.
  public typealias Ahead = @Sendable (Request) throws -> Turn
  /// Does what a request has others wait for, and tells how it is answered once that lasts.
  public typealias Turn = @Sendable () throws -> @Sendable () -> Response

  public enum Handler: Sendable {
    /// Answers a request whose body is there.
    case whole(@Sendable (Request) throws -> Response)
    /// Takes the body as it comes; asked with the head alone.
    case streamed(@Sendable (Request) throws -> BodySink)
  }

  /// A route whose request is there as a whole; those that are long have the next place.
  public convenience init(
    _ method: HTTPRequest.Method, _ template: String, _ operation: String, on place: Place,
    unless isLong: @escaping @Sendable (Request) -> Bool = { _ in false }, ahead: Ahead? = nil,
    handle: @escaping @Sendable (Request) throws -> Response
  ) {
    self.init(method, template, operation, on: place, unless: isLong, .whole(handle), ahead)
  }

  /// A route whose body is streamed to its handler, on workers.
  public convenience init(
    streamed method: HTTPRequest.Method, _ template: String, _ operation: String,
    open: @escaping @Sendable (Request) throws -> BodySink
  ) {
    self.init(
      method, template, operation, on: .worker, unless: { _ in false }, .streamed(open), nil)
  }

  private init(
    _ method: HTTPRequest.Method, _ template: String, _ operation: String, on place: Place,
    unless isLong: @escaping @Sendable (Request) -> Bool, _ handler: Handler, _ ahead: Ahead?
  ) {
    self.method = method
    self.template = template
    self.operation = operation
    self.place = place
    self.isLong = isLong
    self.handler = handler
    self.ahead = ahead
  }

  /// Where this request of its own is answered.
  public func place(of request: Request) -> Place {
    guard isLong(request) else { return place }
    return place == .loop ? .worker : .intake
  }
}

/// Why no route takes a request.
public enum RouteError: Error, Equatable, Sendable {
  case unknownPath(String)
  /// The path is there, but not for this method.
  case methodNotAllowed(HTTPRequest.Method, allowed: [HTTPRequest.Method])
}

/// Finds the route of a request in a tree of path segments.
public struct Router: Sendable {
  public let routes: [Route]
  private var nodes = [Node()]

  private struct Node: Sendable {
    var children: [String: Int] = [:]
    var capture: (name: String, node: Int)?
    /// Captures with something fixed behind them: `{slug}:merge`.
    var actions: [(suffix: String, name: String, node: Int)] = []
    /// Few, so they are looked through.
    var routes: [Route] = []
  }

  public init(_ routes: [Route]) {
    self.routes = routes
    for route in routes { add(route) }
  }

  private mutating func add(_ route: Route) {
    var node = 0
    for segment in route.template.split(separator: "/") {
      if segment.hasPrefix("{"), !segment.hasSuffix("}") {
        let parts = segment.dropFirst().split(separator: "}").map(String.init)
        nodes.append(Node())
        nodes[node].actions.append((suffix: parts[1], name: parts[0], node: nodes.count - 1))
        node = nodes.count - 1
      } else if segment.hasPrefix("{") {
        let name = String(segment.dropFirst().dropLast())
        if let capture = nodes[node].capture {
          precondition(capture.name == name, "One place in a path has one name.")
          node = capture.node
        } else {
          nodes.append(Node())
          nodes[node].capture = (name, nodes.count - 1)
          node = nodes.count - 1
        }
      } else if let child = nodes[node].children[String(segment)] {
        node = child
      } else {
        nodes.append(Node())
        nodes[node].children[String(segment)] = nodes.count - 1
        node = nodes.count - 1
      }
    }
    precondition(
      !nodes[node].routes.contains { $0.method == route.method },
      "\(route.method) \(route.template) has two routes.")
    nodes[node].routes.append(route)
    if route.template.count > 1, route.template.hasSuffix("/") {
      precondition(nodes[node].children[""] == nil, "A folder has one route.")
      nodes.append(Node(routes: [route]))
      nodes[node].children[""] = nodes.count - 1
    }
  }

  /// The route of `request`, who then knows what its captures hold; a HEAD goes to GET's (RFC 9110 §9.3.2).
  public func route(_ request: inout Request) throws(RouteError) -> Route {
    let node = try node(&request)
    let method = request.method == .head ? .get : request.method
    for route in node.routes where route.method == method { return route }
    throw .methodNotAllowed(request.method, allowed: Self.allowed(node))
  }

  /// The methods that the request's path takes, as Allow lists them (RFC 9110 §10.2.1).
  public func allowed(_ request: Request) throws(RouteError) -> [HTTPRequest.Method] {
    if request.target.isAsterisk { return [.get, .head, .post, .put, .patch, .delete, .options] }
    var request = request
    return Self.allowed(try node(&request))
  }

  private static func allowed(_ node: Node) -> [HTTPRequest.Method] {
    node.routes.map(\.method).flatMap { $0 == .get ? [.get, .head] : [$0] } + [.options]
  }

  private func node(_ request: inout Request) throws(RouteError) -> Node {
    var node = 0
    for segment in request.target.segments == [""] ? [] : request.target.segments {
      if let child = nodes[node].children[segment] {
        node = child
      } else if let action = nodes[node].actions.first(where: { segment.hasSuffix($0.suffix) }) {
        request.captures[action.name] = String(segment.dropLast(action.suffix.count))
        node = action.node
      } else if let capture = nodes[node].capture, !segment.isEmpty {
        request.captures[capture.name] = segment
        node = capture.node
      } else {
        throw .unknownPath(request.target.path)
      }
    }
    guard !nodes[node].routes.isEmpty else { throw .unknownPath(request.target.path) }
    return nodes[node]
  }
}
