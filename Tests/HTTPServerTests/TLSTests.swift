import HTTP
import HTTPServer
import HTTPTypes
import Testing
import Wire

/// What a client sees of the server through TLS.
@Suite struct TLSTests {
  private let files: Certificate

  init() throws { files = try Certificate(named: "first") }

  /// Answers each request with its path and body; /slow by a worker, /medium and /large with many bytes.
  private func server(
    _ limits: Limits = Limits(), on address: ListenAddress = ListenAddress(port: 0)
  ) throws -> Server {
    try Server(
      on: address, tls: TLSFiles(certificate: files.certificate, key: files.key),
      limits: limits, loops: 2, workers: 2
    ) {
      Service(
        respond: { request, place in
          if request.target.path.hasPrefix("/slow"), place == .loop { return nil }
          let sizes = ["/medium": 1 << 18, "/large": 4 << 20]
          if let size = sizes[request.target.path] {
            return Response(.ok, body: Array(repeating: 65, count: size))
          }
          return Response(.ok, body: Array("\(request.target.path) ".utf8) + request.body)
        }, refuse: { Response($0.status) })
    }
  }

  private func get(_ wire: Wire, _ path: String) throws -> String {
    try wire.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
    return try wire.answer().text
  }

  @Test(arguments: [TLSClient.Version.tls12, .tls13])
  func `TLS 1.2 and 1.3 are spoken, with suites that are forward secret and authenticated`(
    version: TLSClient.Version
  ) throws {
    let server = try server()
    defer { server.stop() }
    let tls = try TLSClient(only: version)
    let wire = try Wire(port: server.port, tls: tls)
    #expect(try get(wire, "/a") == "/a ")
    #expect(try get(wire, "/b") == "/b ")
    #expect(tls.version == version)
    #expect(tls.suite == (version == .tls12 ? "ECDHE-ECDSA-" : "TLS_") + suite(version))
    #expect(tls.subject == "/CN=first")
  }

  private func suite(_ version: TLSClient.Version) -> String {
    version == .tls12 ? "AES128-GCM-SHA256" : "AES_128_GCM_SHA256"
  }

  @Test func `TLS 1.1 is refused`() throws {
    let server = try server()
    defer { server.stop() }
    #expect {
      try Wire(port: server.port, tls: TLSClient(only: .tls11))
    } throws: { "\($0)".contains("protocol version") }
  }

  @Test(arguments: [(["http/1.1"], "http/1.1"), (["h2", "http/1.1"], "http/1.1"), ([], "")])
  func `HTTP 1.1 is chosen where it is offered`(offered: [String], chosen: String) throws {
    let server = try server()
    defer { server.stop() }
    let tls = try TLSClient(protocols: offered)
    #expect(try get(Wire(port: server.port, tls: tls), "/") == "/ ")
    #expect(tls.chosenProtocol == chosen)
  }

  @Test(arguments: [["h2"], ["h2", "http/1.0"], ["http/1.1x"], ["http/1."]])
  func `a client that offers other protocols alone is told that there is none`(offered: [String])
    throws
  {
    let server = try server()
    defer { server.stop() }
    #expect {
      try Wire(port: server.port, tls: TLSClient(protocols: offered))
    } throws: { "\($0)".contains("no application protocol") }
  }

  @Test(arguments: [TLSClient.Version.tls12, .tls13])
  func `a session is resumed, until the certificate is read again`(version: TLSClient.Version)
    throws
  {
    let server = try server()
    defer { server.stop() }
    func visit(_ session: TLSClient.Session?) throws -> TLSClient {
      let tls = try TLSClient(only: version, session: session)
      #expect(try get(Wire(port: server.port, tls: tls), "/") == "/ ")
      return tls
    }
    let first = try visit(nil)
    #expect(!first.isResumed)
    #expect(try visit(first.session).isResumed)
    try server.reloadTLS()
    let later = try visit(first.session)
    #expect(!later.isResumed)
    #expect(try visit(later.session).isResumed)
  }

  @Test func `a new certificate is for new connections, and a bad one for none`() throws {
    let server = try server()
    defer { server.stop() }
    let old = try Wire(port: server.port, tls: TLSClient())
    #expect(try get(old, "/") == "/ ")
    try files.renew(named: "second")
    try server.reloadTLS()
    func subject() throws -> String {
      let tls = try TLSClient()
      #expect(try get(Wire(port: server.port, tls: tls), "/") == "/ ")
      return tls.subject
    }
    #expect(try subject() == "/CN=second")
    try files.spoil()
    #expect(throws: ServerError.self) { try server.reloadTLS() }
    #expect(try subject() == "/CN=second")
    #expect(try get(old, "/still") == "/still ")
  }

  @Test func `bytes that come one by one, handshake and all, get the same answers`() throws {
    let server = try server()
    defer { server.stop() }
    for version in [TLSClient.Version.tls12, .tls13] {
      let wire = try Wire(port: server.port, tls: TLSClient(only: version), piece: 1)
      try wire.send("POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
      #expect(try wire.answer().text == "/slow abc")
      #expect(try get(wire, "/") == "/ ")
    }
  }

  @Test func `pipelined requests are answered in order, however they are cut into records`() throws
  {
    let server = try server()
    defer { server.stop() }
    let wire = try Wire(port: server.port, tls: TLSClient())
    let paths = (0..<50).map { "/\($0 % 3 == 0 ? "slow" : "fast")\($0)" }
    let text = paths.map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
    try wire.send(text)
    #expect(try paths.map { _ in try wire.answer().text } == paths.map { $0 + " " })
    // All records at once, each with a few bytes.
    let tls = try TLSClient()
    let other = try Wire(port: server.port, tls: tls)
    var records: [UInt8] = []
    for byte in text.utf8 { records += try tls.seal([byte]) }
    try other.transmit(records)
    #expect(try paths.map { _ in try other.answer().text } == paths.map { $0 + " " })
  }

  @Test func `large bodies go both ways, past a change of keys`() throws {
    let server = try server()
    defer { server.stop() }
    let tls = try TLSClient()
    let wire = try Wire(port: server.port, tls: tls)
    let body = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 8) }
    try wire.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.count)\r\n\r\n")
    try wire.send(body)
    #expect(try wire.answer().body.dropFirst(6).elementsEqual(body))
    // The answer is more than the socket takes, so the request for new keys meets a full one.
    try wire.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
    try wire.transmit(tls.sealedKeyUpdate())
    try wire.send("GET /after HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(try wire.answer().body.count == 4 << 20)
    #expect(try wire.answer().text == "/after ")
  }

  @Test(arguments: [TLSClient.Version.tls12, .tls13])
  func `a socket that takes little at a time gets handshake, answers and end in pieces`(
    version: TLSClient.Version
  ) throws {
    // Its certificates alone are more than the socket takes.
    try files.lengthen(by: 150)
    let (descriptor, port) = try listeningSocket(sendBuffer: 4096)
    let server = try server(on: .inherited(descriptor: descriptor))
    defer { server.stop() }
    let wires = try (0..<3).map { _ in
      try Wire(port: port, tls: TLSClient(only: version), room: 2048)
    }
    for wire in wires {
      try wire.send(
        "GET /medium HTTP/1.1\r\nHost: a\r\n\r\nGET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
      )
    }
    for wire in wires {
      #expect(try wire.answer().body.count == 1 << 18)
      #expect(try wire.answer().text == "/last ")
      #expect(try wire.isClosed())
    }
  }

  @Test func `the end is said, by the server and by the client`() throws {
    let server = try server()
    let closing = try Wire(port: server.port, tls: TLSClient())
    try closing.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    #expect(try closing.answer().text == "/ ")
    #expect(try closing.isClosed())
    let leaving = try Wire(port: server.port, tls: TLSClient())
    try leaving.send("GET /last HTTP/1.1\r\nHost: a\r\n\r\n")
    leaving.finish()
    #expect(try leaving.answer().text == "/last ")
    #expect(try leaving.isClosed())
    let idle = try Wire(port: server.port, tls: TLSClient())
    #expect(try get(idle, "/") == "/ ")
    server.stop()
    #expect(try idle.isClosed())
  }

  @Test func `whoever goes away in the middle takes nobody along`() throws {
    let server = try server()
    defer { server.stop() }
    for _ in 0..<10 {
      let wire = try Wire(port: server.port, tls: TLSClient())
      try wire.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
    }
    #expect(try get(Wire(port: server.port, tls: TLSClient()), "/") == "/ ")
  }

  @Test func `whoever stalls in the handshake, or behind it, is let go`() throws {
    var limits = Limits()
    limits.headSeconds = 1
    let server = try server(limits)
    defer { server.stop() }
    let (silent, stalled) = (try Wire(port: server.port), try Wire(port: server.port))
    let tls = try TLSClient()
    _ = try tls.handshake()
    try stalled.transmit(Array(tls.sealed().dropLast()))
    let idle = try Wire(port: server.port, tls: TLSClient())
    #expect(try silent.isClosed())
    #expect(try stalled.isClosed())
    #expect(try idle.isClosed())
  }

  @Test(arguments: ["GET", "DELETE", "OPTIONS"])
  func `whoever speaks HTTP to it is told in HTTP that it speaks HTTPS`(method: String) throws {
    let server = try server()
    defer { server.stop() }
    let wire = try Wire(port: server.port)
    try wire.send("\(method) / HTTP/1.1\r\nHost: a\r\n\r\n")
    let answer = try wire.answer()
    #expect(answer.status == 400 && answer["Connection"] == "close")
    #expect(try wire.isClosed())
    #expect(try get(Wire(port: server.port, tls: TLSClient()), "/") == "/ ")
  }

  @Test func `a few changes of keys are followed, and who goes on with them is let go`() throws {
    let server = try server()
    defer { server.stop() }
    let tls = try TLSClient()
    let wire = try Wire(port: server.port, tls: tls)
    for _ in 0..<30 { try wire.transmit(tls.sealedKeyUpdate()) }
    #expect(try get(wire, "/") == "/ ")
    let other = try TLSClient()
    let flood = try Wire(port: server.port, tls: other)
    #expect(try get(flood, "/") == "/ ")
    // It may be over before all of them are sent.
    for _ in 0..<2000 { guard (try? flood.transmit(other.sealedKeyUpdate())) != nil else { break } }
    #expect(throws: (any Error).self) { try get(flood, "/") }
    #expect(try get(Wire(port: server.port, tls: TLSClient()), "/") == "/ ")
  }

  @Test(arguments: ["get / HTTP/1.1\r\nHost: a\r\n\r\n", "\u{16}\u{3}\u{1}", "nonsense, and more"])
  func `what isn't TLS gets no answer`(text: String) throws {
    let server = try server()
    defer { server.stop() }
    let wire = try Wire(port: server.port)
    try wire.send(text)
    wire.finish()
    #expect(try !wire.rest().starts(with: "HTTP/".utf8))
  }
}
