import HTTP
import HTTPServer
import HTTPTypes
import Testing
import Wire

/// What a client sees of the server, byte by byte.
@Suite struct ServerTests {
  /// Answers each request with its method, path and body; /slow by a worker, /large with a megabyte.
  private func server(_ limits: Limits = Limits()) throws -> Server {
    try Server(on: ListenAddress(port: 0), limits: limits, loops: 2, workers: 2) {
      Service(
        respond: { request, place in
          if request.target.path.hasPrefix("/slow"), place == .loop { return nil }
          if request.target.path == "/large" {
            return Response(.ok, body: Array(repeating: 65, count: 4 << 20))
          }
          if request.target.path == "/none" { return Response(.noContent) }
          let text = "\(request.method) \(request.target.path) "
          return Response(.ok, [.contentType: "text/plain"], body: Array(text.utf8) + request.body)
        },
        respondEarly: { $0.target.path == "/no" ? Response(.unauthorized) : nil },
        refuse: { Response($0.status, body: Array($0.detail.utf8)) })
    }
  }

  private func exchange(_ bytes: String, _ limits: Limits = Limits()) throws -> [Answer] {
    let server = try server(limits)
    defer { server.stop() }
    let wire = try Wire(port: server.port)
    try wire.send(bytes.replacing("|", with: "\r\n"))
    wire.finish()
    var rest = try wire.rest()
    var answers: [Answer] = []
    while let answer = Answer(takenFrom: &rest) { answers.append(answer) }
    #expect(rest.isEmpty)
    return answers
  }

  @Test func `requests of a connection are answered in their order, fast and slow ones`() throws {
    var text = ""
    for number in 0..<50 {
      text += "GET /\(number % 3 == 0 ? "slow" : "fast")\(number) HTTP/1.1|Host: a||"
    }
    let answers = try exchange(text)
    #expect(answers.map(\.text) == (0..<50).map { "GET /\($0 % 3 == 0 ? "slow" : "fast")\($0) " })
    #expect(
      answers.allSatisfy { $0["Date"]?.hasSuffix("GMT") == true && $0["Content-Length"] != nil })
  }

  @Test func `bodies come by length and in chunks, and the next request right behind them`() throws
  {
    let answers = try exchange(
      "POST /a HTTP/1.1|Host: a|Content-Length: 3||abcPOST /b HTTP/1.1|Host: a|Transfer-Encoding: chunked||2|de|1|f|0||GET /c HTTP/1.1|Host: a||"
    )
    #expect(answers.map(\.text) == ["POST /a abc", "POST /b def", "GET /c "])
  }

  @Test func `the same bytes one at a time get the same answers`() throws {
    let server = try server()
    defer { server.stop() }
    let wire = try Wire(port: server.port)
    for byte
      in "POST /slow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"
      .utf8
    {
      try wire.send([byte])
    }
    #expect(try wire.answer().text == "POST /slow abc")
    #expect(try wire.answer().text == "GET / ")
  }

  @Test func `HEAD, 204: no body`() throws {
    let server = try server()
    defer { server.stop() }
    let wire = try Wire(port: server.port)
    try wire.send(
      "HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\nGET /none HTTP/1.1\r\nHost: a\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n"
    )
    #expect(try wire.answer(isForHEAD: true)["Content-Length"] == "10")
    let none = try wire.answer()
    #expect(none.status == 204)
    #expect(none["Content-Length"] == nil)
    #expect(try wire.answer().text == "GET /x ")
  }

  @Test(arguments: [
    ("GET / HTTP/1.1|Host: a|Connection: close||", "close"), ("GET / HTTP/1.0||", "close"),
    ("GET / HTTP/1.0|Connection: keep-alive||", "keep-alive"), ("GET / HTTP/1.1|Host: a||", nil),
  ])
  func `the answer says what becomes of the connection`(text: String, connection: String?) throws {
    let answers = try exchange(text + "GET /next HTTP/1.1|Host: a||")
    #expect(answers[0]["Connection"] == connection)
    #expect(answers.count == (connection == "close" ? 1 : 2))
  }

  @Test func `a client that waits gets 100 when its body is wanted, and the answer when it isn't`()
    throws
  {
    let server = try server()
    defer { server.stop() }
    let wire = try Wire(port: server.port)
    try wire.send(
      "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
    #expect(try wire.answer().status == 100)
    try wire.send("abc")
    #expect(try wire.answer().text == "POST /a abc")
    try wire.send(
      "POST /no HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
    let refused = try wire.answer()
    #expect(refused.status == 401)
    #expect(refused["Connection"] == "close")
    #expect(try wire.isClosed())
  }

  @Test func `a body that is too large is refused before it is read`() throws {
    let server = try server()
    defer { server.stop() }
    let wire = try Wire(port: server.port)
    try wire.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n")
    let answer = try wire.answer()
    #expect(answer.status == 413)
    #expect(answer["Connection"] == "close")
  }

  @Test(arguments: [
    "GET / HTTP/1.1|Host: a|Content-Length: x||", "nonsense||", "GET / HTTP/3.0|Host: a||",
  ])
  func `after a refusal nothing more of the connection is believed`(text: String) throws {
    let answers = try exchange(
      "GET /first HTTP/1.1|Host: a||" + text + "GET /smuggled HTTP/1.1|Host: a||")
    #expect(answers.count == 2)
    #expect(answers[0].text == "GET /first ")
    #expect(answers[1].status >= 400)
    #expect(answers[1]["Connection"] == "close")
  }

  @Test func `a large answer waits for a slow reader, and others don't wait for him`() throws {
    let server = try server()
    defer { server.stop() }
    let slow = try Wire(port: server.port)
    try slow.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\nGET /after HTTP/1.1\r\nHost: a\r\n\r\n")
    let other = try Wire(port: server.port)
    for _ in 0..<20 {
      try other.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(try other.answer().status == 200)
    }
    #expect(try slow.answer().body.count == 4 << 20)
    #expect(try slow.answer().text == "GET /after ")
  }

  @Test func `whoever is too slow is told so, and whoever is idle is let go`() throws {
    var limits = Limits()
    limits.headSeconds = 1
    limits.idleSeconds = 1
    limits.bodyGraceSeconds = 1
    let server = try server(limits)
    defer { server.stop() }
    let wires = try (0..<3).map { _ in try Wire(port: server.port) }
    try wires[1].send("GET / HTTP/1.1\r\nHos")
    try wires[2].send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab")
    #expect(try wires[0].isClosed())
    #expect(try wires[1].answer().status == 408)
    #expect(try wires[2].answer().status == 408)
  }

  @Test func `connections beyond the limit are closed, and room comes back`() throws {
    var limits = Limits()
    limits.connections = 8
    let server = try server(limits)
    defer { server.stop() }
    do {
      let wires = try (0..<40).map { _ in try Wire(port: server.port) }
      var served = 0
      for wire in wires where (try? wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")) != nil {
        if (try? wire.answer()) != nil { served += 1 }
      }
      #expect((1...8).contains(served))
    }
    while true {
      let wire = try Wire(port: server.port)
      guard (try? wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")) != nil,
        let answer = try? wire.answer()
      else { continue }
      #expect(answer.status == 200)
      break
    }
  }

  @Test func `a port that is taken is an error that says so`() throws {
    let server = try server()
    defer { server.stop() }
    #expect {
      try Server(on: ListenAddress(port: server.port), loops: 1, workers: 1) {
        Service(respond: { _, _ in nil }, refuse: { Response($0.status) })
      }
    } throws: { "\($0)".contains("taken") }
  }

  @Test func `a server that stops answers what is in flight`() throws {
    let server = try server()
    let (idle, busy) = (try Wire(port: server.port), try Wire(port: server.port))
    try idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    _ = try idle.answer()
    // The answer to the request before it is there: the large one is in flight.
    try busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /large HTTP/1.1\r\nHost: a\r\n\r\n")
    _ = try busy.answer()
    let reader = Reader(busy)
    server.stop()
    #expect(reader.count() == 4 << 20)
    #expect(try idle.isClosed())
    #expect(throws: Wire.Broken.self) { try Wire(port: server.port) }
  }
}
