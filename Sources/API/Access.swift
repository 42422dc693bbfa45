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
    let parts = credentials.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, String(parts[0]).lowercasedASCII == "bearer" else {
      throw RequestError.noKey
    }
    // RFC 9110 §11.4: one space or more.
    let token = parts[1].drop { $0 == " " }
    guard let key = try key(String(token)) else { throw RequestError.badKey }
    return key
  }

  /// Who reads: anyone, or the owner of drafts.
  func viewer(of request: Request) throws -> Viewer {
    request[.authorization] == nil ? .anyone : try key(of: request).viewer
  }
}
