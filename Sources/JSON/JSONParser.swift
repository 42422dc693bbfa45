extension JSONValue {
  /// Reads one value, RFC 8259 to the letter: UTF-8, no duplicate members, no NUL, no lone
  /// surrogates, numbers that fit, at most `depth` levels.
  public init(parsing bytes: [UInt8], depth: Int = 64) throws(JSONError) {
    try self.init(parsing: bytes[...], depth: depth)
  }

  /// The same of a part of bytes, from whose beginning an error's offset counts.
  public init(parsing bytes: ArraySlice<UInt8>, depth: Int = 64) throws(JSONError) {
    var parser = JSONParser(depth: depth)
    self = try parser.document(bytes.span)
  }
}

/// How far a text has been read; the text itself is lent to each step.
struct JSONParser {
  private let depth: Int
  private var level = 0
  var index = 0

  init(depth: Int) { self.depth = depth }

  mutating func document(_ text: Span<UInt8>) throws(JSONError) -> JSONValue {
    skipSpace(text)
    guard index < text.count else { throw error("The body is empty: JSON was expected.") }
    let value = try value(text)
    skipSpace(text)
    guard index == text.count else {
      throw error("There is more after the end of the JSON value.")
    }
    return value
  }

  func error(_ reason: String) -> JSONError {
    JSONError(pointer: "", offset: index, reason: reason)
  }

  func byte(_ text: Span<UInt8>) -> UInt8? { index < text.count ? text[index] : nil }

  /// Goes past `byte` and the space after it, if it is next.
  private mutating func skip(_ byte: UInt8, _ text: Span<UInt8>) -> Bool {
    guard index < text.count, text[index] == byte else { return false }
    index += 1
    skipSpace(text)
    return true
  }

  private mutating func skipSpace(_ text: Span<UInt8>) {
    while index < text.count {
      switch text[index] {
      case 32, 10, 13, 9: index += 1
      default: return
      }
    }
  }

  private mutating func value(_ text: Span<UInt8>) throws(JSONError) -> JSONValue {
    switch byte(text) {
    case UInt8(ascii: "{"): return .object(try members(text))
    case UInt8(ascii: "["): return .array(try items(text))
    case UInt8(ascii: "\""): return .string(try string(text))
    case UInt8(ascii: "-"), (48...57)?: return try number(text)
    case UInt8(ascii: "t"): return try word("true", .bool(true), text)
    case UInt8(ascii: "f"): return try word("false", .bool(false), text)
    case UInt8(ascii: "n"): return try word("null", .null, text)
    case nil: throw error("The JSON ends in the middle.")
    default: throw error("A JSON value was expected here.")
    }
  }

  private mutating func word(
    _ word: StaticString, _ value: JSONValue, _ text: Span<UInt8>
  ) throws(JSONError) -> JSONValue {
    var next = index
    for expected in word.description.utf8 {
      guard next < text.count, text[next] == expected else {
        throw error("A JSON value was expected here.")
      }
      next += 1
    }
    index = next
    return value
  }

  private mutating func descend() throws(JSONError) {
    guard level < depth else { throw error("The JSON is nested more than \(depth) deep.") }
    level += 1
  }

  private static let few = 48

  private mutating func members(_ text: Span<UInt8>) throws(JSONError) -> [JSONValue.Member] {
    try descend()
    defer { level -= 1 }
    _ = skip(UInt8(ascii: "{"), text)
    if skip(UInt8(ascii: "}"), text) { return [] }
    var members: [JSONValue.Member] = []
    members.reserveCapacity(level == 1 ? 32 : 4)
    var names: Set<[UInt8]> = []
    repeat {
      guard byte(text) == UInt8(ascii: "\"") else {
        throw error("A member's name in quotes was expected.")
      }
      let name = try string(text)
      // A set costs more than it saves until there are many.
      let isTwice =
        members.count < Self.few
        ? members.contains { $0.name.isSame(as: name) }
        : !names.insert(Array(name.utf8)).inserted
      if members.count == Self.few - 1 {
        names = Set((members.map(\.name) + [name]).map { Array($0.utf8) })
      }
      do throws(JSONError) {
        if isTwice { throw error("The member \(name.debugDescription) stands twice.") }
        members.append(.init(name: name, value: try valueAfterColon(text)))
      } catch {
        throw error.within(JSONPointer.to(name))
      }
      skipSpace(text)
    } while skip(UInt8(ascii: ","), text)
    guard byte(text) == UInt8(ascii: "}") else { throw error("A comma or } was expected.") }
    index += 1
    return members
  }

  private mutating func valueAfterColon(_ text: Span<UInt8>) throws(JSONError) -> JSONValue {
    skipSpace(text)
    guard skip(UInt8(ascii: ":"), text) else {
      throw error("A colon was expected after the name.")
    }
    return try value(text)
  }

  private mutating func items(_ text: Span<UInt8>) throws(JSONError) -> [JSONValue] {
    try descend()
    defer { level -= 1 }
    _ = skip(UInt8(ascii: "["), text)
    if byte(text) == UInt8(ascii: "]") {
      index += 1
      return []
    }
    var items: [JSONValue] = []
    repeat {
      do throws(JSONError) {
        items.append(try value(text))
      } catch {
        throw error.within(JSONPointer.to(items.count))
      }
      skipSpace(text)
    } while skip(UInt8(ascii: ","), text)
    guard byte(text) == UInt8(ascii: "]") else { throw error("A comma or ] was expected.") }
    index += 1
    return items
  }

  // RFC 8259 §6.
  private mutating func number(_ text: Span<UInt8>) throws(JSONError) -> JSONValue {
    let start = index
    if byte(text) == UInt8(ascii: "-") { index += 1 }
    let first = index
    guard skipDigits(text) > 0 else { throw error("A digit was expected.") }
    if text[first] == UInt8(ascii: "0"), index > first + 1 {
      throw error("A number doesn't begin with 0 and more digits.")
    }
    var isWhole = true
    if byte(text) == UInt8(ascii: ".") {
      isWhole = false
      index += 1
      guard skipDigits(text) > 0 else { throw error("A digit was expected after the point.") }
    }
    if byte(text) == UInt8(ascii: "e") || byte(text) == UInt8(ascii: "E") {
      isWhole = false
      index += 1
      if byte(text) == UInt8(ascii: "+") || byte(text) == UInt8(ascii: "-") { index += 1 }
      guard skipDigits(text) > 0 else { throw error("A digit was expected in the exponent.") }
    }
    let digits = try copy(text.extracting(start..<index), isASCII: true)
    if isWhole {
      guard let number = Int64(digits) else { throw error("This number is too large to be kept.") }
      return .integer(number)
    }
    guard let number = Double(digits), number.isFinite else {
      throw error("This number is too large to be kept.")
    }
    let mantissa = digits.utf8.prefix { $0 | 0x20 != UInt8(ascii: "e") }
    guard number != 0 || !mantissa.contains(where: { (49...57).contains($0) }) else {
      throw error("This number is too small to be kept.")
    }
    return .number(number)
  }

  private mutating func skipDigits(_ text: Span<UInt8>) -> Int {
    let start = index
    while let byte = byte(text), (48...57).contains(byte) { index += 1 }
    return index - start
  }
}
