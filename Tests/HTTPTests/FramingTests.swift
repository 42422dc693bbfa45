import Testing

/// RFC 9112 as a table, §6 and §7: where a body ends.
///
/// Here requests are smuggled, so here nothing is
/// forgiven.
@Suite("RFC 9112: framing") struct FramingTests {
  @Test(arguments: lengths + codings)
  func `the length of a body is read to the letter`(_ row: Row) { row.check() }

  @Test(arguments: chunks + extensions + trailers)
  func `a chunked body is read to the letter`(_ row: Row) {
    let head = "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||"
    Row(row.clause, head + row.sent + Self.next, row.heard).check()
  }

  private static let next = "GET /next HTTP/1.1|Host: a||"

  // §6.2, §6.3: Content-Length.
  private static let lengths: [Row] = [
    .init(
      "§6.3 rule 6", "POST / HTTP/1.1|Host: a|Content-Length: 3||abc" + next,
      ["POST / abc", "GET /next"]
    ),
    .init(
      "§6.3 rule 7: no length is none", "POST / HTTP/1.1|Host: a||" + next, ["POST /", "GET /next"]
    ),
    .init(
      "§6.3 of any method", "GET / HTTP/1.1|Host: a|Content-Length: 3||abc" + next,
      ["GET / abc", "GET /next"]
    ),
    .init(
      "§6.3", "HEAD / HTTP/1.1|Host: a|Content-Length: 3||abc" + next, ["HEAD / abc", "GET /next"]),
    .init("§6.3", "POST / HTTP/1.0|Content-Length: 3||abc" + next, ["POST / abc"]),
    .init("§6.2", "POST / HTTP/1.1|Host: a|Content-Length: 0||" + next, ["POST /", "GET /next"]),
    .init(
      "§6.2 digits are decimal", "POST / HTTP/1.1|Host: a|Content-Length: 010||0123456789" + next,
      ["POST / 0123456789", "GET /next"]
    ),
    .init(
      "§8 a body cut off is no request", "POST / HTTP/1.1|Host: a|Content-Length: 3||ab", ["…"]),
    .init(
      "§6.3 rule 5: differing lengths",
      "POST / HTTP/1.1|Host: a|Content-Length: 5|Content-Length: 6||abcde" + next, ["400"]
    ),
    .init(
      "§6.3 rule 5: equal ones",
      "POST / HTTP/1.1|Host: a|Content-Length: 5|Content-Length: 5||abcde" + next, ["400"]
    ),
    .init("§6.3 rule 5", "POST / HTTP/1.1|Host: a|Content-Length: 5, 5||abcde", ["400"]),
    .init("§6.3 rule 5", "POST / HTTP/1.1|Host: a|Content-Length: 5, 6||abcde", ["400"]),
    .init("§6.3 rule 5", "POST / HTTP/1.1|Host: a|Content-Length: 5,||abcde", ["400"]),
    .init(
      "§6.3 rule 5", "POST / HTTP/1.1|Host: a|Content-Length:|Content-Length: 5||abcde", ["400"]),
    .init(
      "§6.3 rule 5", "POST / HTTP/1.1|Host: a|Content-Length: 0|Content-Length: 5||abcde", ["400"]),
    .init(
      "§6.3 rule 5: not a number", "POST / HTTP/1.1|Host: a|Content-Length: +5||abcde", ["400"]),
    .init("§6.3 rule 5", "POST / HTTP/1.1|Host: a|Content-Length: -5||abcde", ["400"]),
    .init("§6.3 rule 5", "POST / HTTP/1.1|Host: a|Content-Length: -0||abcde", ["400"]),
    .init("§6.3 rule 5", "POST / HTTP/1.1|Host: a|Content-Length: 0x5||abcde", ["400"]),
    .init("§6.3 rule 5", "POST / HTTP/1.1|Host: a|Content-Length: 5e0||abcde", ["400"]),
    .init("§6.3 rule 5", "POST / HTTP/1.1|Host: a|Content-Length: 5.0||abcde", ["400"]),
    .init("§6.3 rule 5", "POST / HTTP/1.1|Host: a|Content-Length: 1_0||abcde", ["400"]),
    .init("§6.3 rule 5", "POST / HTTP/1.1|Host: a|Content-Length: 5 5||abcde", ["400"]),
    .init("§6.3 rule 5", "POST / HTTP/1.1|Host: a|Content-Length: 5x||abcde", ["400"]),
    .init("§6.3 rule 5", "POST / HTTP/1.1|Host: a|Content-Length: 5;||abcde", ["400"]),
    .init("§6.3 rule 5", "POST / HTTP/1.1|Host: a|Content-Length: \"5\"||abcde", ["400"]),
    .init("§6.3 rule 5", "POST / HTTP/1.1|Host: a|Content-Length:||abcde", ["400"]),
    .init("§6.3 rule 5", "POST / HTTP/1.1|Host: a|Content-Length: \u{A0}5||abcde", ["400"]),
    .init("§6.3 rule 5", "POST / HTTP/1.1|Host: a|Content-Length: \u{B2}||abcde", ["400"]),
    .init(
      "§6.3 rule 5, of a GET, too", "GET / HTTP/1.1|Host: a|Content-Length: x||" + next, ["400"]),
    .init(
      "§6.2 too large, for any machine",
      "POST / HTTP/1.1|Host: a|Content-Length: 18446744073709551621||abcde", ["413"]
    ),
    .init("§6.2", "POST / HTTP/1.1|Host: a|Content-Length: 9223372036854775807||abcde", ["413"]),
  ]

  // §6.1, §6.3, §11.2: Transfer-Encoding.
  private static let codings: [Row] = [
    .init(
      "§6.3 rule 4", "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||1|x|0||" + next,
      ["POST / x", "GET /next"]
    ),
    .init(
      "§7 a coding's name has no case",
      "POST / HTTP/1.1|Host: a|Transfer-Encoding: CHUNKED||0||" + next, ["POST /", "GET /next"]
    ),
    .init(
      "RFC 9110 §5.6.1 a list's empty members are none",
      "POST / HTTP/1.1|Host: a|Transfer-Encoding: , chunked||0||" + next, ["POST /", "GET /next"]
    ),
    .init(
      "§6.1 of any method", "GET / HTTP/1.1|Host: a|Transfer-Encoding: chunked||1|x|0||" + next,
      ["GET / x", "GET /next"]
    ),
    .init(
      "§6.1 what isn't known is a 501", "POST / HTTP/1.1|Host: a|Transfer-Encoding: gzip||" + next,
      ["501"]
    ),
    .init("§6.1", "POST / HTTP/1.1|Host: a|Transfer-Encoding: gzip, chunked||0||" + next, ["501"]),
    .init(
      "§6.1", "POST / HTTP/1.1|Host: a|Transfer-Encoding: gzip|Transfer-Encoding: chunked||0||",
      ["501"]
    ),
    .init(
      "§6.1 identity is no coding", "POST / HTTP/1.1|Host: a|Transfer-Encoding: identity||" + next,
      ["501"]
    ),
    .init("§6.1", "POST / HTTP/1.1|Host: a|Transfer-Encoding: identity, chunked||0||", ["501"]),
    .init(
      "§7 nor is what looks like chunked",
      "POST / HTTP/1.1|Host: a|Transfer-Encoding: xchunked||0||", ["501"]
    ),
    .init("§7", "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked1||0||", ["501"]),
    .init("§7", "POST / HTTP/1.1|Host: a|Transfer-Encoding: \"chunked\"||0||", ["501"]),
    .init("§7", "POST / HTTP/1.1|Host: a|Transfer-Encoding: 'chunked'||0||", ["501"]),
    .init("§7", "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked;q=1||0||", ["501"]),
    .init("§7", "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked gzip||0||", ["501"]),
    .init("§7", "POST / HTTP/1.1|Host: a|Transfer-Encoding: \u{A0}chunked||0||", ["501"]),
    .init("§7", "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked\u{85}||0||", ["501"]),
    .init(
      "§7", "POST / HTTP/1.1|Host: a|Transfer-Encoding: chun\u{E2}\u{84}\u{AA}ed||0||", ["501"]),
    .init(
      "§7 a mark on a blank is a member",
      "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked, \u{CC}\u{81}||0||", ["400"]
    ),
    .init("§7", "POST / HTTP/1.1|Host: a|Transfer-Encoding: x, \u{CC}\u{81}chunked||0||", ["400"]),
    .init("§7", "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked\u{B}||0||", ["400"]),
    .init(
      "§7.1 chunked once", "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked, chunked||0||",
      ["400"]
    ),
    .init(
      "§7.1", "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked|Transfer-Encoding: chunked||0||",
      ["400"]
    ),
    .init(
      "§6.3 rule 4: chunked last", "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked, gzip||0||",
      ["400"]
    ),
    .init(
      "§6.3 rule 4", "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked, identity||0||", ["400"]),
    .init("§6.3 rule 4", "POST / HTTP/1.1|Host: a|Transfer-Encoding: gzip, br||0||", ["400"]),
    .init("§6.3 rule 4", "POST / HTTP/1.1|Host: a|Transfer-Encoding:||" + next, ["400"]),
    .init("§6.3 rule 4", "POST / HTTP/1.1|Host: a|Transfer-Encoding: ,||" + next, ["400"]),
    .init("§6.1 not with HTTP/1.0", "POST / HTTP/1.0|Transfer-Encoding: chunked||0||", ["400"]),
    .init(
      "§6.3 rule 3: both",
      "POST / HTTP/1.1|Host: a|Content-Length: 5|Transfer-Encoding: chunked||0||" + next, ["400"]
    ),
    .init(
      "§6.3 rule 3",
      "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked|Content-Length: 5||0||" + next, ["400"]
    ),
    .init(
      "§6.3 rule 3",
      "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked|Content-Length: 0||0||" + next, ["400"]
    ),
    .init(
      "§6.3 rule 3", "POST / HTTP/1.1|Host: a|Transfer-Encoding: identity|Content-Length: 5||abcde",
      ["400"]
    ),
    .init(
      "§6.3 rule 3", "POST / HTTP/1.1|Host: a|Transfer-Encoding: |Content-Length: 5||abcde", ["400"]
    ),
    .init(
      "§6.3 rule 3",
      "GET / HTTP/1.1|Host: a|Content-Length: 5|Transfer-Encoding: chunked||0||" + next, ["400"]
    ),
    .init(
      "§6.1 what a body is coded in is another field",
      "POST / HTTP/1.1|Host: a|Content-Encoding: chunked|Content-Length: 3||0||",
      ["POST / 0\r\n", "…"]
    ),
    .init(
      "RFC 9110 §10.1.4 TE frames nothing",
      "GET / HTTP/1.1|Host: a|TE: chunked, trailers|Connection: TE||" + next,
      ["GET /", "GET /next"]
    ),
    .init(
      "RFC 9110 §7.6.1 Connection takes no field away",
      "POST / HTTP/1.1|Host: a|Connection: Content-Length|Content-Length: 1||x" + next,
      ["POST / x", "GET /next"]
    ),
  ]

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
