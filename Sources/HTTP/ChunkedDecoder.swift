/// Takes a chunked body apart (RFC 9112 §7.1); extensions are passed over, trailers checked and dropped.
public struct ChunkedDecoder: Sendable {
  private enum State {
    case size
    case data(Int)
    case dataEnd
    case trailer
    case done
  }

  private let limits: Limits
  /// How long the body may be, without its framing.
  private let most: Int
  private var state = State.size
  /// The line that is being read, without its end.
  private var line: [UInt8] = []
  /// What of the body has been announced so far.
  private var size = 0
  /// What extensions and trailers have taken of the head's limit.
  private var extra = 0
  /// A line of a size that is no longer has no room for more than a short extension.
  private static let plainLine = 17

  public init(_ limits: Limits, most: Int) {
    self.limits = limits
    self.most = most
  }

  public var isDone: Bool { if case .done = state { true } else { false } }

  /// Appends what `bytes` carry of the body to `body` and says how many of them were this body's.
  public mutating func decode(
    _ bytes: Span<UInt8>, into body: inout [UInt8]
  ) throws(Refusal) -> Int {
    var index = 0
    while index < bytes.count, !isDone {
      if case .data(let left) = state {
        let count = min(left, bytes.count - index)
        body.append(contentsOf: array(bytes.extracting(index..<(index + count))))
        index += count
        state = count == left ? .dataEnd : .data(left - count)
      } else {
        try read(bytes[index])
        index += 1
      }
    }
    return index
  }

  private mutating func read(_ byte: UInt8) throws(Refusal) {
    if byte == UInt8(ascii: "\n") {
      guard line.popLast() == UInt8(ascii: "\r") else {
        throw .malformed("A line of a chunked body ends with LF alone (RFC 9112 §7.1).")
      }
      try endLine()
      line.removeAll(keepingCapacity: true)
      return
    }
    line.append(byte)
    switch state {
    case .dataEnd:
      guard line == [UInt8(ascii: "\r")] else {
        throw .malformed("A chunk is longer than its size (RFC 9112 §7.1).")
      }
    case .size where line.count <= Self.plainLine: break
    default:
      // Extensions and trailers are no way around the limits.
      extra += 1
      guard extra <= limits.head else { throw .headTooLarge(most: limits.head) }
    }
  }

  private mutating func endLine() throws(Refusal) {
    switch state {
    case .size:
      let chunk = try chunkSize()
      guard chunk <= most - size else { throw .bodyTooLarge(most: most) }
      size += chunk
      state = chunk == 0 ? .trailer : .data(chunk)
    case .dataEnd: state = .size
    case .trailer:
      if line.isEmpty {
        state = .done
      } else {
        _ = try FieldLines.Line(in: line.span, from: 0, to: line.count)
      }
    case .data, .done: preconditionFailure("A chunk's data isn't read by lines.")
    }
  }

  // RFC 9112 §7.1: hexadecimal digits, then nothing or extensions.
  private func chunkSize() throws(Refusal) -> Int {
    var size = 0
    var digits = 0
    while digits < line.count, let digit = line[digits].hexadecimal {
      // A number too large for the machine is too large for any limit.
      guard size <= Int.max >> 4 else { throw .bodyTooLarge(most: most) }
      size = size << 4 | Int(digit)
      digits += 1
    }
    guard digits > 0, areChunkExtensions(line[digits...]) else {
      throw .malformed(
        "A chunk begins with its size in hexadecimal, and extensions behind it have a name and at most one value (RFC 9112 §7.1)."
      )
    }
    return size
  }
}
