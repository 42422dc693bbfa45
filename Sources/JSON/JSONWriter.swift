/// Appends JSON text to a byte buffer; commas are its own business.
public struct JSONWriter: Sendable {
  public private(set) var bytes: [UInt8]
  /// True when the next value stands first in its object, its array or the text.
  private var isFirst = true

  public init(capacity: Int = 1024) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  /// Appends a text to `bytes`, as `write` writes it.
  public static func append(to bytes: inout [UInt8], _ write: (inout JSONWriter) -> Void) {
    var writer = JSONWriter(capacity: 0)
    swap(&writer.bytes, &bytes)
    write(&writer)
    swap(&writer.bytes, &bytes)
  }

  /// Ends a line of NDJSON: the next value begins another text.
  public mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    isFirst = true
  }

  public mutating func beginObject() { open(UInt8(ascii: "{")) }
  public mutating func endObject() { close(UInt8(ascii: "}")) }
  public mutating func beginArray() { open(UInt8(ascii: "[")) }
  public mutating func endArray() { close(UInt8(ascii: "]")) }

  /// The name of the member whose value comes next.
  public mutating func name(_ name: String) {
    string(name)
    bytes.append(UInt8(ascii: ":"))
    isFirst = true
  }

  /// The name at `index`, of the member whose value comes next.
  public mutating func name(_ index: Int, of names: JSONNames) {
    separate()
    names.lend(index) { append($0) }
    isFirst = true
  }

  public mutating func null() { literal("null") }

  public mutating func bool(_ bool: Bool) { literal(bool ? "true" : "false") }

  public mutating func integer(_ number: Int64) { literal(String(number)) }

  /// The shortest text that reads back as the same number; whole numbers have no fraction.
  public mutating func number(_ number: Double) {
    precondition(number.isFinite, "JSON has no text for infinity and NaN (RFC 8259 §6).")
    if number == number.rounded(), abs(number) < 9_007_199_254_740_992 {
      integer(Int64(number))
    } else {
      literal(number.description)
    }
  }

  public mutating func string(_ text: String) {
    var text = text
    text.makeContiguousUTF8()
    string(text.utf8.span)
  }

  /// A string from bytes that are UTF-8.
  public mutating func string(_ utf8: Span<UInt8>) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    var start = 0
    while true {
      let end = utf8.plainText(from: start).end
      append(utf8.extracting(start..<end))
      guard end < utf8.count else { break }
      escape(utf8[end])
      start = end + 1
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// One complete JSON value, as it stands.
  public mutating func raw(_ json: Span<UInt8>) {
    separate()
    append(json)
  }

  public mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let bool): self.bool(bool)
    case .integer(let number): integer(number)
    case .number(let number): self.number(number)
    case .string(let text): string(text)
    case .array(let items):
      beginArray()
      for item in items { self.value(item) }
      endArray()
    case .object(let members):
      beginObject()
      for member in members {
        name(member.name)
        self.value(member.value)
      }
      endObject()
    }
  }

  private mutating func separate() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    isFirst = true
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    isFirst = false
  }

  private mutating func literal(_ text: String) {
    separate()
    append(text.utf8.span)
  }

  // The one place where bytes are taken by their address: an array takes a whole buffer at once,
  // and a span only byte by byte.
  private mutating func append(_ span: Span<UInt8>) {
    unsafe span.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  // RFC 8259 §7: what must be escaped, and nothing else.
  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      let digits = Array("0123456789abcdef".utf8)
      bytes += Array("u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
}
