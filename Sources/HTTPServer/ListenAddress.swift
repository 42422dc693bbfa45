/// Where the server listens.
public enum ListenAddress: Sendable, Equatable {
  /// An IPv4 or IPv6 address, or `localhost`; port 0 is any free one.
  case tcp(host: String, port: UInt16)
  /// A Unix-domain socket, which its owner and group may connect to. A file that a server left behind is
  /// replaced; the file goes when the server stops.
  case unix(path: String)
  /// A socket that listens already: whoever started this process opened it.
  case inherited(descriptor: Int32)

  public init(host: String = "127.0.0.1", port: UInt16 = 8080) {
    self = .tcp(host: host, port: port)
  }
}
