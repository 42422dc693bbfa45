internal import CZlib

/// Takes a compressed stream of bytes apart, a bounded amount at a time.
public final class Inflater {
  private let stream: UnsafeMutablePointer<z_stream>
  public private(set) var isDone = false

  public init(_ wrapping: Wrapping) throws(CompressionError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let code = czlib_inflate_init(stream, wrapping.windowBits)
    guard code == Z_OK else {
      stream.deallocate()
      throw CompressionError(code)
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Lends what `bytes` come to, in pieces of at most 64 KiB: a few bytes can stand for a thousand times as many.
  public func each(
    of bytes: [UInt8], _ visit: ([UInt8]) throws -> Void
  ) throws {
    var input = bytes
    try input.withUnsafeMutableBufferPointer { input in
      stream.pointee.next_in = input.baseAddress
      stream.pointee.avail_in = UInt32(input.count)
      while !isDone || stream.pointee.avail_in > 0 {
        // RFC 1952 §2.2: what follows is another member, or a mistake.
        if isDone { inflateReset(stream) }
        var code = Z_OK
        let piece = [UInt8](unsafeUninitializedCapacity: 64 << 10) { free, count in
          stream.pointee.next_out = free.baseAddress
          stream.pointee.avail_out = UInt32(free.count)
          code = inflate(stream, Z_NO_FLUSH)
          count = free.count - Int(stream.pointee.avail_out)
        }
        isDone = code == Z_STREAM_END
        // Z_BUF_ERROR: it takes more bytes to go on.
        guard isDone || code == Z_OK || code == Z_BUF_ERROR else { throw CompressionError(code) }
        if !piece.isEmpty { try visit(piece) }
        if !isDone, piece.count < 64 << 10 { return }
      }
    }
  }
}
