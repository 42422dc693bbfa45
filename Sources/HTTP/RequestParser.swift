internal import HTTPTypes

/// A request without its body, and how the body comes.
public struct RequestHead: Sendable {
  public var request: Request
  public let framing: Framing
  /// True when the connection may carry another request after this one (RFC 9112 §9.3).
  public let isPersistent: Bool
  /// True when the client waits for 100 before it sends the body (RFC 9110 §10.1.1).
  public let expectsContinue: Bool
  /// True for HTTP/1.0, whose clients must be told that a connection stays.
  public let isHTTP10: Bool

  /// Where the body ends (RFC 9112 §6).
  public enum Framing: Sendable, Equatable {
    case none
    /// That many bytes, at least one.
    case length(Int)
    case chunked
  }
}

/// Reads heads of requests (RFC 9112 §2 to §6) out of a connection's bytes, in place.
///
/// A head may come in pieces: give all bytes since the last head again, and only the new ones are looked at.
public struct RequestParser: Sendable {
  private let limits: Limits
  private let isSecure: Bool
  private var scanned = 0
  private var lineStart = 0
  /// The request line without its end, once it is there.
  private var requestLine: Range<Int>?
  /// True where the last head, or as much of it as has come, asks for a head alone: then a refusal has no
  /// content either (RFC 9110 §9.3.2).
  public private(set) var isForHEAD = false

  /// `isSecure` is true where the bytes come over TLS, or from a gateway that is trusted to have taken it off.
  public init(_ limits: Limits, isSecure: Bool = false) {
    self.limits = limits
    self.isSecure = isSecure
  }

  /// True before the first byte of a head.
  public var isIdle: Bool { scanned == 0 }

  /// The next head and how many bytes it took, or nil while its end hasn't come.
  public mutating func next(
    in bytes: Span<UInt8>
  ) throws(Refusal) -> (head: RequestHead, length: Int)? {
    while scanned < bytes.count {
      let byte = bytes[scanned]
      scanned += 1
      if byte != UInt8(ascii: "\n") { continue }
      try checkSize(bytes)
      // RFC 9112 §2.2 lets a server take a bare LF for a line's end. Whoever stands in front may not
      // have, so it isn't taken.
      guard scanned - lineStart >= 2, bytes[scanned - 2] == UInt8(ascii: "\r") else {
        throw .malformed("A line ends with LF alone, not CR LF (RFC 9112 §2.2).")
      }
      let line = lineStart..<(scanned - 2)
      lineStart = scanned
      if let requestLine {
        if line.isEmpty { return try complete(bytes, requestLine) }
      } else if !line.isEmpty {
        requestLine = line
      }
      // RFC 9112 §2.2: an empty line before a request is passed over.
    }
    try checkSize(bytes)
    return nil
  }

  // Says the same however the bytes were cut: which limit the first byte too many broke.
  private mutating func checkSize(_ bytes: Span<UInt8>) throws(Refusal) {
    if requestLine == nil { isForHEAD = asksForHEAD(bytes.extracting(lineStart..<bytes.count)) }
    let lineEnd = requestLine == nil ? lineStart + limits.requestLine : .max
    guard scanned > min(lineEnd, limits.head) else { return }
    throw lineEnd < limits.head
      ? .requestLineTooLong(most: limits.requestLine) : .headTooLarge(most: limits.head)
  }

  private mutating func complete(
    _ bytes: Span<UInt8>, _ requestLine: Range<Int>
  ) throws(Refusal) -> (RequestHead, Int) {
    let length = scanned
    let asksForHEAD = isForHEAD
    self = RequestParser(limits, isSecure: isSecure)
    isForHEAD = asksForHEAD
    let line = try RequestLine(bytes.extracting(requestLine), isSecure: isSecure)
    let fields = try FieldLines(
      bytes.extracting((requestLine.upperBound + 2)..<(length - 2)), most: limits.fieldCount)
    return (try RequestHead(line, fields), length)
  }
}

private func asksForHEAD(_ line: Span<UInt8>) -> Bool {
  let method = "HEAD ".utf8
  guard line.count >= method.count else { return false }
  var index = 0
  for byte in method {
    if line[index] != byte { return false }
    index += 1
  }
  return true
}

/// RFC 9112 §3: method SP request-target SP HTTP-version.
struct RequestLine {
  let method: HTTPRequest.Method
  let target: Target
  let isHTTP10: Bool

  init(_ bytes: Span<UInt8>, isSecure: Bool) throws(Refusal) {
    var spaces = 0
    var (first, second) = (0, 0)
    for index in bytes.indices {
      let byte = bytes[index]
      if byte == UInt8(ascii: " ") {
        spaces += 1
        if spaces == 1 { first = index } else { second = index }
      } else if byte <= 0x20 || byte >= 0x7F {
        throw .malformed(
          "The request line may hold visible ASCII only: percent-encode what else the target has (RFC 9112 §3)."
        )
      }
    }
    guard spaces == 2, first > 0, second > first + 1 else {
      throw .malformed(
        "A request line is a method, a target and a version, one space between them (RFC 9112 §3).")
    }
    let name = bytes.extracting(0..<first)
    for index in name.indices where !name[index].isToken {
      throw .malformed("A method is a token (RFC 9110 §9.1).")
    }
    isHTTP10 = try Self.version(bytes.extracting((second + 1)..<bytes.count))
    guard let method = HTTPRequest.Method(text(name)) else {
      throw .malformed("A method is a token (RFC 9110 §9.1).")
    }
    // A tunnel is a proxy's to give; its target isn't a path.
    if method == .connect { throw .unknownMethod("CONNECT") }
    self.method = method
    target = try Target(bytes.extracting((first + 1)..<second), isSecure: isSecure)
    if target.isAsterisk, method != .options {
      throw .malformed("The target * is for OPTIONS alone (RFC 9112 §3.2.4).")
    }
  }

  /// True for HTTP/1.0; a later minor version of 1 is answered as 1.1 (RFC 9110 §2.5).
  private static func version(_ bytes: Span<UInt8>) throws(Refusal) -> Bool {
    var index = 0
    for byte in "HTTP/".utf8 {
      guard index < bytes.count, bytes[index] == byte else {
        throw .malformed("The request line ends with HTTP/1.1 (RFC 9112 §2.3).")
      }
      index += 1
    }
    guard bytes.count == 8, bytes[5].isDigit, bytes[6] == UInt8(ascii: "."), bytes[7].isDigit else {
      throw .malformed("The request line ends with HTTP/1.1 (RFC 9112 §2.3).")
    }
    guard bytes[5] == UInt8(ascii: "1") else { throw .unknownVersion }
    return bytes[7] == UInt8(ascii: "0")
  }
}

extension FieldLines {
  /// RFC 9112 §5, each line ended by CR LF.
  init(_ section: Span<UInt8>, most: Int) throws(Refusal) {
    var lines: [Line] = []
    lines.reserveCapacity(8)
    var start = 0
    while start < section.count {
      var end = start
      while section[end] != UInt8(ascii: "\n") { end += 1 }
      guard lines.count < most else { throw .tooManyFields(most: most) }
      lines.append(try Line(in: section, from: start, to: end - 1))
      start = end + 1
    }
    self.lines = lines
    bytes = array(section)
  }
}

extension FieldLines.Line {
  /// RFC 9112 §5: field-name ":" OWS field-value OWS, from `start` up to the line's CR.
  init(in bytes: Span<UInt8>, from start: Int, to end: Int) throws(Refusal) {
    var colon = start
    while colon < end, bytes[colon].isToken { colon += 1 }
    guard colon > start else {
      throw .malformed(
        start < end && bytes[start].isBlank
          ? "A field line can't be folded onto a second one (RFC 9112 §5.2)."
          : "A field line begins with its name (RFC 9112 §5).")
    }
    guard colon < end, bytes[colon] == UInt8(ascii: ":") else {
      throw .malformed("A field's name is a token, its colon right behind it (RFC 9112 §5.1).")
    }
    var first = colon + 1
    var last = end
    while first < last, bytes[first].isBlank { first += 1 }
    while last > first, bytes[last - 1].isBlank { last -= 1 }
    for index in first..<last where !bytes[index].isFieldContent {
      throw .malformed("A field's value can't hold control characters (RFC 9110 §5.5).")
    }
    name = Int32(start)..<Int32(colon)
    value = Int32(first)..<Int32(last)
  }
}
