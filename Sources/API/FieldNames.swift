internal import HTTP
internal import HTTPTypes

// Names that swift-http-types doesn't have.
extension HTTPField.Name {
  static let xRequestID = token("X-Request-Id")
  /// W3C Trace Context §3.2.
  static let traceparent = token("traceparent")
  /// RFC 8288 §3.
  static let link = token("Link")
  /// draft-ietf-httpbis-resumable-upload §4.
  static let uploadComplete = token("Upload-Complete")
  static let uploadOffset = token("Upload-Offset")
  static let uploadLimit = token("Upload-Limit")
  /// RFC 9530 §2, §3.
  static let contentDigest = token("Content-Digest")
  static let reprDigest = token("Repr-Digest")
  static let idempotencyKey = token("Idempotency-Key")
  static let idempotencyReplayed = token("Idempotency-Replayed")
  /// HTML §9.2.4.
  static let lastEventID = token("Last-Event-ID")
  static let xAccelBuffering = token("X-Accel-Buffering")
  static let rateLimit = token("RateLimit")
  static let rateLimitPolicy = token("RateLimit-Policy")
  static let acceptPatch = token("Accept-Patch")
  static let acceptPost = token("Accept-Post")
  /// RFC 7240 §2, §3.
  static let prefer = token("Prefer")
  static let preferenceApplied = token("Preference-Applied")
}
