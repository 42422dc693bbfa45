internal import Glibc

/// A connected, non-blocking socket, with TLS on it or without; its owner closes it.
struct Socket: ~Copyable {
  let descriptor: Int32
  private var session: TLSSession?

  /// Nil where there is no memory for a session.
  init?(_ descriptor: Int32, _ tls: TLS?) {
    self.descriptor = descriptor
    session = tls?.session(on: descriptor)
    if tls != nil, !isSecure { return nil }
  }

  enum Outcome {
    case bytes(Int)
    /// Nothing now; the poller tells when to try again.
    case wouldBlock
    /// What came first is HTTP, and no TLS.
    case withoutTLS
    /// The other side has sent all it will, or is gone.
    case ended
  }

  func read(into buffer: inout [UInt8]) -> Outcome {
    if let outcome = session?.read(into: &buffer) { return outcome }
    while true {
      let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
      if count > 0 { return .bytes(count) }
      if count == 0 { return .ended }
      switch errno {
      case EINTR: continue
      case EAGAIN: return .wouldBlock
      default: return .ended
      }
    }
  }

  /// False where only an event can bring more, after a read of `count` bytes into a buffer of `size`.
  func mayHaveMore(after count: Int, of size: Int) -> Bool {
    switch session {
    case .some(let session): session.mayHaveMore
    case .none: count == size
    }
  }

  /// True where either direction may be what the other waits for.
  var isSecure: Bool {
    switch session {
    case .some: true
    case .none: false
    }
  }

  /// From here on bytes are what they are.
  mutating func leaveTLS() { session = nil }

  /// Sends what the socket takes of `bytes` from `start` on.
  func write(_ bytes: [UInt8], from start: Int) -> Outcome {
    if let outcome = session?.write(bytes, from: start) { return outcome }
    while true {
      let count = bytes.withUnsafeBytes {
        send(descriptor, $0.baseAddress?.advanced(by: start), $0.count - start, Int32(MSG_NOSIGNAL))
      }
      if count >= 0 { return .bytes(count) }
      switch errno {
      case EINTR: continue
      case EAGAIN: return .wouldBlock
      default: return .ended
      }
    }
  }

  /// Says that nothing more will be sent; false where the socket can't take that now.
  func finish() -> Bool {
    guard session?.finish() ?? true else { return false }
    _ = shutdown(descriptor, Int32(SHUT_WR))
    return true
  }

  func close() {
    _ = session?.finish()
    _ = Glibc.close(descriptor)
  }
}

/// Milliseconds of a clock that never goes back, a few of them coarse.
func monotonicMilliseconds() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
  return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}

func secondsSince1970() -> Int { time(nil) }
