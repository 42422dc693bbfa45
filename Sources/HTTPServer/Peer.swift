internal import HTTP
internal import HTTPTypes

extension EventLoop {
  /// The address of whoever asks: the connection's other end, or whom a trusted proxy there names.
  ///
  /// "unknown" (RFC 7239 §6.2) where the proxy names nobody that can be believed: whoever asks by it then isn't the proxy.
  func peer(_ connection: Connection, _ request: Request) -> String {
    guard trustsProxy else { return connection.peer }
    let (forwarded, list) = (request[.forwarded], request[.xForwardedFor])
    if forwarded == nil, list == nil { return connection.peer }
    guard let text = Forwarded.client(forwarded, xForwardedFor: list) else { return "unknown" }
    // Other names are no addresses; and one address has one text.
    return (try? SocketAddress(host: text, port: 0))?.host ?? "unknown"
  }
}

extension HTTPField.Name {
  fileprivate static let forwarded = token("Forwarded")
  fileprivate static let xForwardedFor = token("X-Forwarded-For")
}
