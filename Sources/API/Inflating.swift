internal import Compression
internal import HTTP
internal import HTTPTypes

/// The request's body without its content coding, at most `most` bytes (RFC 9110 §8.4).
func inflatedBody(_ request: Request, most: Int) throws -> [UInt8] {
  guard let coding = try request.contentCoding() else { return request.body }
  var body: [UInt8] = []
  let inflater = try Inflater(coding.wrapping)
  do {
    try inflater.each(of: request.body) { piece in
      guard body.count + piece.count <= most else { throw Refusal.bodyTooLarge(most: most) }
      body += piece
    }
  } catch is CompressionError {
    throw RequestError.badCoding(coding)
  }
  guard inflater.isDone else { throw RequestError.badCoding(coding) }
  return body
}

extension Request {
  /// How its body is coded; nil for a body as it is.
  func contentCoding() throws(RequestError) -> ContentCoding? {
    guard let name = self[.contentEncoding], name.lowercasedASCII != "identity" else { return nil }
    guard let coding = ContentCoding(named: name) else { throw .unknownContentCoding }
    return coding
  }
}
