import Testing

/// RFC 9112 as a table, §6: where a body ends, and whether it comes in chunks.
///
/// Here requests are smuggled, so here nothing is forgiven.
@Suite("RFC 9112: framing") struct FramingTests {
  @Test(arguments: lengths + codings)
  func `the length of a body is read to the letter`(_ row: Row) { row.check() }

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
}
