internal import HTTPTypes

extension RequestHead {
  /// Puts a request line and its fields together by the rules that span both.
  init(_ line: RequestLine, _ fields: FieldLines) throws(Refusal) {
    try Self.checkHost(fields, isHTTP10: line.isHTTP10)
    framing = try Self.framing(fields, isHTTP10: line.isHTTP10)
    let options = (fields[.connection] ?? "").lowercasedASCII.listMembers
    isPersistent =
      line.isHTTP10
      ? options.contains("keep-alive") && !options.contains("close") : !options.contains("close")
    isHTTP10 = line.isHTTP10
    expectsContinue = try Self.expectsContinue(fields, isHTTP10: line.isHTTP10)
    request = Request(method: line.method, target: line.target, fields: fields)
  }

  // RFC 9112 §3.2: one Host, which is an authority or empty.
  private static func checkHost(_ fields: FieldLines, isHTTP10: Bool) throws(Refusal) {
    switch fields.count(host) {
    case 0:
      guard isHTTP10 else { throw .malformed("The request has no Host (RFC 9112 §3.2).") }
    case 1:
      let authority = Array((fields[host] ?? "").utf8)
      guard authority.isEmpty || isAuthority(authority.span) else {
        throw .malformed("The Host isn't a name or an address (RFC 9112 §3.2).")
      }
    default: throw .malformed("The request has more than one Host (RFC 9112 §3.2).")
    }
  }

  // RFC 9112 §6.3. Where a server could be lenient, another one on the way may have read the bytes
  // otherwise, and a request is smuggled between the two.
  private static func framing(_ fields: FieldLines, isHTTP10: Bool) throws(Refusal) -> Framing {
    if let coding = fields[.transferEncoding] {
      guard !isHTTP10 else {
        throw .malformed("HTTP/1.0 has no Transfer-Encoding (RFC 9112 §6.1).")
      }
      guard fields.count(.contentLength) == 0 else {
        throw .malformed("Content-Length and Transfer-Encoding exclude each other (RFC 9112 §6.3).")
      }
      return try chunked(coding)
    }
    guard let length = fields[.contentLength] else { return .none }
    guard !length.isEmpty, length.utf8.allSatisfy(\.isDigit) else {
      throw .malformed("Content-Length is one number, given once (RFC 9112 §6.3).")
    }
    // A number too large for the machine is too large for any limit.
    let count = Int(length) ?? .max
    return count == 0 ? .none : .length(count)
  }

  // RFC 9112 §6.1: chunked comes last and once; other codings are for those who know them.
  private static func chunked(_ value: String) throws(Refusal) -> Framing {
    let codings = value.lowercasedASCII.listMembers
    guard codings.last == "chunked", codings.count(where: { $0 == "chunked" }) == 1 else {
      if let other = codings.first(where: { $0 != "chunked" }), codings.count == 1 {
        throw .unknownTransferCoding(String(other.prefix(40)))
      }
      throw .malformed("The last transfer coding must be chunked, once (RFC 9112 §6.3).")
    }
    guard codings.count == 1 else { throw .unknownTransferCoding(String(codings[0].prefix(40))) }
    return .chunked
  }

  private static func expectsContinue(
    _ fields: FieldLines, isHTTP10: Bool
  ) throws(Refusal) -> Bool {
    guard let expectation = fields[.expect], !isHTTP10 else { return false }
    let members = expectation.lowercasedASCII.listMembers
    if let other = members.first(where: { $0 != "100-continue" }) {
      throw .unknownExpectation(String(other.prefix(40)))
    }
    return !members.isEmpty
  }
}

// swift-http-types keeps Host out of its fields; what came over the wire has it among them.
private let host = HTTPField.Name.token("Host")
