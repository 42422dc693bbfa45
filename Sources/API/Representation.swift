internal import Compression
internal import HTTP
internal import HTTPTypes
internal import Registry
internal import Synchronization

// From bytes in a format to the answer that the client asked for: its tag, its coding, or that it has it already.

/// What is smaller goes in one packet as it is, and gains nothing.
private let worthCompressing = 1400

func versionTag(_ version: Int64) -> EntityTag { EntityTag(String(version)) }

/// A tag that changes with the bytes, and with nothing else: eight of them at a time are multiplied into it,
/// by the prime of FNV-1a, and each time its upper half into its lower.
func contentTag(_ body: [UInt8]) -> EntityTag {
  let bytes = unsafe body.span.bytes
  let tail = bytes.byteCount & ~7
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(bytes.byteCount)
  func mix(_ word: UInt64) {
    hash = (hash ^ word) &* 0x100_0000_01b3
    hash ^= hash >> 32
  }
  for offset in stride(from: 0, to: tail, by: 8) {
    mix(
      unsafe UInt64(
        littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)))
  }
  for index in tail..<bytes.byteCount { mix(UInt64(body[index])) }
  return EntityTag(String(hash, radix: 16))
}

/// An answer in a format; JSON ends its line, for those who read it in a terminal.
func formatted(_ format: Format, _ body: [UInt8]) -> Response {
  represented(format.contentType, format == .json ? body + "\n".utf8 : body)
}

/// An answer of a media type that depends on what is accepted and by whom it is asked.
func represented(_ contentType: String, _ body: [UInt8]) -> Response {
  Response(
    .ok, [.contentType: contentType, .vary: "Accept, Accept-Encoding, Authorization"], body: body)
}

extension Response {
  /// This answer with its tag and in the coding that the client likes best, or 304 where the client has it
  /// already (RFC 9110 §13.2.2, §15.4.5).
  func conditional(_ request: Request, _ tag: EntityTag, _ viewer: Viewer) throws -> Response {
    guard case .bytes(let bytes) = body else { return self }
    let coding =
      bytes.count < worthCompressing ? nil : ContentCoding.preferred(request[.acceptEncoding])
    let codedTag = tag.coded(coding)
    var response = self
    response.fields[.eTag] = codedTag.text
    // Kept, but asked for each time: what is withdrawn must not be shown from a cache.
    if response.fields[.cacheControl] == nil {
      response.fields[.cacheControl] = viewer == .anyone ? "no-cache" : "private, no-cache"
    }
    switch request.verdict(at: tag, in: coding) {
    case .failed: throw RequestError.failedPrecondition(codedTag)
    case .notModified:
      response.status = .notModified
      response.fields[.contentType] = nil
      response.body = .bytes([])
    case .perform:
      guard let coding else { break }
      response.fields[.contentEncoding] = coding.rawValue
      response.body = .bytes(try compressed(bytes, coding))
    }
    return response
  }

  /// This stream in the coding that the client likes best.
  func coded(_ request: Request) throws -> Response {
    guard case .stream(let source) = body,
      let coding = ContentCoding.preferred(request[.acceptEncoding])
    else { return self }
    var response = self
    response.fields[.contentEncoding] = coding.rawValue
    response.body = .stream(try compressed(source, coding))
    return response
  }
}

private func compressed(_ bytes: [UInt8], _ coding: ContentCoding) throws -> [UInt8] {
  var output: [UInt8] = []
  try Deflater(coding.wrapping).append(bytes, to: &output, isLast: true)
  return output
}

private func compressed(_ source: BodySource, _ coding: ContentCoding) throws -> BodySource {
  let deflater = Mutex(try Deflater(coding.wrapping))
  return BodySource { piece in
    var plain: [UInt8] = []
    let rest = try source.next(&plain)
    let smaller = try deflater.withLock { deflater in
      var smaller: [UInt8] = []
      try deflater.append(plain, to: &smaller, isLast: rest == .nothing)
      return smaller
    }
    piece += smaller
    return rest == .more
  }
}

extension ContentCoding {
  var wrapping: Wrapping {
    switch self {
    case .gzip: .gzip
    case .deflate: .zlib
    }
  }
}
