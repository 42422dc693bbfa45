import Testing

/// RFC 9112 as a table, §2 to §5 and §9: the clause, what a client sends, and what is heard of it.
///
/// A row's last bytes are often a request that only a server that got the first one wrong would hear.
@Suite("RFC 9112: lines, targets, fields, connections") struct RFC9112Tests {
  @Test(arguments: lines + requestLines + targets + hosts)
  func `a request line and its Host are read to the letter`(_ row: Row) { row.check() }

  @Test(arguments: fields + persistence)
  func `fields are read to the letter`(_ row: Row) { row.check() }

  private static let get = "GET / HTTP/1.1|Host: a||"
  private static let next = "GET /next HTTP/1.1|Host: a||"

  // §2: messages and their lines.
  private static let lines: [Row] = [
    .init("§2.1", get, ["GET /"]),
    .init("§2.1 nothing more than the head is needed", get + "x", ["GET /", "…"]),
    .init("§2.2 an empty line before a request is passed over", "|" + get, ["GET /"]),
    .init(
      "§2.2 several are, and between requests, too", "||" + get + "|" + next,
      ["GET /", "GET /next"]
    ),
    .init("§2.2 LF alone ends no line", "GET / HTTP/1.1\nHost: a||" + next, ["400"]),
    .init("§2.2", "GET / HTTP/1.1|Host: a\n\n" + next, ["400"]),
    .init("§2.2", "GET / HTTP/1.1|Host: a|\n" + next, ["400"]),
    .init("§2.2", "GET / HTTP/1.1|Host: a|X: y\nContent-Length: 5||" + next, ["400"]),
    .init("§2.2", "GET / HTTP/1.1|Host: a|X:\nY: z||", ["400"]),
    .init("§2.2", "\n" + get, ["400"]),
    .init("§2.2 CR alone is no blank and no end", "GET / HTTP/1.1\r\r\nHost: a||", ["400"]),
    .init("§2.2", "GET\r/ HTTP/1.1|Host: a||", ["400"]),
    .init("§2.2", "GET / HTTP/1.1|Host: a|X: y\rZ: x||", ["400"]),
    .init("§2.2", "GET / HTTP/1.1|Host: a|X: y\r||", ["400"]),
    .init("§2.2", "GET / HTTP/1.1|Host: a|X\r: y||", ["400"]),
    .init("§2.2", "GET / HTTP/1.1|Host: a|\rZGET /evil: HTTP/1.1|Host: a||", ["400"]),
    .init("§2.2", "\r\r\n" + get, ["400"]),
    .init("§2.2 no blank before the first field", "GET / HTTP/1.1| Host: a||" + next, ["400"]),
    .init("§2.2", "GET / HTTP/1.1|\tContent-Length: 3|Host: a||abc", ["400"]),
    .init("§2.2 what isn't HTTP is a 400", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}||", ["400"]),
    .init("§2.2", "nonsense||" + next, ["400"]),
    .init("§2.2", "\u{EF}\u{BB}\u{BF}" + get, ["400"]),
  ]

  // §3: the request line. RFC 9110 §9.1: methods. RFC 9110 §2.5, §6.2: versions.
  private static let requestLines: [Row] = [
    .init("§2.3 a later minor version is as 1.1", "GET / HTTP/1.9|Host: a||", ["GET /"]),
    .init("§2.3 HTTP/1.0 ends the connection", "GET / HTTP/1.0||" + next, ["GET /"]),
    .init("§2.3 another major version is a 505", "GET / HTTP/2.0|Host: a||" + next, ["505"]),
    .init("§2.3", "GET / HTTP/0.9||", ["505"]), .init("§2.3", "GET / HTTP/3.1|Host: a||", ["505"]),
    .init("§2.3 so is HTTP/2's preface", "PRI * HTTP/2.0||SM||", ["505"]),
    .init("§2.3 the name has its case", "GET / http/1.1|Host: a||", ["400"]),
    .init("§2.3", "GET / Http/1.1|Host: a||", ["400"]),
    .init("§2.3 one digit each", "GET / HTTP/1|Host: a||", ["400"]),
    .init("§2.3", "GET / HTTP/1.10|Host: a||", ["400"]),
    .init("§2.3", "GET / HTTP/01.1|Host: a||", ["400"]),
    .init("§2.3", "GET / HTTP/11|Host: a||", ["400"]),
    .init("§2.3", "GET / HTTP/1,1|Host: a||", ["400"]),
    .init("§2.3", "GET / HTTP/1.|Host: a||", ["400"]),
    .init("§2.3", "GET / HTTP/+1.1|Host: a||", ["400"]),
    .init("§2.3", "GET / HTTP/1.1x|Host: a||", ["400"]),
    .init("§2.3", "GET / ICE/1.0|Host: a||", ["400"]),
    .init("§2.3 HTTP/0.9's line has no version", "GET /|Host: a||", ["400"]),
    .init("§3 one space between the parts", "GET  / HTTP/1.1|Host: a||", ["400"]),
    .init("§3", "GET /  HTTP/1.1|Host: a||", ["400"]),
    .init("§3", " GET / HTTP/1.1|Host: a||", ["400"]),
    .init("§3", "GET / HTTP/1.1 |Host: a||", ["400"]),
    .init("§3", "GET\t/ HTTP/1.1|Host: a||", ["400"]),
    .init("§3", "GET\u{B}/ HTTP/1.1|Host: a||", ["400"]),
    .init("§3", "GET /\u{C}HTTP/1.1|Host: a||", ["400"]),
    .init("§3", "GET\u{A0}/ HTTP/1.1|Host: a||", ["400"]),
    .init("§3", "GET /a b HTTP/1.1|Host: a||", ["400"]),
    .init("§3", "GET HTTP/1.1|Host: a||", ["400"]),
    .init("§3", "/ HTTP/1.1|Host: a||", ["400"]), .init("§3", "GET|Host: a||", ["400"]),
    .init("§3.1 a method is a token", "G\u{0}T / HTTP/1.1|Host: a||", ["400"]),
    .init("§3.1", "G(T / HTTP/1.1|Host: a||", ["400"]),
    .init("§3.1", "GET: / HTTP/1.1|Host: a||", ["400"]),
    .init("§3.1", "G\u{C9}T / HTTP/1.1|Host: a||", ["400"]),
    .init("§3.1", "\"GET\" / HTTP/1.1|Host: a||", ["400"]),
    .init("§3.1 whatever it is, and with its case", "get / HTTP/1.1|Host: a||", ["get /"]),
    .init("§3.1", "B*EW'! / HTTP/1.1|Host: a||", ["B*EW'! /"]),
    .init("RFC 9110 §9.3.6 no tunnels", "CONNECT a:80 HTTP/1.1|Host: a||" + next, ["501"]),
    .init("RFC 9110 §9.3.6", "CONNECT a:80 HTTP/1.0||", ["501"]),
  ]

  // §3.2: the request target. RFC 3986 §2, §3.
  private static let targets: [Row] = [
    .init("§3.2.1 origin form", "GET /a/b?c=d HTTP/1.1|Host: a||", ["GET /a/b?c=d"]),
    .init("§3.2.1", "GET //a HTTP/1.1|Host: a||", ["GET //a"]),
    .init("§3.2.1", "GET /? HTTP/1.1|Host: a||", ["GET /?"]),
    .init("§3.2.1", "GET /?a?b/c HTTP/1.1|Host: a||", ["GET /?a?b/c"]),
    .init(
      "§3.2.1", "GET /a:b@c!$&'()*+,;=-._~%41 HTTP/1.1|Host: a||", ["GET /a:b@c!$&'()*+,;=-._~%41"]),
    .init("§3.2.1 a path begins with a slash", "GET a HTTP/1.1|Host: a||", ["400"]),
    .init("§3.2.1", "GET ?a HTTP/1.1|Host: a||", ["400"]),
    .init("§3.2.1", "GET ! HTTP/1.1|Host: a||", ["400"]),
    .init("§3.2.1", "GET \\a HTTP/1.1|Host: a||", ["400"]),
    .init("§3.2.1", "GET ./a HTTP/1.1|Host: a||", ["400"]),
    .init("§3.2.2 absolute form", "GET http://b/c?d HTTP/1.1|Host: a||", ["GET /c?d"]),
    .init(
      "§3.2.2 its Host is the one that counts", "GET http://b:80/ HTTP/1.1|Host: a||", ["GET /"]),
    .init("§3.2.2 yet there is a Host field", "GET http://b/ HTTP/1.1||", ["400"]),
    .init("§3.2.2 a legal one", "GET http://b/ HTTP/1.1|Host: a b||", ["400"]),
    .init("§3.2.2 schemes have no case", "GET HTTP://b HTTP/1.1|Host: b||", ["GET /"]),
    .init("§3.2.2 an empty path is /", "GET http://b?q HTTP/1.1|Host: b||", ["GET /?q"]),
    .init("§3.2.2", "GET http://[::1]:8080/a HTTP/1.1|Host: b||", ["GET /a"]),
    .init("§3.2.2", "GET http:/b HTTP/1.1|Host: a||", ["400"]),
    .init("§3.2.2", "GET http:b HTTP/1.1|Host: a||", ["400"]),
    .init("§3.2.2", "GET ftp://a/ HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 9110 §4.2.1 a host isn't empty", "GET http:///a HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 9110 §4.2.1", "GET http://:80/a HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 9110 §4.2.4 no user in it", "GET http://u@a/ HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 9110 §4.2.4", "GET http://u:p@a/ HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 9110 §7.4 https needs TLS", "GET https://a/ HTTP/1.1|Host: a||" + next, ["421"]),
    .init("§3.2.3 authority form is CONNECT's", "GET a:80 HTTP/1.1|Host: a||", ["400"]),
    .init("§3.2.4 asterisk form is OPTIONS'", "OPTIONS * HTTP/1.1|Host: a||", ["OPTIONS *"]),
    .init("§3.2.4", "GET * HTTP/1.1|Host: a||", ["400"]),
    .init("§3.2.4", "OPTIONS ** HTTP/1.1|Host: a||", ["400"]),
    .init("§3.2.4", "OPTIONS *?a HTTP/1.1|Host: a||", ["400"]),
    .init("§3.2 no fragment", "GET /#f HTTP/1.1|Host: a||", ["400"]),
    .init("§3.2", "GET /?a#f HTTP/1.1|Host: a||", ["400"]),
    .init("§3.2", "GET http://a#f HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3986 §2 what must be encoded", "GET /\u{E9} HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3986 §2", "GET /\u{7F} HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3986 §2", "GET /?\u{80} HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3986 §2", "GET /\u{0} HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3986 §2", "GET /\" HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3986 §2", "GET /?q=< HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3986 §2", "GET /?q=>;rel HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3986 §2", "GET /a\\b HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3986 §2", "GET /^ HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3986 §2", "GET /` HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3986 §2", "GET /{a} HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3986 §2", "GET /?[] HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3986 §2.1 two digits behind a percent sign", "GET /%zz HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3986 §2.1", "GET /% HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3986 §2.1", "GET /%0 HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3986 §2.1", "GET /%+1 HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3986 §7.3 no NUL", "GET /%00 HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3629 §3 UTF-8", "GET /%ff HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3629 §3", "GET /%c0%ae%c0%ae/ HTTP/1.1|Host: a||", ["400"]),
    .init("RFC 3629 §3", "GET /%ed%a0%80 HTTP/1.1|Host: a||", ["400"]),
  ]

  // §3.2 and RFC 9110 §7.2: Host.
  private static let hosts: [Row] = [
    .init("§3.2 one Host", "GET / HTTP/1.1||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: a|Host: a||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: a|host: b||", ["400"]),
    .init("§3.2", "GET / HTTP/1.0|Host: a|Host: b||", ["400"]),
    .init("§3.2 HTTP/1.0 may be without", "GET / HTTP/1.0||", ["GET /"]),
    .init("§3.2 a legal one, though", "GET / HTTP/1.0|Host: a/b||", ["400"]),
    .init("§3.2 or an empty one", "GET / HTTP/1.1|Host:||", ["GET /"]),
    .init("§3.2", "GET / HTTP/1.1|HOST:\ta \t||", ["GET /"]),
    .init("§3.2", "GET / HTTP/1.1|Host: a.b-c_d~e:80||", ["GET /"]),
    .init("§3.2", "GET / HTTP/1.1|Host: a:||", ["GET /"]),
    .init("§3.2", "GET / HTTP/1.1|Host: %41||", ["GET /"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [::1]||", ["GET /"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [1:2:3:4:5:6:7:8]:80||", ["GET /"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [::ffff:127.0.0.1]||", ["GET /"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [1::]||", ["GET /"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [v1.a:b]||", ["GET /"]),
    .init("§3.2 no other text", "GET / HTTP/1.1|Host: a b||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: a, b||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: a/b||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: a@b||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: a?b||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: a#b||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: http://a||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: a\"||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: \u{FF}a||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: :80||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: a:b||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: a:80:80||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: a:+80||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: %zz||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: a%4||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: ::1||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [::1||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: []||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [:]||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [1::2::3]||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [:::]||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [1:2:3:4:5:6:7]||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [1:2:3:4:5:6:7:8:9]||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [1:2:3:4:5:6:7::8]||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [12345::]||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [1:]||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [::1.2.3]||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [::256.0.0.1]||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [::1.2.3.4:5]||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [::01.2.3.4]||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [::1%25eth0]||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [v.a]||", ["400"]),
    .init("§3.2", "GET / HTTP/1.1|Host: [::1]a||", ["400"]),
  ]

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
