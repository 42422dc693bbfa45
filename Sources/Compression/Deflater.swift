internal import CZlib

/// How compressed bytes are wrapped; the names are those of HTTP's content codings (RFC 9110 §8.4.1).
public enum Wrapping: Sendable {
  /// RFC 1952.
  case gzip
  /// RFC 1950, which HTTP calls deflate.
  case zlib

  /// What zlib wants to hear: the largest window, and 16 more for gzip.
  var windowBits: Int32 { self == .gzip ? 31 : 15 }
}

/// Compresses a stream of bytes.
public final class Deflater {
  private let stream: UnsafeMutablePointer<z_stream>

  /// Takes a quarter of a MiB until it is let go.
  public init(_ wrapping: Wrapping) throws(CompressionError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // Level 4 is the cheapest that searches lazily: most of the gain for half of the time of 6.
    let code = czlib_deflate_init(stream, 4, wrapping.windowBits)
    guard code == Z_OK else {
      stream.deallocate()
      throw CompressionError(code)
    }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// Appends what `bytes` come to, as far as it is known yet; the last ones end the stream.
  public func append(
    _ bytes: [UInt8], to output: inout [UInt8], isLast: Bool
  ) throws(CompressionError) {
    var input = bytes
    let code = input.withUnsafeMutableBufferPointer { input -> Int32 in
      stream.pointee.next_in = input.baseAddress
      stream.pointee.avail_in = UInt32(input.count)
      return drain(into: &output, isLast ? Z_FINISH : Z_NO_FLUSH)
    }
    // Z_BUF_ERROR: nothing was left to do.
    guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else {
      throw CompressionError(code)
    }
  }

  private func drain(into output: inout [UInt8], _ flush: Int32) -> Int32 {
    let room = 16 << 10
    while true {
      var code = Z_OK
      output.append(addingCapacity: room) { free in
        stream.pointee.next_out = free.baseAddress
        stream.pointee.avail_out = UInt32(free.count)
        code = deflate(stream, flush)
        return free.count - Int(stream.pointee.avail_out)
      }
      if code != Z_OK || stream.pointee.avail_out > 0 { return code }
    }
  }
}

/// What zlib says when it doesn't say Z_OK.
public struct CompressionError: Error, Equatable, Sendable {
  public let code: Int32
  init(_ code: Int32) { self.code = code }
}

extension [UInt8] {
  /// Appends as many bytes as `write` says that it wrote into the room it is lent.
  mutating func append(
    addingCapacity room: Int, _ write: (UnsafeMutableBufferPointer<UInt8>) -> Int
  ) {
    let piece = [UInt8](unsafeUninitializedCapacity: room) { free, count in count = write(free) }
    self += piece
  }
}
