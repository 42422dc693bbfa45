internal import HTTP
internal import HTTPTypes
internal import Registry
internal import Synchronization

/// A file on disk that doesn't change, answered whole or a part of it, so that a download that broke off goes on.
struct StoredFile {
  let spool: Spool
  let count: Int
  let mediaType: String
  let tag: EntityTag
  let modified: Instant

  func answer(_ request: Request) throws -> Response {
    let date = HTTPDate.text(secondsSince1970: Int(modified.milliseconds / 1000))
    var response = Response(
      .ok, [.eTag: tag.text, .lastModified: date, .acceptRanges: "bytes"])
    switch request.verdict(at: tag) {
    case .failed: throw RequestError.failedPrecondition(tag)
    case .notModified:
      response.status = .notModified
      return response
    case .perform: break
    }
    // RFC 9110 §13.1.3: dates count where tags don't. Who has this file has its very date.
    if request[.ifNoneMatch] == nil, request[.ifModifiedSince] == date {
      response.status = .notModified
      return response
    }
    response.fields[.contentType] = mediaType
    switch request.range(of: count, at: tag) {
    case .whole: response.body = .stream(source(0..<count))
    case .part(let range):
      response.status = .partialContent
      response.fields[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(count)"
      response.body = .stream(source(range))
    case .unsatisfiable: throw RequestError.unsatisfiableRange(count: count)
    }
    return response
  }

  private func source(_ range: Range<Int>) -> BodySource {
    let place = Mutex(range.lowerBound)
    return BodySource(count: range.count) { [spool] piece in
      try place.withLock { place in
        let bytes = try spool.read(min(128 << 10, range.upperBound - place), at: place)
        if bytes.isEmpty, place < range.upperBound {
          throw RegistryError.unavailable("A file of a dump is shorter than its manifest says.")
        }
        piece += bytes
        place += bytes.count
        return place < range.upperBound
      }
    }
  }
}
