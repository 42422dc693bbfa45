internal import CLinux
internal import Glibc

/// Where the server listens.
public struct ListenAddress: Sendable, Equatable {
  /// An IPv4 or IPv6 address, or `localhost`.
  public var host: String
  /// 0 is any free one.
  public var port: UInt16

  public init(host: String = "127.0.0.1", port: UInt16 = 8080) {
    self.host = host
    self.port = port
  }
}

/// A listening socket, closed when it is no longer owned.
struct Listener: ~Copyable {
  let descriptor: Int32

  /// With `isShared`, further listeners of this process take part of the connections (SO_REUSEPORT).
  init(_ address: ListenAddress, isShared: Bool) throws(ServerError) {
    let socketAddress = try SocketAddress(address)
    let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(socketAddress.family, type, 0)
    guard descriptor >= 0 else { throw ServerError("socket", errno) }
    setOption(descriptor, SOL_SOCKET, SO_REUSEADDR)
    if isShared { setOption(descriptor, SOL_SOCKET, SO_REUSEPORT) }
    guard socketAddress.withPointer({ bind(descriptor, $0, $1) }) == 0,
      listen(descriptor, 4096) == 0
    else {
      let code = errno
      close(descriptor)
      throw ServerError(address, code)
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// The port that the kernel chose, where it had to.
  var port: UInt16 {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let result = withUnsafeMutablePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    // sin_port and sin6_port stand at the same place.
    return result == 0
      ? withUnsafeBytes(of: storage) {
        UInt16(bigEndian: $0.load(fromByteOffset: 2, as: UInt16.self))
      }
      : 0
  }

  enum Accepted {
    case connection(Int32, peer: String)
    case none
    /// The process or the machine has no descriptor left.
    case exhausted
  }

  func accept() -> Accepted {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let accepted = withUnsafeMutablePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        clinux_accept(descriptor, $0, &length)
      }
    }
    guard accepted >= 0 else {
      switch errno {
      case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
      // A client that gave up while it waited leaves others behind it.
      case ECONNABORTED, EINTR: return accept()
      default: return .none
      }
    }
    setOption(accepted, Int32(IPPROTO_TCP), TCP_NODELAY)
    return .connection(accepted, peer: peerText(&storage))
  }
}

private func setOption(_ descriptor: Int32, _ level: Int32, _ option: Int32) {
  var on: Int32 = 1
  // None of them fails on a fresh TCP socket.
  _ = setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
}

private func peerText(_ storage: inout sockaddr_storage) -> String {
  var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
  let family = Int32(storage.ss_family)
  withUnsafeBytes(of: &storage) {
    // sin_addr begins at byte 4, sin6_addr at byte 8.
    let start = $0.baseAddress?.advanced(by: family == AF_INET6 ? 8 : 4)
    _ = inet_ntop(family, start, &text, socklen_t(text.count))
  }
  return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

private struct SocketAddress {
  private var storage = sockaddr_storage()
  private var length: socklen_t
  let family: Int32

  init(_ address: ListenAddress) throws(ServerError) {
    let host = address.host == "localhost" ? "127.0.0.1" : address.host
    var four = sockaddr_in()
    var six = sockaddr_in6()
    if inet_pton(AF_INET, host, &four.sin_addr) == 1 {
      family = AF_INET
      four.sin_family = sa_family_t(AF_INET)
      four.sin_port = address.port.bigEndian
      length = socklen_t(MemoryLayout<sockaddr_in>.size)
      withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: four, as: sockaddr_in.self) }
    } else if inet_pton(AF_INET6, host, &six.sin6_addr) == 1 {
      family = AF_INET6
      six.sin6_family = sa_family_t(AF_INET6)
      six.sin6_port = address.port.bigEndian
      length = socklen_t(MemoryLayout<sockaddr_in6>.size)
      withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: six, as: sockaddr_in6.self) }
    } else {
      throw ServerError(unknownAddress: address.host)
    }
  }

  func withPointer<T>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> T) -> T {
    withUnsafePointer(to: storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
  }
}
