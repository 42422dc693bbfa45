// RFC 8259 §7.
extension JSONParser {
  /// Reads the string whose quotation mark is next.
  mutating func string(_ text: Span<UInt8>) throws(JSONError) -> String {
    index += 1
    let start = index
    let plain = text.plainText(from: start)
    index = plain.end
    if byte(text) == UInt8(ascii: "\"") {
      defer { index += 1 }
      return try copy(text.extracting(start..<index), isASCII: plain.isASCII)
    }
    return try stringWithEscapes(from: start, text)
  }

  private mutating func stringWithEscapes(
    from start: Int, _ text: Span<UInt8>
  ) throws(JSONError) -> String {
    var buffer: [UInt8] = []
    var start = start
    while let byte = byte(text) {
      for index in start..<index { buffer.append(text[index]) }
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return try copy(buffer.span, isASCII: false)
      case UInt8(ascii: "\\"):
        index += 1
        try escape(into: &buffer, text)
      default: throw error("A control character in a string must be escaped.")
      }
      start = index
      index = text.plainText(from: start).end
    }
    throw error("The JSON ends inside a string.")
  }

  func copy(_ bytes: Span<UInt8>, isASCII: Bool) throws(JSONError) -> String {
    if isASCII {
      // Each byte was seen to be below 80.
      return String(copying: unsafe UTF8Span(unchecked: bytes, isKnownASCII: true))
    }
    guard let text = try? UTF8Span(validating: bytes) else {
      throw error("A string isn't UTF-8.")
    }
    return String(copying: text)
  }

  private mutating func escape(
    into buffer: inout [UInt8], _ text: Span<UInt8>
  ) throws(JSONError) {
    guard let byte = byte(text) else { throw error("The JSON ends inside a string.") }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(byte)
    case UInt8(ascii: "b"): buffer.append(0x08)
    case UInt8(ascii: "f"): buffer.append(0x0C)
    case UInt8(ascii: "n"): buffer.append(0x0A)
    case UInt8(ascii: "r"): buffer.append(0x0D)
    case UInt8(ascii: "t"): buffer.append(0x09)
    case UInt8(ascii: "u"): buffer.append(contentsOf: String(try escapedScalar(text)).utf8)
    default: throw error("There is no such escape in JSON.")
    }
  }

  private mutating func escapedScalar(_ text: Span<UInt8>) throws(JSONError) -> Unicode.Scalar {
    var code = try hexDigits(text)
    if (0xD800..<0xDC00).contains(code) {
      let low =
        if byte(text) == UInt8(ascii: "\\"), index + 1 < text.count,
          text[index + 1] == UInt8(ascii: "u")
        {
          try hexDigits(text, after: 2)
        } else {
          UInt32(0)
        }
      guard (0xDC00..<0xE000).contains(low) else {
        throw error("Half of a surrogate pair stands alone.")
      }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard code != 0 else { throw error("NUL isn't taken in a string.") }
    guard let scalar = Unicode.Scalar(code) else {
      throw error("Half of a surrogate pair stands alone.")
    }
    return scalar
  }

  private mutating func hexDigits(
    _ text: Span<UInt8>, after before: Int = 0
  ) throws(JSONError) -> UInt32 {
    index += before
    var code: UInt32 = 0
    for place in index..<index + 4 {
      guard place < text.count, let digit = Character(Unicode.Scalar(text[place])).hexDigitValue
      else { throw error(#"Four hexadecimal digits were expected after \u."#) }
      code = code << 4 | UInt32(digit)
    }
    index += 4
    return code
  }
}
