import HTTP
import HTTPServer
import Testing
import Wire

/// What RFC 9110 and RFC 9112 ask of an origin server's answers, over a socket.
///
/// A row is the clause, what a client sends (`|` is CR LF), and what it gets until the connection ends.
@Suite("RFC 9110 and 9112, over a socket") struct RFC9110Tests {
  typealias Row = (clause: String, sent: String, answers: [String])

  private static let get = "GET / HTTP/1.1|Host: a||"
  private static let next = "GET /next HTTP/1.1|Host: a||"

  @Test(
    arguments: [
      ("RFC 9112 §2.2 an empty line", "||" + get, ["200 GET /"]),
      ("RFC 9112 §2.2 CR CR LF", "\r\r\n" + get, ["400"]),
      ("RFC 9112 §2.3 HTTP/1.0", "GET / HTTP/1.0||" + next, ["200 GET /"]),
      ("RFC 9112 §2.3 HTTP/2", "PRI * HTTP/2.0||SM||", ["505"]),
      ("RFC 9112 §3", "nonsense||" + next, ["400"]),
      ("RFC 9112 §3.2", "GET / HTTP/1.1||" + next, ["400"]),
      ("RFC 9112 §3.2.2", "GET http://b/c HTTP/1.1|Host: a||", ["200 GET /c"]),
      ("RFC 9112 §3.2.4", "OPTIONS * HTTP/1.1|Host: a||", ["200 OPTIONS *"]),
      (
        "RFC 9112 §6.1", "POST / HTTP/1.1|Host: a|Transfer-Encoding: gzip, chunked||0||" + next,
        ["501"]
      ),
      (
        "RFC 9112 §6.3 rule 3",
        "POST / HTTP/1.1|Host: a|Content-Length: 4|Transfer-Encoding: chunked||0||" + next, ["400"]
      ),
      (
        "RFC 9112 §6.3 rule 5",
        "POST / HTTP/1.1|Host: a|Content-Length: 0|Content-Length: 30||" + next, ["400"]
      ),
      (
        "RFC 9112 §6.3", "GET / HTTP/1.1|Host: a|Content-Length: 3||abc" + next,
        ["200 GET / abc", "200 GET /next"]
      ),
      (
        "RFC 9112 §7.1",
        "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||3;a=\"b\"|abc|0|X: y||" + next,
        ["200 POST / abc", "200 GET /next"]
      ),
      (
        "RFC 9112 §7.1", "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||3|abcd|0||" + next,
        ["400"]
      ),
      ("RFC 9112 §8 half a head", get + "GET / HTTP/1.1|Ho", ["200 GET /"]),
      (
        "RFC 9112 §8 half a body", get + "POST / HTTP/1.1|Host: a|Content-Length: 3||ab",
        ["200 GET /"]
      ),
      ("RFC 9112 §8 half a chunk", "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||3|ab", []),
      (
        "RFC 9112 §9.3.2", "GET /slow HTTP/1.1|Host: a||" + next,
        ["200 GET /slow", "200 GET /next"]
      ),
      ("RFC 9112 §9.6", "GET / HTTP/1.1|Host: a|Connection: close||" + next, ["200 GET /"]),
      ("RFC 9112 §9.6", "GET /slow HTTP/1.1|Host: a|Connection: close||" + next, ["200 GET /slow"]),
      (
        "RFC 9112 §11.2", get + "GET / HTTP/1.1|Host: a|Content-Length: 0x1e||" + next,
        ["200 GET /", "400"]
      ),
      ("RFC 9112 §11.2", "GET /slow HTTP/1.1|Host: a||" + "x||" + next, ["200 GET /slow", "400"]),
      ("RFC 9110 §7.4", "GET https://a/ HTTP/1.1|Host: a||" + next, ["421"]),
      ("RFC 9110 §7.8", "GET / HTTP/1.1|Host: a|Connection: Upgrade|Upgrade: h2c||", ["200 GET /"]),
      (
        "RFC 9110 §8.6 HEAD", "HEAD /a HTTP/1.1|Host: a||" + next, ["200 HEAD /a", "200 GET /next"]
      ),
      ("RFC 9110 §9.3.6", "CONNECT a:80 HTTP/1.1|Host: a||" + next, ["501"]),
      (
        "RFC 9110 §10.1.1", "POST / HTTP/1.1|Host: a|Expect: magic|Content-Length: 1||x" + next,
        ["417"]
      ),
      (
        "RFC 9110 §10.1.1 a body that is there",
        "POST / HTTP/1.1|Host: a|Expect: 100-continue|Content-Length: 1||x" + next,
        ["200 POST / x", "200 GET /next"]
      ),
      (
        "RFC 9110 §10.1.1 no body", "POST / HTTP/1.1|Host: a|Expect: 100-continue||" + next,
        ["200 POST /", "200 GET /next"]
      ),
      (
        "RFC 9110 §15.3.5 204", "GET /none HTTP/1.1|Host: a||" + next,
        ["204 GET /none", "200 GET /next"]
      ),
      (
        "RFC 9110 §15.4.5 304", "GET /kept HTTP/1.1|Host: a||" + next,
        ["304 GET /kept", "200 GET /next"]
      ),
      (
        "RFC 9110 §15.5.14 413", "POST / HTTP/1.1|Host: a|Content-Length: 9999999||" + next, ["413"]
      ),
      ("RFC 9110 §15.5.15 414", "GET /\(String(repeating: "a", count: 9000)) HTTP/1.1||", ["414"]),
      ("RFC 6585 §5 431", "GET / HTTP/1.1|\(String(repeating: "X:|", count: 101))|", ["431"]),
    ] as [Row])
  func `a client gets the answers that the clause asks for`(_ row: Row) throws {
    let sent = Array(row.sent.replacing("|", with: "\r\n").utf8)
    let echo = try Echo()
    let all = try echo.answers([sent])
    #expect(all.map(\.line) == row.answers)
    for answer in all {
      // RFC 9110 §6.6.1.
      #expect(answer["Date"]?.hasSuffix(" GMT") == true)
      // RFC 9110 §8.6: 204 and 304 name no length, and have no content.
      let hasLength = answer["Content-Length"] != nil
      #expect(hasLength == ![204, 304].contains(answer.status))
      #expect(answer["Transfer-Encoding"] == nil)
      // RFC 9112 §9.6: whoever is refused is told that this was the last answer.
      if answer.status >= 400 { #expect(answer["Connection"] == "close") }
    }
    // Byte by byte; whoever waits for 100 gets it then.
    guard sent.count < 1000 else { return }
    let lines = try echo.lines(sent.map { [$0] })
    #expect(lines.filter { $0 != "100" } == row.answers)
  }

  @Test(arguments: [
    "POST /x HTTP/1.1|Host: a|Content-Length: 3||abcHEAD /y HTTP/1.1|Host: a||GET /slow HTTP/1.1|Host: a||",
    "POST /slow HTTP/1.1|Host: a|Transfer-Encoding: chunked||3;a|abc|0|X: y||GET / HTTP/1.0||",
    "GET / HTTP/1.1|Host: a||GET / HTTP/1.1|Host: a|X : y||GET / HTTP/1.1|Host: a||",
  ])
  func `cut at any byte it is answered the same`(text: String) throws {
    let sent = Array(text.replacing("|", with: "\r\n").utf8)
    let echo = try Echo()
    let answers = try echo.lines([sent])
    for cut in sent.indices {
      #expect(try echo.lines([Array(sent[..<cut]), Array(sent[cut...])]) == answers, "\(cut)")
    }
  }

  @Test func `HEAD's fields are GET's`() throws {
    let echo = try Echo()
    for path in ["/", "/none", "/kept", "/slow"] {
      let wire = try Wire(port: echo.server.port)
      try wire.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
      let get = try wire.answer().fields
      try wire.send("HEAD \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
      let head = try wire.answer(isForHEAD: true).fields
      #expect(head.keys.sorted() == get.keys.sorted())
      // The echo says another method, and so another length.
      for name in head.keys where !["heard", "date", "content-length"].contains(name) {
        #expect(head[name] == get[name])
      }
    }
  }

  // RFC 9110 §9.3.2; the request before it counts for nothing.
  @Test(arguments: [
    ("HEAD / HTTP/1.1|Host: a|Expect: magic||", 417, false),
    ("HEAD / HTTP/1.1|Host: a|Content-Length: 9999999||", 413, false),
    ("HEAD / HTTP/1.1||", 400, false), ("||HEAD / HTTP/1.1|Host: a|X : y||", 400, false),
    ("HEAD /\(String(repeating: "a", count: 9000))", 414, false),
    ("HEAD / HTTP/1.1|Host: a|Transfer-Encoding: chunked||x|", 400, false),
    ("HEAD / HTTP/1.1|\(String(repeating: "X:|", count: 101))|", 431, false),
    ("HEAD / HTTP/1.1|Host: a||GET / HTTP/1.1|Host: a|X : y||", 400, true),
    ("HEAD / HTTP/1.1|Host: a||GET /\(String(repeating: "a", count: 9000))", 414, true),
    ("HEADS / HTTP/1.1|Host: a|Expect: magic||", 417, true),
  ])
  func `a HEAD that is refused gets no content`(text: String, status: Int, hasContent: Bool) throws
  {
    let echo = try Echo()
    let wire = try Wire(port: echo.server.port)
    try wire.send(text.replacing("|", with: "\r\n"))
    wire.finish()
    var rest = try wire.rest()
    if hasContent, text.hasPrefix("HEAD ") { _ = Answer(takenFrom: &rest, isForHEAD: true) }
    let answer = try #require(Answer(takenFrom: &rest, isForHEAD: !hasContent))
    #expect(answer.status == status && rest.isEmpty)
    #expect(try #require(answer["Content-Length"].flatMap { Int($0) }) > 0)
    #expect(answer.body.isEmpty == !hasContent)
  }

  // RFC 9110 §10.1.1.
  @Test func `100 comes once a body is wanted, and to HTTP/1.0 never`() throws {
    let echo = try Echo()
    let wire = try Wire(port: echo.server.port)
    try wire.send(
      "PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: 100-continue, 100-Continue\r\n\r\n"
    )
    #expect(try wire.answer().status == 100)
    try wire.send("x")
    #expect(try wire.answer().text == "PUT /a x")
    try wire.send(
      "PUT /no HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n")
    #expect(try wire.answer().status == 401)
    let old = try Wire(port: echo.server.port)
    try old.send("PUT /a HTTP/1.0\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n")
    try old.send("x")
    #expect(try old.answer().text == "PUT /a x")
  }

  // RFC 9110 §7.4, RFC 9112 §3.2.2.
  @Test func `an https target is answered over TLS, and for a proxy that is trusted`() throws {
    let files = try Certificate(named: "a")
    let over = try Echo(tls: TLSFiles(certificate: files.certificate, key: files.key))
    let behind = try Echo(trustsProxy: true)
    for wire in [
      try Wire(port: over.server.port, tls: TLSClient()), try Wire(port: behind.server.port),
    ] {
      try wire.send("GET https://a/b HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(try wire.answer().line == "200 GET /b")
    }
  }

  // RFC 9112 §11.1.
  @Test(arguments: [
    "%0d%0aX:%20y", "%0d", "%0a%20x", "a%0d%0a%0d%0aHTTP/1.1%20200%20OK", "%e2%80%a8",
  ])
  func `no answer is split by what it repeats`(segment: String) throws {
    let sent = Array("GET /to/\(segment) HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    let answers = try Echo().answers([sent])
    #expect(answers.count == 1)
    #expect(answers.first?["X"] == nil)
    let line = answers.first?["Location"] ?? ""
    #expect(!line.utf8.contains { $0 == 0x0D || $0 == 0x0A })
  }
}
