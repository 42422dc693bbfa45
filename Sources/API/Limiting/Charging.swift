internal import HTTP
internal import HTTPTypes
internal import Registry

extension RateLimits {
  /// Charges `request` to the key it comes with, or else to its address; throws where it is one too many.
  ///
  /// The machine itself isn't limited: what comes from there is its operator's, or a proxy's whose clients he
  /// can have named.
  func charge(
    _ request: Request, at now: UInt64, _ registry: Registry
  ) throws(RequestError) -> Standing? {
    if request.peer.isEmpty || isLoopback(request.peer) { return nil }
    // A key that doesn't stand is nobody's: trying keys out is charged to whoever tries.
    let key = request[.authorization] == nil ? nil : try? registry.key(of: request)
    let standing =
      key.map { takeKey($0.id, at: now) } ?? takeAddress(household(request.peer), at: now)
    if let standing, standing.retryAfter != nil { throw .tooMany(standing) }
    return standing
  }
}

extension ImportQuota.Standing {
  /// The same fields, for rows.
  var fields: [HTTPField] {
    [
      HTTPField(
        name: .rateLimitPolicy, value: "\"import-rows\";q=\(rows);w=\(ImportQuota.seconds)"),
      HTTPField(name: .rateLimit, value: "\"import-rows\";r=\(remaining);t=\(seconds)"),
    ]
  }
}

extension RateLimits.Standing {
  /// The fields of draft-ietf-httpapi-ratelimit-headers.
  var fields: [HTTPField] {
    [
      HTTPField(
        name: .rateLimitPolicy, value: "\"\(name)\";q=\(quota.requests);w=\(quota.seconds)"),
      HTTPField(name: .rateLimit, value: "\"\(name)\";r=\(remaining);t=\(seconds)"),
    ]
  }
}
