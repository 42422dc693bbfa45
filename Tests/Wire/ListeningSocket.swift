internal import Glibc

/// A socket that listens on a free port of 127.0.0.1, as systemd opens one; its owner closes it.
///
/// What is accepted from it takes no more than about `sendBuffer` bytes that the client hasn't taken.
public func listeningSocket(
  sendBuffer: Int32? = nil
) throws -> (descriptor: Int32, port: UInt16) {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
  if var size = sendBuffer {
    setsockopt(
      descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
  }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = inet_addr("127.0.0.1")
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let result = withUnsafeMutablePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(descriptor, $0, length) | listen(descriptor, 16) | getsockname(descriptor, $0, &length)
    }
  }
  guard result == 0 else { throw Wire.Broken(call: "bind, listen or getsockname") }
  return (descriptor, UInt16(bigEndian: address.sin_port))
}
