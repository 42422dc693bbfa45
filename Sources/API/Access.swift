internal import HTTP
internal import HTTPTypes
internal import Registry

extension Registry {
  /// Who writes.
  func author(of request: Request) throws -> Key {
    let key = try key(of: request)
    if let refusal = key.refusal(at: now) { throw refusal }
    return key
  }

  /// Whose key comes with the request (RFC 6750 §2.1).
  func key(of request: Request) throws -> Key {
    guard let credentials = request[.authorization] else { throw RequestError.noKey }
    // RFC 9110 §11.4: one space or more.
    let scheme = credentials.utf8.prefix { $0 != space }
    let token = credentials.utf8[scheme.endIndex...].drop { $0 == space }
    guard String(Substring(scheme)).lowercasedASCII == "bearer", !token.isEmpty else {
      throw RequestError.noKey
    }
    guard let key = try key(String(Substring(token))) else { throw RequestError.badKey }
    return key
  }

  /// Who reads: anyone, or the owner of drafts.
  func viewer(of request: Request) throws -> Viewer {
    request[.authorization] == nil ? .anyone : try key(of: request).viewer
  }
}

private let space = UInt8(ascii: " ")
