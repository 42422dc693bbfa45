import HTTP
import Testing

/// What is too large is told so at its first byte too many, however the bytes are cut.
@Suite struct LimitsTests {
  private static let limits: Limits = {
    var limits = Limits()
    limits.requestLine = 24
    limits.head = 64
    limits.fieldCount = 3
    limits.body = 8
    return limits
  }()

  private static let chunked = "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||"
  private static let next = "GET /next HTTP/1.1|Host: a||"

  @Test(arguments: [
    Row("the longest line", "GET /23456789 HTTP/1.1|Host: a||", ["GET /23456789"]),
    Row("a longer one", "GET /234567890 HTTP/1.1|Host: a||", ["414"]),
    Row("without an end", "GET /23456789012345678901234567890", ["414"]),
    Row("without a CR", "GET /2345678901234567890\nHost: a||", ["414"]),
    Row("behind empty lines", "||||||||||||||||||||||GET / HTTP/1.1|Host: a||", ["431"]),
    Row("empty lines alone", String(repeating: "|", count: 33), ["431"]),
    Row("the longest head", "GET / HTTP/1.1|Host: a|X: \(x(32))||", ["GET /"]),
    Row("a longer one", "GET / HTTP/1.1|Host: a|X: \(x(33))||", ["431"]),
    Row("without an end", "GET / HTTP/1.1|Host: a|X: \(x(90))", ["431"]),
    Row("without a CR", "GET / HTTP/1.1|Host: a|X: \(x(90))\n\n", ["431"]),
    Row("fields", "GET / HTTP/1.1|Host: a|X:|X:||", ["GET /"]),
    Row("one too many", "GET / HTTP/1.1|Host: a|X:|X:|X:||", ["431"]),
    Row(
      "the longest body", "P / HTTP/1.1|Host: a|Content-Length: 8||\(x(8))" + next,
      ["P / \(x(8))", "GET /next"]),
    Row("a longer one", "P / HTTP/1.1|Host: a|Content-Length: 9||\(x(9))", ["413"]),
    Row("in chunks", chunked + "4|\(x(4))|4|\(x(4))|0||" + next, ["POST / \(x(8))", "GET /next"]),
    Row("more of them", chunked + "4|\(x(4))|5|\(x(5))|0||", ["413"]),
    Row("a large one", chunked + "9|", ["413"]),
    Row(
      "short extensions cost nothing", chunked + String(repeating: "1;a|x|", count: 8) + "0||",
      ["POST / \(x(8))"]),
    Row("long ones do", chunked + "1;\(x(77))|x|0;\(x(3))||", ["POST / x"]),
    Row("all of them together", chunked + "1;\(x(50))|x|1;\(x(50))|x|0||", ["431"]),
    Row("one without an end", chunked + "1;\(x(100))", ["431"]),
    Row("a size of zeros", chunked + String(repeating: "0", count: 100), ["431"]),
    Row("trailers", chunked + "0|X: \(x(59))||", ["POST /"]),
    Row("longer ones", chunked + "0|X: \(x(60))||", ["431"]),
    Row("many", chunked + "0|" + String(repeating: "X:|", count: 40) + "|", ["431"]),
    Row("no end of a chunk's data", chunked + "1|xyyyyyyyyyyyyyyyyyyyy", ["400"]),
  ])
  func `what is too large is refused at its first byte too many`(row: Row) {
    row.check(Self.limits)
  }

  @Test func `a body of many small chunks is a body like another`() throws {
    let chunk = Array("1\r\nx\r\n".utf8)
    var decoder = ChunkedDecoder(Limits(), most: Limits().body)
    var body: [UInt8] = []
    for _ in 0..<100_000 { #expect(try decoder.decode(chunk.span, into: &body) == chunk.count) }
    #expect(body.count == 100_000)
  }

  private static func x(_ count: Int) -> String { String(repeating: "x", count: count) }
}
