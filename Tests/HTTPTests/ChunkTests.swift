import Testing

/// RFC 9112 as a table, §7.1: where a body in chunks ends.
///
/// Here requests are smuggled, so here nothing is forgiven.
@Suite("RFC 9112: chunks") struct ChunkTests {
  @Test(arguments: chunks + extensions + trailers)
  func `a chunked body is read to the letter`(_ row: Row) {
    let head = "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||"
    Row(row.clause, head + row.sent + Self.next, row.heard).check()
  }

  private static let next = "GET /next HTTP/1.1|Host: a||"

  // §7.1: chunks. Behind each stands a request for /next.
  private static let chunks: [Row] = [
    .init("§7.1", "3|abc|2|de|0||", ["POST / abcde", "GET /next"]),
    .init(
      "§7.1 sizes are hexadecimal", "A|0123456789|a|0123456789|0||",
      ["POST / 01234567890123456789", "GET /next"]
    ),
    .init(
      "§7.1 zeros before them say nothing", "0000000000000000000000003|abc|000||",
      ["POST / abc", "GET /next"]
    ),
    .init("§7.1 data may be anything", "6|0||\r|0||", ["POST / 0\r\n\r\n\r", "GET /next"]),
    .init("§7.1 no size", "|abc|0||", ["400"]), .init("§7.1", "g|abc|0||", ["400"]),
    .init("§7.1", "-3|abc|0||", ["400"]),
    .init("§7.1", "+3|abc|0||", ["400"]), .init("§7.1", "0x3|abc|0||", ["400"]),
    .init("§7.1", "3_|abc|0||", ["400"]),
    .init("§7.1", "3h|abc|0||", ["400"]), .init("§7.1", "3.0|abc|0||", ["400"]),
    .init("§7.1", " 3|abc|0||", ["400"]),
    .init("§7.1", "3 |abc|0||", ["400"]), .init("§7.1", "3\t|abc|0||", ["400"]),
    .init("§7.1", "3 4|abc|0||", ["400"]),
    .init("§7.1", "\u{B3}|abc|0||", ["400"]), .init("§7.1", "\u{0}3|abc|0||", ["400"]),
    .init("§7.1", "INVALID!!!|", ["400"]),
    .init("§7.1 a chunk ends with its size", "3|abcd|0||", ["400"]),
    .init("§7.1", "3|abc0||", ["400"]),
    .init("§7.1", "3|ab|0||", ["400"]), .init("§7.1", "3|abc||0||", ["400"]),
    .init("§7.1", "3|abcXX0||", ["400"]),
    .init("§7.1 LF alone ends no line", "3\nabc|0||", ["400"]),
    .init("§7.1", "3|abc\n0||", ["400"]),
    .init("§7.1", "3|abc|0\n\n", ["400"]), .init("§7.1", "3|abc|0|\n", ["400"]),
    .init("§7.1", "3;a\nabc|0||", ["400"]),
    .init("§7.1 nor CR", "3\rabc|0||", ["400"]), .init("§7.1", "5\r\r;abc|0||", ["400"]),
    .init("§7.1", "3|abc\rX0||", ["400"]),
    .init("§7.1", "3|abc|0\rX|", ["400"]), .init("§7.1", "3|abc|0|\rX", ["400"]),
    .init("§7.1", "3\r|abc|0||", ["400"]),
    .init("§7.1 too large", "100001|", ["413"]), .init("§7.1", "7fffffffffffffff|", ["413"]),
    .init("§7.1 for any machine", "10000000000000003|abc|0||", ["413"]),
    .init("§7.1", "ffffffffffffffffffffffffffffffff|", ["413"]),
  ]

  // §7.1.1: extensions, none of which is known here.
  private static let extensions: [Row] = [
    .init("§7.1.1", "3;a|abc|0;b=c||", ["POST / abc", "GET /next"]),
    .init("§7.1.1", "3;a=b;c=\"d;e \\\" f\\\\\"|abc|0||", ["POST / abc", "GET /next"]),
    .init("§7.1.1", "3;a=\"\"|abc|0||", ["POST / abc", "GET /next"]),
    .init(
      "§7.1.1 bad blanks are passed over", "3 ; a = b\t;\tc|abc|0||", ["POST / abc", "GET /next"]),
    .init("§7.1.1 an extension has a name", "3;|abc|0||", ["400"]),
    .init("§7.1.1", "3;;a|abc|0||", ["400"]),
    .init("§7.1.1", "3;=b|abc|0||", ["400"]), .init("§7.1.1", "3;a;|abc|0||", ["400"]),
    .init("§7.1.1 and a value behind =", "3;a=|abc|0||", ["400"]),
    .init("§7.1.1", "3;a=b=c|abc|0||", ["400"]),
    .init("§7.1.1", "3;a b|abc|0||", ["400"]), .init("§7.1.1", "3;a=(|abc|0||", ["400"]),
    .init("§7.1.1 quotes close", "3;a=\"b|abc|0||", ["400"]),
    .init("§7.1.1", "3;a=\"b\\\"|abc|0||", ["400"]),
    .init("§7.1.1", "3;a=\"b\"c|abc|0||", ["400"]),
    .init("§7.1.1", "3;a=\"|abc\"|abc|0||", ["400"]),
    .init("§7.1.1 no control bytes", "3;\u{1}|abc|0||", ["400"]),
    .init("§7.1.1", "3;a\r;b|abc|0||", ["400"]),
    .init("§7.1.1", "3;a=\"\u{0}\"|abc|0||", ["400"]),
  ]

  // §7.1.2: trailers, which are checked and passed over.
  private static let trailers: [Row] = [
    .init("§7.1.2", "1|x|0|X: y|Z:||", ["POST / x", "GET /next"]),
    .init(
      "RFC 9110 §6.5.1 none of them frames",
      "1|x|0|Content-Length: 50|Transfer-Encoding: gzip|Host: b||", ["POST / x", "GET /next"]
    ),
    .init(
      "RFC 9110 §6.5.1 or ends the connection", "1|x|0|Connection: close||",
      ["POST / x", "GET /next"]
    ),
    .init("§7.1.2 they are fields", "1|x|0|X||", ["400"]),
    .init("§7.1.2", "1|x|0|X : y||", ["400"]),
    .init("§7.1.2", "1|x|0| y||", ["400"]), .init("§7.1.2", "1|x|0|X: y| z||", ["400"]),
    .init("§7.1.2", "1|x|0|X: \u{0}||", ["400"]), .init("§7.1.2", "1|x|0|X: y\n||", ["400"]),
    .init("§7.1.2 a request isn't one", "1|x|0|", ["400"]),
  ]
}
