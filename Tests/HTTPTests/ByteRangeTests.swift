import HTTP
import Testing

/// RFC 9110 §14: what of ten bytes, with the tag "a", is asked for.
@Suite struct ByteRangeTests {
  private func range(_ fields: String, _ method: String = "GET", of count: Int = 10) throws
    -> ByteRange
  {
    var parser = RequestParser(Limits())
    let head = Array("\(method) / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n".utf8)
    let parsed = try #require(try parser.next(in: head.span))
    return parsed.head.request.range(of: count, at: EntityTag("a"))
  }

  @Test(
    arguments: [
      ("bytes=0-0", .part(0..<1)), ("bytes=0-", .part(0..<10)), ("bytes=3-5", .part(3..<6)),
      ("bytes=9-", .part(9..<10)), ("bytes=3-99", .part(3..<10)), ("bytes=-3", .part(7..<10)),
      ("bytes=-99", .part(0..<10)), ("BYTES=1-2", .part(1..<3)), ("bytes = 1-2", .part(1..<3)),
      ("bytes=0-99999999999999999999", .part(0..<10)),
      ("bytes=10-", .unsatisfiable), ("bytes=99999999999999999999-", .unsatisfiable),
      ("bytes=-0", .unsatisfiable),
      // What can't be read, and what isn't answered in parts.
      ("bytes=", .whole), ("bytes=-", .whole), ("bytes=5-3", .whole), ("bytes=a-", .whole),
      ("bytes=+1-2", .whole), ("bytes=1-2-3", .whole), ("bytes=0-1,3-4", .whole),
      ("lines=1-2", .whole), ("0-5", .whole), ("bytes=1 - 2", .whole),
    ] as [(String, ByteRange)])
  func `a range is read to the letter, or not at all`(text: String, expected: ByteRange) throws {
    #expect(try range("Range: \(text)\r\n") == expected)
  }

  @Test func `without a range, of a HEAD and of nothing there is no part`() throws {
    #expect(try range("") == .whole)
    #expect(try range("Range: bytes=0-1\r\n", "HEAD") == .whole)
    #expect(try range("Range: bytes=0-\r\n", of: 0) == .unsatisfiable)
  }

  @Test(arguments: [
    ("\"a\"", true), ("\"b\"", false), ("W/\"a\"", false), ("*", false),
    ("Wed, 25 Nov 2026 02:30:00 GMT", false),
  ])
  func `If-Range asks for the part of this very representation`(condition: String, holds: Bool)
    throws
  {
    let found = try range("Range: bytes=0-1\r\nIf-Range: \(condition)\r\n")
    #expect(found == (holds ? .part(0..<2) : .whole))
  }
}
