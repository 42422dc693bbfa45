internal import HTTP
internal import HTTPTypes

extension EventLoop {
  /// The address of whoever asks: the connection's other end, or whom a trusted proxy there names.
  func peer(_ connection: Connection, _ request: Request) -> String {
    guard trustsProxy,
      let text = Forwarded.client(request[.forwarded], xForwardedFor: request[.xForwardedFor])
    else { return connection.peer }
    // "unknown" and other names are no addresses; and one address has one text.
    return (try? SocketAddress(host: text, port: 0))?.host ?? connection.peer
  }
}

extension HTTPField.Name {
  fileprivate static let forwarded = token("Forwarded")
  fileprivate static let xForwardedFor = token("X-Forwarded-For")
}
