public import HTTPTypes

/// Why a request isn't taken at all; the connection ends with the answer, since what follows in its
/// bytes can't be known.
public enum Refusal: Error, Equatable, Sendable {
  /// A sentence that says which rule of RFC 9112 the bytes break.
  case malformed(String)
  case requestLineTooLong(most: Int)
  case headTooLarge(most: Int)
  case tooManyFields(most: Int)
  case bodyTooLarge(most: Int)
  case unknownTransferCoding(String)
  case unknownExpectation(String)
  case unknownVersion
  case unknownMethod(String)
  /// An https URI that came without TLS.
  case misdirected
  /// HTTP came where TLS is spoken.
  case withoutTLS
  /// The client took longer than the deadline for a head or a body.
  case tooSlow

  public var status: HTTPResponse.Status {
    switch self {
    case .malformed, .withoutTLS: .badRequest
    case .requestLineTooLong: .uriTooLong
    case .headTooLarge, .tooManyFields: .requestHeaderFieldsTooLarge
    case .bodyTooLarge: .contentTooLarge
    case .unknownTransferCoding, .unknownMethod: .notImplemented
    case .unknownExpectation: .expectationFailed
    case .unknownVersion: .httpVersionNotSupported
    case .misdirected: .misdirectedRequest
    case .tooSlow: .requestTimeout
    }
  }

  /// A sentence for whoever wrote the client.
  public var detail: String {
    switch self {
    case .malformed(let rule): rule
    case .requestLineTooLong(let most): "The request line is longer than \(most) bytes."
    case .headTooLarge(let most): "The request's fields are longer than \(most) bytes in all."
    case .tooManyFields(let most): "The request has more than \(most) fields."
    case .bodyTooLarge(let most): "The body is larger than \(most) bytes."
    case .unknownTransferCoding(let coding):
      "The transfer coding \(coding) isn't known here: send chunked, or a Content-Length."
    case .unknownExpectation(let expectation):
      "The expectation \(expectation) can't be met: only 100-continue is known."
    case .unknownVersion: "This server speaks HTTP/1.1 and HTTP/1.0."
    case .unknownMethod(let method): "This server has no method \(method)."
    case .misdirected: "An https URI is answered over TLS only (RFC 9110 §7.4)."
    case .withoutTLS: "This port speaks HTTPS: ask for an https URI."
    case .tooSlow: "The request took too long to arrive."
    }
  }
}
