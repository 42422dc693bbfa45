internal import Glibc

/// A connection to one of a host's addresses, under a deadline.
struct Link: ~Copyable {
  private let descriptor: Int32
  private let patience: Patience

  /// Tries the addresses in their order.
  init(
    to addresses: [Address], port: UInt16, connectWithin milliseconds: Int64, _ patience: Patience
  ) throws(CallError) {
    self.patience = patience
    let connecting = patience.atMost(milliseconds: milliseconds)
    for address in addresses.prefix(4) {
      if let connected = try connect(to: address, port, connecting) {
        descriptor = connected
        return
      }
    }
    throw .noConnection
  }

  deinit { close(descriptor) }

  func send(_ bytes: [UInt8]) throws(CallError) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(
          descriptor, $0.baseAddress?.advanced(by: sent), $0.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count >= 0 {
        sent += count
      } else if errno == EAGAIN {
        try patience.wait(for: POLLOUT, on: descriptor)
      } else if errno != EINTR {
        throw .noAnswer
      }
    }
  }

  /// What has come, as soon as something has; empty at the end.
  func receive() throws(CallError) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count >= 0 { return Array(buffer[..<count]) }
      if errno == EAGAIN {
        try patience.wait(for: POLLIN, on: descriptor)
      } else if errno != EINTR {
        throw .noAnswer
      }
    }
  }
}

/// A connected, non-blocking socket; nil where that address takes none.
private func connect(
  to address: Address, _ port: UInt16, _ patience: Patience
) throws(CallError) -> Int32? {
  let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
  let descriptor = socket(address.family, type, 0)
  guard descriptor >= 0 else { return nil }
  let code = address.withSocketAddress(port: port) { Glibc.connect(descriptor, $0, $1) }
  if code == 0 { return descriptor }
  guard errno == EINPROGRESS else {
    close(descriptor)
    return nil
  }
  do throws(CallError) { try patience.wait(for: POLLOUT, on: descriptor) } catch {
    close(descriptor)
    throw error
  }
  var failure: Int32 = 0
  var length = socklen_t(MemoryLayout<Int32>.size)
  guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &length) == 0, failure == 0 else {
    close(descriptor)
    return nil
  }
  return descriptor
}
