internal import CLinux
internal import Glibc

/// A listening socket, closed when it is no longer owned.
struct Listener: ~Copyable {
  let descriptor: Int32
  private let address: ListenAddress

  private init(_ descriptor: Int32, _ address: ListenAddress) {
    self.descriptor = descriptor
    self.address = address
  }

  deinit { close(descriptor) }

  /// The first listener of a server.
  static func first(_ address: ListenAddress) throws(ServerError) -> Listener {
    switch address {
    case .tcp(let host, let port):
      // A port that another program shares can be listened on, too, where both ask for sharing; only a
      // listener that doesn't ask finds out.
      if port != 0 { _ = try tcp(host, port, isShared: false) }
      return try tcp(host, port, isShared: true)
    case .unix(let path):
      try SocketFile.clear(path)
      let socketAddress = try SocketAddress(path: path)
      let listener = Listener(try socketAddress.newSocket(), address)
      // Nobody can connect before it listens, so nobody finds it with other permissions.
      try listener.listen(at: socketAddress) { chmod(path, 0o660) }
      return listener
    case .inherited(let descriptor): return try inherited(descriptor)
    }
  }

  /// A further one for another loop: with a queue of its own where the kernel divides the clients
  /// (SO_REUSEPORT), otherwise on the same queue.
  func another() throws(ServerError) -> Listener {
    if case .tcp(let host, _) = address { return try Self.tcp(host, port, isShared: true) }
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw ServerError("fcntl", errno) }
    return Listener(copy, address)
  }

  private static func tcp(
    _ host: String, _ port: UInt16, isShared: Bool
  ) throws(ServerError) -> Listener {
    let address = try SocketAddress(
      host: host == "localhost" ? "127.0.0.1" : host, port: port)
    let listener = Listener(try address.newSocket(), .tcp(host: host, port: port))
    setOption(listener.descriptor, SOL_SOCKET, SO_REUSEADDR)
    if isShared { setOption(listener.descriptor, SOL_SOCKET, SO_REUSEPORT) }
    try listener.listen(at: address)
    return listener
  }

  private static func inherited(_ descriptor: Int32) throws(ServerError) -> Listener {
    guard option(descriptor, SO_TYPE) == Int32(SOCK_STREAM.rawValue),
      option(descriptor, SO_ACCEPTCONN) == 1
    else {
      throw ServerError("Descriptor \(descriptor)", "it is no stream socket that listens")
    }
    guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0,
      fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0
    else { throw ServerError("fcntl", errno) }
    return Listener(descriptor, .inherited(descriptor: descriptor))
  }

  private func listen(
    at socketAddress: SocketAddress, once prepare: () -> Int32 = { 0 }
  ) throws(ServerError) {
    guard socketAddress.withPointer({ bind(descriptor, $0, $1) }) == 0, prepare() == 0,
      Glibc.listen(descriptor, 4096) == 0
    else { throw ServerError(address, errno) }
  }

  /// The port that the kernel chose, where it had to; 0 where there is none.
  var port: UInt16 {
    var address = SocketAddress()
    return address.fill { getsockname(descriptor, $0, $1) } == 0 ? address.port : 0
  }

  /// How many to accept at a time: so many that nobody else waits for long; from a queue that several
  /// loops share one, so that a crowd that comes at once is divided.
  var takes: Int { if case .tcp = address { 64 } else { 1 } }

  enum Accepted {
    case connection(Int32, peer: String)
    case none
    /// The process or the machine has no descriptor left.
    case exhausted
  }

  func accept() -> Accepted {
    var address = SocketAddress()
    let accepted = address.fill { clinux_accept(descriptor, $0, $1) }
    guard accepted >= 0 else {
      switch errno {
      case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
      // A client that gave up while it waited leaves others behind it.
      case ECONNABORTED, EINTR: return accept()
      default: return .none
      }
    }
    setOption(accepted, Int32(IPPROTO_TCP), TCP_NODELAY)
    return .connection(accepted, peer: address.host)
  }
}

private func setOption(_ descriptor: Int32, _ level: Int32, _ option: Int32) {
  var on: Int32 = 1
  // None of them fails on a fresh TCP socket, and a Unix-domain socket needs none.
  _ = setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
}

/// Nil where the descriptor is no socket.
private func option(_ descriptor: Int32, _ option: Int32) -> Int32? {
  var value: Int32 = 0
  var length = socklen_t(MemoryLayout<Int32>.size)
  return getsockopt(descriptor, SOL_SOCKET, option, &value, &length) == 0 ? value : nil
}
