internal import HTTP
internal import HTTPTypes
internal import Registry

/// Why a request that is proper HTTP can't be handled.
enum RequestError: Error {
  case noKey
  case badKey
  case notJSON(pointer: String, offset: Int, reason: String)
  /// The media types that are taken, and the field that says so.
  case unsupportedMediaType(taken: String, HTTPField.Name)
  case unknownContentCoding
  /// The body isn't what its content coding says.
  case badCoding(ContentCoding)
  case notAcceptable(offered: [String])
  case noPrecondition
  /// The quota is used up for now.
  case tooMany(RateLimits.Standing)
  /// If-Match names another tag than this one.
  case failedPrecondition(EntityTag)
  /// Nothing of the bytes that were asked for is there: they are so many.
  case unsatisfiableRange(count: Int)
  /// What came isn't what the field says.
  case otherDigest(HTTPField.Name)
  /// As many bytes of the upload have come, and not as many as Upload-Offset says.
  case otherOffset(Int)
  /// Nothing more of it is awaited.
  case uploadComplete
  /// The feed's last change is this one, and what follows a later one is asked for.
  case ahead(newest: Int64)
  /// What follows a change of another feed than this one is asked for.
  case otherFeed(here: String)
  case badField(String, rule: String)
  case badParameters([Violation])
}
