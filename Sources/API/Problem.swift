internal import HTTP
internal import HTTPTypes
internal import Registry

// RFC 9110 §9.3, RFC 5789, and the IETF's QUERY; CONNECT doesn't come as far as here.
private let knownMethods = Set([
  "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY",
])

/// What went wrong, as RFC 9457 tells it; the one place that turns errors into status codes.
struct Problem {
  let status: HTTPResponse.Status
  /// Names the kind of problem for good: `urn:cairn:problem:` and this.
  let type: String
  let title: String
  let detail: String
  var violations: [Violation] = []
  var fields: HTTPFields = [:]
  /// For the log alone: what users can't act on.
  var cause: String?

  init(
    _ status: HTTPResponse.Status, _ type: String, _ title: String, _ detail: String,
    _ fields: HTTPFields = [:]
  ) {
    self.status = status
    self.type = type
    self.title = title
    self.detail = detail
    self.fields = fields
  }

  init(_ error: any Error) {
    switch error {
    case let error as RegistryError: self.init(error)
    case let error as RouteError: self.init(error)
    case let error as RequestError: self.init(error)
    case let error as Refusal: self.init(error)
    default:
      self.init(
        .internalServerError, "internal", "The server failed",
        "This is the server's fault. Tell whoever runs it the request_id.")
      cause = "\(error)"
    }
  }

  init(_ refusal: Refusal) {
    self.init(
      refusal.status, "not-taken", "The request isn't HTTP that is taken here", refusal.detail)
  }

  private init(_ error: RouteError) {
    switch error {
    case .unknownPath(let path):
      self.init(
        .notFound, "unknown-path", "No such path",
        "Nothing is at \(path.prefix(200)). All paths are in /openapi.yaml.")
    // RFC 9110 §9.1: 501 where the server knows the method for no path.
    case .methodNotAllowed(let method, _) where !knownMethods.contains(method.rawValue):
      self.init(Refusal.unknownMethod(String(method.rawValue.prefix(40))))
    case .methodNotAllowed(let method, let allowed):
      self.init(
        .methodNotAllowed, "method-not-allowed", "Not by this method",
        "\(method.rawValue) isn't for this path; it takes \(listed(allowed)).",
        [.allow: listed(allowed)])
    }
  }

  private init(_ error: RequestError) {
    switch error {
    case .noKey:
      self.init(
        .unauthorized, "no-key", "A key is needed",
        "Send it as `Authorization: Bearer cairn_…`; whoever runs this server makes one.",
        [.wwwAuthenticate: "Bearer realm=\"cairn\""])
    case .badKey:
      self.init(
        .unauthorized, "bad-key", "The key isn't valid",
        "The key is unknown, revoked or expired.",
        [.wwwAuthenticate: "Bearer realm=\"cairn\", error=\"invalid_token\""])
    case .notJSON(let pointer, let offset, let reason):
      self.init(.badRequest, "not-json", "The body isn't valid JSON", "\(reason) (byte \(offset))")
      violations = [Violation(.pointer(pointer), reason)]
    case .unsupportedMediaType(let taken, let field):
      self.init(
        .unsupportedMediaType, "unsupported-media-type", "Not in this format",
        "Send \(taken) and say so in Content-Type.", [field: taken])
    case .unknownContentCoding:
      let known = ContentCoding.allCases.map(\.rawValue).joined(separator: ", ")
      self.init(
        .unsupportedMediaType, "unknown-content-coding", "Not in this coding",
        "Content-Encoding may be one of \(known), or left out.", [.acceptEncoding: known])
    case .badCoding(let coding):
      self.init(
        .badRequest, "bad-coding", "The body can't be decoded",
        "Content-Encoding says \(coding.rawValue), and the body isn't that to its end.")
    case .notAcceptable(let offered):
      self.init(
        .notAcceptable, "not-acceptable", "No format that you accept",
        "There is \(offered.joined(separator: " and ")).")
    case .tooMany(let standing):
      let wait = standing.retryAfter ?? 1
      self.init(
        .tooManyRequests, "too-many-requests", "Too many requests",
        """
        This \(standing.name) may make \(standing.quota.requests) requests in \
        \(standing.quota.seconds) s. Try again in \(wait) s.
        """, [.retryAfter: "\(wait)"])
      for field in standing.fields { fields[field.name] = field.value }
    case .noPrecondition:
      self.init(
        .preconditionRequired, "precondition-required", "If-Match is needed",
        "Get the item, and send its ETag as If-Match: so nobody's change is lost.")
    case .failedPrecondition(let tag):
      self.init(
        .preconditionFailed, "precondition-failed", "It has changed",
        "Its ETag is \(tag.text) now, which If-Match doesn't name.", [.eTag: tag.text])
    case .unsatisfiableRange(let count):
      // RFC 9110 §15.5.17.
      self.init(
        .rangeNotSatisfiable, "range-not-satisfiable", "No such bytes",
        "There are \(count) bytes, and Range asks for some behind them.",
        [.contentRange: "bytes */\(count)"])
    case .otherDigest(let field):
      self.init(
        .badRequest, "other-digest", "The bytes aren't those that were meant",
        "What came has another SHA-256 than \(field.rawName) says. Nothing of it was kept: send it again."
      )
    case .otherOffset(let offset):
      self.init(
        .conflict, "other-offset", "The upload is elsewhere",
        "\(offset) bytes of it have come: go on there.",
        [.uploadOffset: "\(offset)", .uploadComplete: "?0"])
    case .uploadComplete:
      self.init(
        .conflict, "upload-complete", "All of it has come",
        "Nothing more is awaited: GET says what became of it.", [.uploadComplete: "?1"])
    // By 410 it could be kept (RFC 9110 §15.5.11), and the registry will come to that number again.
    case .ahead(let newest):
      self.init(
        .conflict, "ahead", "The registry hasn't come so far",
        """
        The last change is change \(newest): the registry may have been restored from a backup. Read anew what you \
        keep of it, and follow from there.
        """)
    case .otherFeed(let here):
      self.init(
        .conflict, "other-feed", "The registry's changes are others now",
        """
        This is feed \(here): the registry was restored from a backup, or is another one, and has other changes under \
        the numbers that you know. Read anew what you keep of it, and follow from there.
        """)
    case .badField(let name, let rule):
      self.init(.badRequest, "bad-field", "A header field can't be read", "\(name): \(rule)")
    case .badParameters(let violations):
      self.init(RegistryError.badQuery(violations))
    }
  }

  private init(_ error: RegistryError) {
    switch error {
    case .unknown(let resource, let id, let nearest):
      let hint = nearest.map { " Did you mean \($0)?" } ?? ""
      self.init(
        .notFound, "unknown-item", "No such \(resource)",
        "There is no \(resource) \"\(id.prefix(80))\".\(hint)")
    case .merged(let resource, let id, let into):
      self.init(
        .permanentRedirect, "merged", "One with another \(resource)",
        "The \(resource) \"\(id.prefix(80))\" is one with \(into), which stands for both.")
    case .badQuery(let violations):
      self.init(
        .badRequest, "bad-query", "The question can't be understood",
        violations.map(\.detail).joined(separator: " "))
      self.violations = violations
    case .invalid(let violations):
      self.init(
        .unprocessableContent, "invalid", "The item breaks rules",
        rulesBroken(violations))
      self.violations = violations
    case .conflict(let detail): self.init(.conflict, "conflict", "Already there", detail)
    case .stale(let version):
      self.init(
        .preconditionFailed, "stale", "The item has changed",
        "It is at version \(version) now: get it again, and apply your change to that.",
        [.eTag: "\"\(version)\""])
    case .otherRequest:
      self.init(
        .unprocessableContent, "other-request", "The idempotency key was used before",
        "It came with another request; a new request needs a new key.")
    case .forbidden(let detail): self.init(.forbidden, "forbidden", "Not with this key", detail)
    case .tooManyRows(let rows, let standing, let retryAfter?):
      self.init(
        .tooManyRequests, "too-many-rows", "Too many rows for now",
        """
        \(rows > 0 ? "These are \(rows) rows. " : "")This key may import \(standing.rows) rows in 24 hours, \
        \(standing.remaining) of them now. Try again in \(retryAfter) s, or with fewer rows.
        """, [.retryAfter: "\(retryAfter)"])
      for field in standing.fields { fields[field.name] = field.value }
    // Waiting wouldn't help, so it is no 429: the content itself is too large.
    case .tooManyRows(let rows, let standing, nil):
      self.init(
        .contentTooLarge, "too-many-rows", "Too many rows for one import",
        """
        These are \(rows) rows, and this key may import \(standing.rows) in 24 hours: send fewer at once, or ask \
        whoever runs this server for more.
        """)
      for field in standing.fields { fields[field.name] = field.value }
    case .tooManyImports(let most):
      self.init(
        .tooManyRequests, "too-many-imports", "Too many imports at once",
        """
        This key has as many imports that aren't over as it may, \(most): wait until one is, or cancel an upload \
        that nobody goes on with.
        """, [.retryAfter: "10"])
    case .full:
      self.init(
        .init(code: 507, reasonPhrase: "Insufficient Storage"), "storage-full", "The disk is full",
        "Nothing was stored. Reading goes on; try again when there is space.", [.retryAfter: "60"])
    case .readOnly:
      self.init(
        .init(code: 507, reasonPhrase: "Insufficient Storage"), "read-only",
        "The database can't be written", "Nothing was stored. Reading goes on.")
    case .damaged:
      self.init(
        .serviceUnavailable, "damaged", "The database is damaged",
        "Nothing is stored until whoever runs this server has restored a backup.")
      cause = "\(error)"
    case .unusable(let cause), .unavailable(let cause):
      self.init(
        .serviceUnavailable, "unavailable", "The database doesn't answer",
        "Try again in a moment.", [.retryAfter: "5"])
      self.cause = cause
    }
  }
}

private func rulesBroken(_ violations: [Violation]) -> String {
  switch violations.count {
  case 1: violations[0].detail
  case mostAtOnce...:
    "At least \(violations.count) things are wrong; errors names these. Nothing was stored."
  case let count: "\(count) things are wrong; errors names each. Nothing was stored."
  }
}
