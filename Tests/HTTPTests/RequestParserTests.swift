import HTTP
import HTTPTypes
import Testing

/// Each row of these tables is a rule of RFC 9112 or of the sections of RFC 9110 that it leans on.
@Suite struct RequestParserTests {
  /// The head of `text`, with `|` for CR LF.
  private func head(_ text: String, _ limits: Limits = Limits()) throws -> RequestHead? {
    var parser = RequestParser(limits)
    return try parser.next(in: bytes(text).span)?.head
  }

  private func bytes(_ text: String) -> [UInt8] {
    Array(text.replacing("|", with: "\r\n").utf8)
  }

  private func refusal(_ text: String, _ limits: Limits = Limits()) -> Refusal? {
    do {
      _ = try head(text, limits)
      return nil
    } catch let refusal as Refusal {
      return refusal
    } catch {
      return nil
    }
  }

  @Test(arguments: [
    "GET / HTTP/1.1|Host: a||", "GET /?a=b HTTP/1.1|Host: a:80||", "|GET / HTTP/1.1|Host: a||",
    "GET / HTTP/1.0||", "GET / HTTP/1.9|Host: a||", "OPTIONS * HTTP/1.1|Host: a||",
    "GET http://a/b HTTP/1.1|Host: a||", "GET HTTP://a:1?q HTTP/1.1|Host: a||",
    "GET / HTTP/1.1|Host:||", "GET / HTTP/1.1|Host: [::1]:8080||", "GET / HTTP/1.1|HOST:\ta \t||",
    "GET / HTTP/1.1|Host: a|X:||", "GET / HTTP/1.1|Host: a|X: \u{e9}||",
    "BREW / HTTP/1.1|Host: a||",
    "POST / HTTP/1.1|Host: a|Content-Length: 0||",
    "POST / HTTP/1.1|Host: a|Transfer-Encoding: CHUNKED||",
    "POST / HTTP/1.1|Host: a|Content-Length: 5|Expect: 100-Continue||",
  ])
  func `a well-formed head is taken`(text: String) throws {
    #expect(try head(text) != nil)
  }

  @Test(arguments: [
    // RFC 9112 §2.2: line ends.
    "GET / HTTP/1.1\nHost: a||", "GET / HTTP/1.1|Host: a\n\n", "GET / HTTP/1.1|Host: a|\n",
    "GET / HTTP/1.1\r\r\nHost: a||", "\nGET / HTTP/1.1|Host: a||",
    // §3: the request line.
    "GET  / HTTP/1.1|Host: a||", "GET /  HTTP/1.1|Host: a||", " GET / HTTP/1.1|Host: a||",
    "GET /|Host: a||",
    "GET / HTTP/1.1 |Host: a||", "GET\t/ HTTP/1.1|Host: a||", "G\u{0}T / HTTP/1.1|Host: a||",
    "G(T / HTTP/1.1|Host: a||", "GET /\u{e9} HTTP/1.1|Host: a||", "GET /\u{7f} HTTP/1.1|Host: a||",
    // §3.2: target forms.
    "GET * HTTP/1.1|Host: a||", "GET a HTTP/1.1|Host: a||", "GET ftp://a/ HTTP/1.1|Host: a||",
    "GET http:/// HTTP/1.1|Host: a||", "GET http://u@a/ HTTP/1.1|Host: a||",
    "GET /#f HTTP/1.1|Host: a||",
    // RFC 3986 §2.1: percent-encoding.
    "GET /%zz HTTP/1.1|Host: a||", "GET /% HTTP/1.1|Host: a||", "GET /%0 HTTP/1.1|Host: a||",
    "GET /%00 HTTP/1.1|Host: a||", "GET /%ff HTTP/1.1|Host: a||",
    // §2.3: the version.
    "GET / http/1.1|Host: a||", "GET / HTTP/1|Host: a||", "GET / HTTP/1.10|Host: a||",
    "GET / HTTP/11|Host: a||",
    // §3.2: Host.
    "GET / HTTP/1.1||", "GET / HTTP/1.1|Host: a|Host: a||", "GET / HTTP/1.1|Host: a b||",
    "GET / HTTP/1.1|Host: a/b||", "GET / HTTP/1.1|Host: a@b||", "GET / HTTP/1.1|Host: [::1||",
    "GET / HTTP/1.1|Host: :80||",
    // §5: field lines.
    "GET / HTTP/1.1|Host : a||", "GET / HTTP/1.1|Host: a|X||", "GET / HTTP/1.1|Host: a|: x||",
    "GET / HTTP/1.1|Host: a| folded||", "GET / HTTP/1.1| Host: a||",
    "GET / HTTP/1.1|Host: a|X: a\u{0}b||",
    "GET / HTTP/1.1|Host: a|X: a\rb||", "GET / HTTP/1.1|Host: a|X\u{e9}: b||",
    "GET / HTTP/1.1|Host: a|X: a\u{1b}b||",
    // §6.3: framing.
    "POST / HTTP/1.1|Host: a|Content-Length: 5|Content-Length: 6||",
    "POST / HTTP/1.1|Host: a|Content-Length: 5|Content-Length: 5||",
    "POST / HTTP/1.1|Host: a|Content-Length: 5, 5||",
    "POST / HTTP/1.1|Host: a|Content-Length: +5||",
    "POST / HTTP/1.1|Host: a|Content-Length: -5||", "POST / HTTP/1.1|Host: a|Content-Length: 0x5||",
    "POST / HTTP/1.1|Host: a|Content-Length:||", "POST / HTTP/1.1|Host: a|Content-Length: 5 5||",
    "POST / HTTP/1.1|Host: a|Content-Length: 5|Transfer-Encoding: chunked||",
    "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked|Transfer-Encoding: chunked||",
    "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked, gzip||",
    "POST / HTTP/1.1|Host: a|Transfer-Encoding:||",
    "POST / HTTP/1.0|Transfer-Encoding: chunked||",
  ])
  func `a malformed head is refused`(text: String) {
    guard case .malformed? = refusal(text) else {
      Issue.record("\(String(describing: refusal(text)))")
      return
    }
  }

  @Test(arguments: [
    ("GET / HTTP/2.0|Host: a||", 505), ("GET / HTTP/0.9|Host: a||", 505),
    ("CONNECT a:80 HTTP/1.1|Host: a||", 501),
    ("POST / HTTP/1.1|Host: a|Transfer-Encoding: gzip||", 501),
    ("POST / HTTP/1.1|Host: a|Transfer-Encoding: gzip, chunked||", 501),
    ("POST / HTTP/1.1|Host: a|Transfer-Encoding: xchunked||", 501),
    ("POST / HTTP/1.1|Host: a|Content-Length: 1|Expect: 200-ok||", 417),
    ("GET /\(String(repeating: "a", count: 9000)) HTTP/1.1|Host: a||", 414),
    ("GET /\(String(repeating: "a", count: 9000))", 414),
    ("GET / HTTP/1.1|Host: a|X: \(String(repeating: "a", count: 40_000))||", 431),
    ("GET / HTTP/1.1|Host: a|X: \(String(repeating: "a", count: 40_000))", 431),
    ("GET / HTTP/1.1|Host: a|\(String(repeating: "X: y|", count: 100))|", 431),
  ])
  func `a refusal has the status that its rule asks for`(text: String, status: Int) {
    #expect(refusal(text)?.status.code == status)
  }

  @Test func `a head cut anywhere waits, and is the same once it is whole`() throws {
    let whole = bytes("POST /v1/a%20b?x=1 HTTP/1.1|Host: a|Content-Length: 3|X: y||abc")
    let end = whole.count - 3
    for cut in 0..<end {
      var parser = RequestParser(Limits())
      #expect(try parser.next(in: Array(whole[..<cut]).span) == nil, "cut at \(cut)")
      let (head, length) = try #require(try parser.next(in: whole.span))
      #expect(length == end)
      #expect(head.request.target.segments == ["v1", "a b"])
      #expect(head.framing == .length(3))
    }
  }

  @Test func `byte by byte is the same as at once`() throws {
    let whole = bytes("|GET / HTTP/1.1|Host: a|X: y||")
    var parser = RequestParser(Limits())
    for count in 1..<whole.count {
      #expect(try parser.next(in: Array(whole[..<count]).span) == nil)
    }
    #expect(try parser.next(in: whole.span)?.length == whole.count)
  }

  @Test(arguments: [
    ("HTTP/1.1|Host: a", true), ("HTTP/1.1|Host: a|Connection: close", false),
    ("HTTP/1.1|Host: a|Connection: x, Close", false), ("HTTP/1.0|Host: a", false),
    ("HTTP/1.0|Connection: Keep-Alive", true), ("HTTP/1.0|Connection: keep-alive, close", false),
  ])
  func `a connection stays as RFC 9112 §9.3 says`(text: String, stays: Bool) throws {
    #expect(try head("GET / \(text)||")?.isPersistent == stays)
  }

  @Test func `field names have no case, and several lines are one list`() throws {
    let request = try #require(try head("GET / HTTP/1.1|host: a|ACCEPT: x|accept:y ||")).request
    #expect(request[.accept] == "x, y")
    #expect(request[.range] == nil)
  }
}
