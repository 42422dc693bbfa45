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
  private var decoded = 0
  private var state = State.size
  /// The line that is being read, without its end.
  private var line: [UInt8] = []
  private var lineBytes = 0

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
        guard decoded + left <= most else { throw .bodyTooLarge(most: most) }
        decoded += count
        body.append(contentsOf: array(bytes.extracting(index..<(index + count))))
        index += count
        state = count == left ? .dataEnd : .data(left - count)
      } else {
        let byte = bytes[index]
        index += 1
        if byte == UInt8(ascii: "\n") {
          guard line.last == UInt8(ascii: "\r") else {
            throw .malformed("A line of a chunked body ends with LF alone (RFC 9112 §7.1).")
          }
          line.removeLast()
          try endLine()
        } else {
          line.append(byte)
          lineBytes += 1
          // Extensions and trailers are no way around the limits.
          guard lineBytes <= limits.head else { throw .headTooLarge(most: limits.head) }
        }
      }
    }
    return index
  }

  private mutating func endLine() throws(Refusal) {
    switch state {
    case .size:
      let size = try size()
      state = size == 0 ? .trailer : .data(size)
    case .dataEnd:
      guard line.isEmpty else {
        throw .malformed("A chunk is longer than its size (RFC 9112 §7.1).")
      }
      state = .size
    case .trailer:
      if line.isEmpty {
        state = .done
      } else {
        _ = try FieldLines.Line(in: line.span, from: 0, to: line.count)
      }
    case .data, .done: preconditionFailure("A chunk's data isn't read by lines.")
    }
    line.removeAll(keepingCapacity: true)
  }

  // RFC 9112 §7.1: hexadecimal digits, then nothing or extensions behind a semicolon.
  private func size() throws(Refusal) -> Int {
    var size = 0
    var digits = 0
    while digits < line.count, let digit = line[digits].hexadecimal {
      guard digits < 15 else { throw .bodyTooLarge(most: most) }
      size = size << 4 | Int(digit)
      digits += 1
    }
    let rest = line[digits...].drop(while: \.isBlank)
    guard digits > 0, rest.isEmpty ? digits == line.count : rest.first == UInt8(ascii: ";"),
      rest.allSatisfy(\.isFieldContent)
    else { throw .malformed("A chunk begins with its size in hexadecimal (RFC 9112 §7.1).") }
    return size
  }
}
