extension JSONValue {
  /// Reads one value, RFC 8259 to the letter: UTF-8, no duplicate members, no NUL, no lone
  /// surrogates, numbers that fit, at most `depth` levels.
  public init(parsing bytes: [UInt8], depth: Int = 64) throws(JSONError) {
    try self.init(parsing: bytes[...], depth: depth)
  }

  /// The same of a part of bytes, from whose beginning an error's offset counts.
  public init(parsing bytes: ArraySlice<UInt8>, depth: Int = 64) throws(JSONError) {
    var parser = JSONParser(bytes, depth: depth)
    self = try parser.document()
  }
}

private struct JSONParser {
  private let bytes: ArraySlice<UInt8>
  private let end: Int
  private let depth: Int
  private var index: Int
  private var path: [JSONPointer.Step] = []

  init(_ bytes: ArraySlice<UInt8>, depth: Int) {
    self.bytes = bytes
    self.depth = depth
    index = bytes.startIndex
    end = bytes.endIndex
  }

  mutating func document() throws(JSONError) -> JSONValue {
    skipSpace()
    guard index < end else { throw error("The body is empty: JSON was expected.") }
    let value = try value()
    skipSpace()
    guard index == end else {
      throw error("There is more after the end of the JSON value.")
    }
    return value
  }

  private func error(_ reason: String) -> JSONError {
    JSONError(pointer: JSONPointer.text(path), offset: index - bytes.startIndex, reason: reason)
  }

  private var byte: UInt8? { index < end ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte, byte == 32 || byte == 10 || byte == 13 || byte == 9 { index += 1 }
  }

  private mutating func value() throws(JSONError) -> JSONValue {
    switch byte {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), (48...57)?: return try number()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw error("The JSON ends in the middle.")
    default: throw error("A JSON value was expected here.")
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    guard bytes[index..<end].starts(with: word.utf8) else {
      throw error("A JSON value was expected here.")
    }
    index += word.utf8.count
    return value
  }

  private static let few = 48

  private mutating func object() throws(JSONError) -> JSONValue {
    guard path.count < depth else { throw error("The JSON is nested more than \(depth) deep.") }
    index += 1
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    skipSpace()
    if byte == UInt8(ascii: "}") {
      index += 1
      return .object([])
    }
    while true {
      skipSpace()
      guard byte == UInt8(ascii: "\"") else {
        throw error("A member's name in quotes was expected.")
      }
      let name = try string()
      path.append(.name(name))
      // A set costs more than it saves until there are many.
      let isTwice =
        members.count < Self.few
        ? members.contains { $0.name == name } : !names.insert(name).inserted
      if members.count == Self.few - 1 { names = Set(members.map(\.name) + [name]) }
      guard !isTwice else { throw error("The member \(name.debugDescription) stands twice.") }
      skipSpace()
      guard byte == UInt8(ascii: ":") else { throw error("A colon was expected after the name.") }
      index += 1
      skipSpace()
      if members.isEmpty { members.reserveCapacity(path.count == 1 ? 32 : 4) }
      members.append(.init(name: name, value: try value()))
      path.removeLast()
      skipSpace()
      if byte == UInt8(ascii: ",") {
        index += 1
        continue
      }
      guard byte == UInt8(ascii: "}") else { throw error("A comma or } was expected.") }
      index += 1
      return .object(members)
    }
  }

  private mutating func array() throws(JSONError) -> JSONValue {
    guard path.count < depth else { throw error("The JSON is nested more than \(depth) deep.") }
    index += 1
    var items: [JSONValue] = []
    skipSpace()
    if byte == UInt8(ascii: "]") {
      index += 1
      return .array([])
    }
    while true {
      skipSpace()
      path.append(.index(items.count))
      items.append(try value())
      path.removeLast()
      skipSpace()
      if byte == UInt8(ascii: ",") {
        index += 1
        continue
      }
      guard byte == UInt8(ascii: "]") else { throw error("A comma or ] was expected.") }
      index += 1
      return .array(items)
    }
  }

  // RFC 8259 §6.
  private mutating func number() throws(JSONError) -> JSONValue {
    let start = index
    if byte == UInt8(ascii: "-") { index += 1 }
    let first = byte
    guard skipDigits() > 0 else { throw error("A digit was expected.") }
    if first == UInt8(ascii: "0"), index > start + (bytes[start] == UInt8(ascii: "-") ? 2 : 1) {
      throw error("A number doesn't begin with 0 and more digits.")
    }
    var isWhole = true
    if byte == UInt8(ascii: ".") {
      isWhole = false
      index += 1
      guard skipDigits() > 0 else { throw error("A digit was expected after the point.") }
    }
    if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
      isWhole = false
      index += 1
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { index += 1 }
      guard skipDigits() > 0 else { throw error("A digit was expected in the exponent.") }
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isWhole {
      guard let number = Int64(text) else { throw error("This number is too large to be kept.") }
      return .integer(number)
    }
    guard let number = Double(text), number.isFinite else {
      throw error("This number is too large to be kept.")
    }
    let mantissa = text.utf8.prefix { $0 | 0x20 != UInt8(ascii: "e") }
    guard number != 0 || !mantissa.contains(where: { (49...57).contains($0) }) else {
      throw error("This number is too small to be kept.")
    }
    return .number(number)
  }

  private mutating func skipDigits() -> Int {
    let start = index
    while let byte, (48...57).contains(byte) { index += 1 }
    return index - start
  }

  private mutating func string() throws(JSONError) -> String {
    index += 1
    let start = index
    while index < end {
      let byte = bytes[index]
      guard byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 else { break }
      index += 1
    }
    if byte == UInt8(ascii: "\"") {
      defer { index += 1 }
      return try text(bytes[start..<index])
    }
    var buffer = Array(bytes[start..<index])
    while let byte {
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return try text(buffer[...])
      case UInt8(ascii: "\\"):
        index += 1
        try escape(into: &buffer)
      case 0..<0x20: throw error("A control character in a string must be escaped.")
      default:
        buffer.append(byte)
        index += 1
      }
    }
    throw error("The JSON ends inside a string.")
  }

  private func text(_ bytes: ArraySlice<UInt8>) throws(JSONError) -> String {
    guard let text = try? UTF8Span(validating: bytes.span) else {
      throw error("A string isn't UTF-8.")
    }
    return String(copying: text)
  }

  private mutating func escape(into buffer: inout [UInt8]) throws(JSONError) {
    let escapes: [UInt8: UInt8] = [
      UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F,
      UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13,
      UInt8(ascii: "t"): 9,
    ]
    guard let byte else { throw error("The JSON ends inside a string.") }
    index += 1
    if byte != UInt8(ascii: "u") {
      guard let plain = escapes[byte] else { throw error("There is no such escape in JSON.") }
      buffer.append(plain)
      return
    }
    var code = UInt32(try hexDigits())
    if (0xD800..<0xDC00).contains(code) {
      guard bytes[index..<end].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
        throw error("Half of a surrogate pair stands alone.")
      }
      index += 2
      let low = UInt32(try hexDigits())
      guard (0xDC00..<0xE000).contains(low) else {
        throw error("Half of a surrogate pair stands alone.")
      }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard code != 0 else { throw error("NUL isn't taken in a string.") }
    guard let scalar = Unicode.Scalar(code) else {
      throw error("Half of a surrogate pair stands alone.")
    }
    buffer.append(contentsOf: Array(String(Character(scalar)).utf8))
  }

  private mutating func hexDigits() throws(JSONError) -> UInt16 {
    let digits = bytes[index..<end].prefix(4)
    guard digits.count == 4,
      digits.allSatisfy({
        (48...57).contains($0) || (65...70).contains($0) || (97...102).contains($0)
      }),
      let code = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw error(#"Four hexadecimal digits were expected after \u."#) }
    index += 4
    return code
  }
}
