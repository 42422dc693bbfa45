internal import Glibc

/// A connected, non-blocking socket; its owner closes it.
struct Socket {
  let descriptor: Int32

  enum Outcome {
    case bytes(Int)
    /// Nothing now; the poller tells when to try again.
    case wouldBlock
    /// The other side has sent all it will, or is gone.
    case ended
  }

  func read(into buffer: inout [UInt8]) -> Outcome {
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

  /// Sends what the socket takes of `bytes` from `start` on.
  func write(_ bytes: [UInt8], from start: Int) -> Outcome {
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

  /// Says that nothing more will be sent.
  func finish() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

  func close() { _ = Glibc.close(descriptor) }
}

/// Milliseconds of a clock that never goes back, a few of them coarse.
func monotonicMilliseconds() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
  return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}

func secondsSince1970() -> Int { time(nil) }
