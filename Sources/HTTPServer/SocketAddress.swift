internal import CLinux
internal import Glibc

/// A `sockaddr` of whatever family, and its text.
struct SocketAddress {
  private var storage = sockaddr_storage()
  private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

  /// Room for an address that a system call writes.
  init() {}

  init(host: String, port: UInt16) throws(ServerError) {
    var four = sockaddr_in()
    var six = sockaddr_in6()
    if inet_pton(AF_INET, host, &four.sin_addr) == 1 {
      four.sin_family = sa_family_t(AF_INET)
      four.sin_port = port.bigEndian
      store(four)
    } else if inet_pton(AF_INET6, host, &six.sin6_addr) == 1 {
      six.sin6_family = sa_family_t(AF_INET6)
      six.sin6_port = port.bigEndian
      store(six)
    } else {
      throw ServerError(unknownAddress: host)
    }
  }

  init(path: String) throws(ServerError) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let most = MemoryLayout.size(ofValue: address.sun_path) - 1
    guard (1...most).contains(path.utf8.count) else {
      throw ServerError(path, "a socket's path has 1 to \(most) bytes")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    store(address)
  }

  private mutating func store<Address>(_ address: Address) {
    length = socklen_t(MemoryLayout<Address>.size)
    withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: address, as: Address.self) }
  }

  /// A fresh non-blocking stream socket of this family; whoever asks closes it.
  func newSocket() throws(ServerError) -> Int32 {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(family, type, 0)
    guard descriptor >= 0 else { throw ServerError("socket", errno) }
    return descriptor
  }

  var family: Int32 { Int32(storage.ss_family) }

  func withPointer<T>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> T) -> T {
    withUnsafePointer(to: storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
  }

  mutating func fill<T>(
    _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> T
  ) -> T {
    withUnsafeMutablePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &length) }
    }
  }

  /// 0 where the family has none.
  var port: UInt16 {
    guard family == AF_INET || family == AF_INET6 else { return 0 }
    // sin_port and sin6_port stand at the same place.
    return withUnsafeBytes(of: storage) {
      UInt16(bigEndian: $0.load(fromByteOffset: 2, as: UInt16.self))
    }
  }

  /// An IP address as text; empty for other families.
  var host: String {
    guard family == AF_INET || family == AF_INET6 else { return "" }
    return withUnsafeBytes(of: storage) {
      // sin_addr begins at byte 4, sin6_addr at byte 8.
      text(family, $0.baseAddress?.advanced(by: family == AF_INET6 ? 8 : 4))
    }
  }
}

private func text(_ family: Int32, _ address: UnsafeRawPointer?) -> String {
  var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
  _ = inet_ntop(family, address, &text, socklen_t(text.count))
  return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
