import JSON
import Testing

@Suite struct JSONTests {
  private func parse(_ text: String, depth: Int = 64) throws -> JSONValue {
    try JSONValue(parsing: Array(text.utf8), depth: depth)
  }

  @Test(arguments: [
    "null", "true", "[]", "{}", #"{"a":[1,-2,2.5,"x",null,false]}"#, #""\"\\/\b\f\n\r\t""#,
    #""é😀""#,
    "[[[]]]", "0", "-1", "9223372036854775807", "0.1", #"{"":1}"#,
  ])
  func `what is written is what was read`(text: String) throws {
    let value = try parse(text)
    #expect(try JSONValue(parsing: value.bytes) == value)
  }

  @Test(arguments: [
    ("1.0", "1"), ("1e2", "100"), ("-0.5e1", "-5"), (#""\u0041\ud83d\ude00\/""#, #""A😀/""#),
    (#""\u001f""#, #""\u001f""#), (" [ 1 , 2 ] ", "[1,2]"),
    ("0.30000000000000004", "0.30000000000000004"),
  ])
  func `a value is written in its shortest form`(text: String, written: String) throws {
    #expect(String(decoding: try parse(text).bytes, as: UTF8.self) == written)
  }

  @Test(arguments: [
    "", " ", "nul", "True", "[1,]", "[1 2]", "{\"a\":1,}", "{a:1}", "{\"a\" 1}",
    "{\"a\":1 \"b\":2}", "[",
    "{", "\"",
    "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\n\"",
    "\"\u{1}\"", "01",
    "+1", "1.", "1e-400", "-0.01e-999",
    ".5", "1e", "--1", "0x1", "NaN", "Infinity", "1e999", "99999999999999999999", "[1] 2",
    "{\"a\":1,\"a\":2}", "\"\\u0000\"",
    "'a'", "/* */ 1", "\u{FEFF}1", "]", "{\"a\":}",
  ])
  func `what RFC 8259 doesn't allow is refused`(text: String) {
    #expect(throws: JSONError.self) { try parse(text) }
  }

  // Strings are read and written eight bytes at a time.
  @Test(arguments: ["\"", "\\", "\n", "\u{1F}", "\u{7F}", "é", "€", "😀", "\u{80}"])
  func `a character is read and written alike wherever it stands`(character: String) throws {
    for before in 0..<18 {
      for after in [0, 1, 7, 8, 9] {
        let text =
          String(repeating: "x", count: before) + character + String(repeating: "y", count: after)
        let written = JSONValue.string(text).bytes
        #expect(try JSONValue(parsing: written) == .string(text))
        // What must be escaped is, and nothing else (RFC 8259 §7).
        let isEscaped = written.contains(UInt8(ascii: "\\"))
        #expect(isEscaped == ["\"", "\\", "\n", "\u{1F}"].contains(character))
        if isEscaped { #expect(throws: JSONError.self) { try parse("\"\(text)\"") } }
      }
    }
  }

  @Test func `what looks alike and has other bytes is another name, and another value`() throws {
    let (one, other) = ("\u{E9}", "e\u{301}")
    for others in [0, 60] {
      let more = (0..<others).map { #""\#($0)":0,"# }.joined()
      let value = try parse("{\(more)\"\(one)\":1,\"\(other)\":2}")
      #expect(value[one] == 1 && value[other] == 2)
      let changed = value.merged(
        with: .object(
          (0..<(others * 2)).map { .init(name: "new \($0)", value: 0) } + [
            .init(name: other, value: 3)
          ]))
      #expect(changed[one] == 1 && changed[other] == 3)
      #expect(throws: JSONError.self) { try parse("{\(more)\"\(one)\":1,\"\(one)\":2}") }
    }
    #expect(JSONValue.string(one) != .string(other))
  }

  @Test(arguments: [
    [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC3],
    [0x22, 0x00, 0x22],
  ])
  func `bytes that aren't UTF-8 are refused`(bytes: [UInt8]) {
    #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) }
  }

  @Test func `a text cut anywhere is refused, and never read past its end`() throws {
    let whole = Array(#"{"a":[1.5e3,"\u00e9\\",true,null],"b":{"c":-7}}"#.utf8)
    for cut in 0..<whole.count {
      #expect(throws: JSONError.self) { try JSONValue(parsing: Array(whole[..<cut])) }
    }
    #expect(try JSONValue(parsing: whole)["b"]?["c"] == .integer(-7))
  }

  /// `%` is the byte FF.
  @Test(arguments: [
    (#"{"a":[1,{"b/c":tru}]}"#, "/a/1/b~1c"), (#"{"a~b":"%"}"#, "/a~0b"),
    (#"{"%":1}"#, ""), (#"{"a":{"%":1}}"#, "/a"), (#"["x","\ud800"]"#, "/1"),
    (#"["x","\udc00\ud800"]"#, "/1"), (#"{"a":"\u0000"}"#, "/a"), ("[\"\u{0}\"]", "/0"),
    (#"{"a":1,"b":2,"a":3}"#, "/a"), (#"{"a":{"b":1,"\u0062":2}}"#, "/a/b"),
    (#"[0,99999999999999999999]"#, "/1"), (#"{"a":[1e999]}"#, "/a/0"), (#"{"a":1e-999}"#, "/a"),
    ("[[1],[2", "/1"), (#"{"a":1"#, ""), ("[1] x", ""), ("", ""), ("\u{FEFF}{}", ""),
    (#"[{"a":"#, "/0/a"),
  ])
  func `an error points to its value`(text: String, pointer: String) {
    let bytes = text.utf8.map { $0 == UInt8(ascii: "%") ? 0xFF : $0 }
    do throws(JSONError) {
      _ = try JSONValue(parsing: bytes)
      Issue.record("It was taken.")
    } catch {
      #expect(error.pointer == pointer)
      #expect(error.offset <= bytes.count && !error.reason.isEmpty)
    }
  }

  @Test func `depth ends where it is told to`() throws {
    #expect(
      try parse(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)) != .null)
    #expect(throws: JSONError.self) {
      try parse(String(repeating: "[", count: 65) + String(repeating: "]", count: 65))
    }
    #expect(throws: JSONError.self) { try parse(String(repeating: "[", count: 100_000)) }
  }

  // RFC 7396, Appendix A.
  @Test(arguments: [
    (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#),
    (#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
    (#"{"a":"b"}"#, #"{"a":null}"#, "{}"), (#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
    (#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#),
    (#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
    (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
    (#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#),
    (#"["a","b"]"#, #"["c","d"]"#, #"["c","d"]"#),
    (#"{"a":"b"}"#, #"["c"]"#, #"["c"]"#), (#"{"a":"foo"}"#, "null", "null"),
    (#"{"e":null}"#, #"{"a":1}"#, #"{"e":null,"a":1}"#),
    ("[1,2]", #"{"a":"b","c":null}"#, #"{"a":"b"}"#),
    ("{}", #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
  ])
  func `a merge patch does what RFC 7396 says`(target: String, patch: String, result: String) throws
  {
    let merged = try parse(target).merged(with: try parse(patch))
    #expect(try merged == parse(result))
  }

  @Test func `a merge patch of many members does the same`() throws {
    func object(_ names: Range<Int>, _ value: JSONValue) -> JSONValue {
      .object(names.map { .init(name: "m\($0)", value: value) })
    }
    let nulls = object(0..<500, .null)
    let target = object(0..<1000, 1)
    #expect(target.merged(with: nulls) == object(500..<1000, 1))
    #expect(target.merged(with: object(0..<1000, 2)) == object(0..<1000, 2))
    #expect(object(0..<500, 1).merged(with: object(500..<1000, 1)) == target)
    // What stands there already stays, null or not.
    #expect(nulls.merged(with: object(500..<600, .null)) == nulls)
  }
}
