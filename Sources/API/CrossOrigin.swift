internal import HTTP
internal import HTTPTypes

extension API {
  // Also what a browser asks before it lets a page write (Fetch, CORS preflight).
  func options(_ request: Request, _ allowed: [HTTPRequest.Method]) -> Response {
    var response = Response(.noContent, [.allow: listed(allowed)])
    guard request[.accessControlRequestMethod] != nil else { return response }
    let mayWrite = request[.origin].map(settings.writingOrigins.contains) ?? false
    let methods = mayWrite ? allowed : allowed.filter { $0 == .get || $0 == .head }
    response.fields[.accessControlAllowMethods] = listed(methods)
    response.fields[.accessControlAllowHeaders] =
      "Accept, Authorization, Content-Digest, Content-Encoding, Content-Language, Content-Type, Idempotency-Key, If-Match, If-None-Match, If-Range, Last-Event-ID, Prefer, Range, Repr-Digest, Upload-Complete, Upload-Offset, X-Request-Id"
    response.fields[.accessControlMaxAge] = "86400"
    return response
  }
}

func listed(_ methods: [HTTPRequest.Method]) -> String {
  methods.map(\.rawValue).joined(separator: ", ")
}
