internal import Glibc

/// A connection to this machine that sends exactly the bytes it is given, sealed where there is TLS.
public final class Wire {
  private let socket: Int32
  private let tls: TLSClient?
  private let piece: Int
  private var received: [UInt8] = []
  /// Where in it the last text stood that was waited for.
  private var found = 0

  public struct Broken: Error {
    public let call: String
  }

  /// Sends at most `piece` bytes at once, and has no more than about `room` bytes wait to be read.
  public convenience init(
    port: UInt16, tls: TLSClient? = nil, piece: Int = .max, room: Int32? = nil
  ) throws {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    try self.init(address, family: AF_INET, tls, piece, room)
  }

  /// A connection to a Unix-domain socket.
  public convenience init(path: String, tls: TLSClient? = nil) throws {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    try self.init(address, family: AF_UNIX, tls, .max, nil)
  }

  private init<Address>(
    _ address: Address, family: Int32, _ tls: TLSClient?, _ piece: Int, _ room: Int32?
  ) throws {
    self.tls = tls
    self.piece = piece
    // A server that another test starts must not keep it open.
    socket = Glibc.socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    if var room {
      setsockopt(
        socket, SOL_SOCKET, SO_RCVBUF, &room, socklen_t(MemoryLayout<Int32>.size))
    }
    let result = withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<Address>.size))
      }
    }
    guard result == 0 else { throw Broken(call: "connect") }
    // Otherwise the kernel puts small pieces together.
    var on: Int32 = 1
    setsockopt(
      socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    // A test that waits for what never comes must end.
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(
      socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    while let tls, !(try tls.handshake()) {
      try transmit(tls.sealed())
      guard try receive() else { throw Broken(call: "handshake: the connection ended") }
    }
    if let tls { try transmit(tls.sealed()) }
  }

  deinit { close(socket) }

  public func send(_ text: String) throws { try send(Array(text.utf8)) }

  public func send(_ bytes: [UInt8]) throws {
    try transmit(tls?.seal(bytes) ?? bytes)
  }

  /// Sends these bytes, whether they are TLS or not.
  public func transmit(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(
          socket, $0.baseAddress?.advanced(by: sent), min(piece, $0.count - sent),
          Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw Broken(call: "send") }
      sent += count
    }
  }

  /// Says that nothing more will be sent.
  public func finish() {
    if let tls { try? transmit(tls.sealedEnd()) }
    _ = shutdown(socket, Int32(SHUT_WR))
  }

  /// Has the connection end with RST instead of FIN, when it is let go.
  public func willReset() {
    var now = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
  }

  /// The next answer.
  public func answer(isForHEAD: Bool = false) throws -> Answer {
    while true {
      if let answer = Answer(takenFrom: &received, isForHEAD: isForHEAD) { return answer }
      guard try read() else { throw Broken(call: "recv: the connection ended") }
    }
  }

  /// Waits for `text` behind the last one that was waited for; all of it stays for `answer` and `rest`.
  public func read(until text: String) throws {
    let wanted = Array(text.utf8)
    while true {
      while found + wanted.count <= received.count {
        found += 1
        if received[(found - 1)...].starts(with: wanted) { return }
      }
      guard try read() else { throw Broken(call: "recv: the connection ended") }
    }
  }

  /// True when the server closes the connection without another byte.
  public func isClosed() throws -> Bool { try received.isEmpty && !read() }

  /// All bytes until the server closes.
  public func rest() throws -> [UInt8] {
    while try read() {}
    defer { received = [] }
    return received
  }

  /// False at the end; over TLS what says so is the server's close_notify, and nothing else.
  private func read() throws -> Bool {
    guard let tls else { return try receive() }
    while true {
      switch try tls.open() {
      case .bytes(let bytes):
        received += bytes
        return true
      case .ended: return false
      case .nothing: guard try receive() else { throw Broken(call: "recv: no close_notify") }
      }
    }
  }

  private func receive() throws -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(socket, &buffer, buffer.count, 0)
    if count < 0, errno == ECONNRESET { return false }
    guard count >= 0 else { throw Broken(call: "recv") }
    if let tls { tls.arrived(buffer[..<count]) } else { received += buffer[..<count] }
    return count > 0
  }
}
