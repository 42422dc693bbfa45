import Testing

/// RFC 9112 as a table, §5 and §9: fields, and the connections that they keep or close.
///
/// A row's last bytes are often a request that only a server that got the first one wrong would hear.
@Suite("RFC 9112: fields, connections") struct FieldTests {
  @Test(arguments: fields + persistence)
  func `fields are read to the letter`(_ row: Row) { row.check() }

  private static let get = "GET / HTTP/1.1|Host: a||"
  private static let next = "GET /next HTTP/1.1|Host: a||"

  // §5: fields. RFC 9110 §5.
  private static let fields: [Row] = [
    .init(
      "§5 blanks around a value aren't its", "POST / HTTP/1.1|Host: a|Content-Length: \t 1 \t||x",
      ["POST / x"]
    ),
    .init("§5 nor needed", "POST / HTTP/1.1|Host:a|Content-Length:1||x", ["POST / x"]),
    .init("§5 names have no case", "POST / HTTP/1.1|hOsT: a|cONTENT-lENGTH: 1||x", ["POST / x"]),
    .init("§5 a value may be empty", "GET / HTTP/1.1|Host: a|X:||", ["GET /"]),
    .init(
      "RFC 9110 §5.5 or have bytes above ASCII", "GET / HTTP/1.1|Host: a|X: \u{E9}\u{80}\u{FF}||",
      ["GET /"]
    ),
    .init("§5.1 no blank before the colon", "GET / HTTP/1.1|Host : a||", ["400"]),
    .init("§5.1", "POST / HTTP/1.1|Host: a|Content-Length : 1||x", ["400"]),
    .init("§5.1", "POST / HTTP/1.1|Host: a|Transfer-Encoding\t: chunked||0||", ["400"]),
    .init("§5.1", "POST / HTTP/1.1|Host: a|Content-Length x: 1||x", ["400"]),
    .init("§5.1 a name is a token", "GET / HTTP/1.1|Host: a|: x||", ["400"]),
    .init("§5.1", "GET / HTTP/1.1|:|Host: a||", ["400"]),
    .init("§5.1", "GET / HTTP/1.1|Host: a|X||", ["400"]),
    .init("§5.1", "GET / HTTP/1.1|Host: a|Content-Length 3||abc", ["400"]),
    .init("§5.1", "GET / HTTP/1.1|Host: a|X\u{E9}: b||", ["400"]),
    .init("§5.1", "GET / HTTP/1.1|Host: a|Content-Length\u{A0}: 1||x", ["400"]),
    .init("§5.1", "GET / HTTP/1.1|Host: a|Content-Length\u{85}: 1||x", ["400"]),
    .init("§5.1", "GET / HTTP/1.1|Host: a|Transfer\u{AD}Encoding: chunked||0||", ["400"]),
    .init("§5.1", "GET / HTTP/1.1|Host: a|Content\\Length: 1||x", ["400"]),
    .init("§5.1", "GET / HTTP/1.1|Host: a|Content Length: 1||x", ["400"]),
    .init("§5.1", "GET / HTTP/1.1|Host: a|X\u{0}: b||", ["400"]),
    .init("§5.1", "GET / HTTP/1.1|Host: a|X@: b||", ["400"]),
    .init(
      "§5.1 another name is another field", "GET / HTTP/1.1|Host: a|Content_Length: 5||" + next,
      ["GET /", "GET /next"]
    ),
    .init("§5.2 no line is folded", "GET / HTTP/1.1|Host: a| folded||", ["400"]),
    .init("§5.2", "GET / HTTP/1.1|Host: a|X: y|\tz||", ["400"]),
    .init("§5.2", "GET / HTTP/1.1|Host: a|X:| y||", ["400"]),
    .init("§5.2", "POST / HTTP/1.1|Host: a|X: y| Content-Length: 40||" + next, ["400"]),
    .init("§5.2", "POST / HTTP/1.1|Host: a|Transfer-Encoding:| chunked||0||", ["400"]),
    .init("§5.2 not even onto nothing", "GET / HTTP/1.1|Host: a| ||" + next, ["400"]),
    .init("RFC 9110 §5.5 no control bytes", "GET / HTTP/1.1|Host: a|X: a\u{0}b||", ["400"]),
    .init("RFC 9110 §5.5", "GET / HTTP/1.1|Host: a|X: a\u{0}||", ["400"]),
    .init("RFC 9110 §5.5", "GET / HTTP/1.1|Host: a|X: \u{1B}||", ["400"]),
    .init("RFC 9110 §5.5", "GET / HTTP/1.1|Host: a|X: \u{7F}||", ["400"]),
    .init("RFC 9110 §5.5", "GET / HTTP/1.1|Host: a|X:\u{B}y||", ["400"]),
    .init(
      "RFC 9110 §10.1.1 100-continue has no case",
      "POST / HTTP/1.1|Host: a|Expect: 100-Continue|Content-Length: 1||x", ["POST / x"]
    ),
    .init(
      "RFC 9110 §10.1.1 nor does twice say more",
      "POST / HTTP/1.1|Host: a|Expect: 100-continue|Expect: 100-continue|Content-Length: 1||x",
      ["POST / x"]
    ),
    .init(
      "RFC 9110 §10.1.1 nothing else is known", "POST / HTTP/1.1|Host: a|Expect: 200-ok||" + next,
      ["417"]
    ),
    .init("RFC 9110 §10.1.1", "POST / HTTP/1.1|Host: a|Expect: 100-continue, x=y||", ["417"]),
    .init("RFC 9110 §10.1.1", "POST / HTTP/1.1|Host: a|Expect: 100-continue;q||", ["417"]),
    .init(
      "RFC 9110 §10.1.1 HTTP/1.0 expects nothing", "POST / HTTP/1.0|Expect: x|Content-Length: 1||x",
      ["POST / x"]
    ),
  ]

  // §9.3, §9.6: which connections stay.
  private static let persistence: [Row] = [
    .init("§9.3", get + next, ["GET /", "GET /next"]),
    .init("§9.6 close", "GET / HTTP/1.1|Host: a|Connection: close||" + next, ["GET /"]),
    .init("§9.6", "GET / HTTP/1.1|Host: a|Connection: x, Close\t||" + next, ["GET /"]),
    .init("§9.6", "GET / HTTP/1.1|Host: a|Connection: x|Connection: CLOSE||" + next, ["GET /"]),
    .init("§9.6", "GET / HTTP/1.1|Host: a|Connection: keep-alive, close||" + next, ["GET /"]),
    .init(
      "§9.3 close is a word",
      "GET / HTTP/1.1|Host: a|Connection: closed, \"close\", x;close||" + next,
      ["GET /", "GET /next"]
    ),
    .init(
      "§9.3 keep-alive says nothing new", "GET / HTTP/1.1|Host: a|Connection: keep-alive||" + next,
      ["GET /", "GET /next"]
    ),
    .init(
      "§9.3 but to HTTP/1.0", "GET / HTTP/1.0|Connection: Keep-Alive||" + next,
      ["GET /", "GET /next"]
    ),
    .init("§9.3", "GET / HTTP/1.0|Connection: keep-alive, close||" + next, ["GET /"]),
    .init(
      "RFC 9110 §7.8 nothing is upgraded",
      "GET / HTTP/1.1|Host: a|Connection: Upgrade|Upgrade: h2c, websocket||" + next,
      ["GET /", "GET /next"]
    ),
    .init("§9.3.2 many at once", get + get + next, ["GET /", "GET /", "GET /next"]),
    .init(
      "§9.3.2 nothing is believed behind an error",
      get + "GET / HTTP/1.1|Host: a|Content-Length: x||" + next, ["GET /", "400"]
    ),
  ]
}
