import HTTP
import HTTPServer
import HTTPTypes
import Testing
import Wire

/// Clients that go away, at any moment and in any way.
@Suite struct LeavingTests {
  private let server: Server

  init() throws {
    server = try Server(on: ListenAddress(port: 0), loops: 2, workers: 2) {
      Service(
        respond: { request, place in
          if place == .loop, request.target.path.hasPrefix("/slow") { return nil }
          return Response(.ok, body: Array("\(request.target.path) ".utf8) + request.body)
        }, refuse: { Response($0.status, body: Array($0.detail.utf8)) })
    }
  }

  private static let requests = [
    "GET /a HTTP/1.1\r\nHost: a\r\n\r\n", "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
    "POST /slow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
  ]

  /// Waits, by asking, until the server has noticed that all others are gone.
  private func settle() throws {
    let wire = try Wire(port: server.port)
    repeat {
      try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(try wire.answer().status == 200)
    } while server.traffic.open > 1
  }

  @Test(arguments: requests, [false, true])
  func `a client that leaves after any byte leaves nothing behind`(request: String, resets: Bool)
    throws
  {
    defer { server.stop() }
    let bytes = Array(request.utf8)
    for count in 0...bytes.count {
      let wire = try Wire(port: server.port)
      try wire.send(Array(bytes[..<count]))
      if resets { wire.willReset() }
    }
    try settle()
  }

  @Test(arguments: requests)
  func `a client that has said all it will gets its answer, and none to half a request`(
    request: String
  ) throws {
    defer { server.stop() }
    let bytes = Array(request.utf8)
    for count in 0...bytes.count {
      let wire = try Wire(port: server.port)
      try wire.send(Array(bytes[..<count]))
      wire.finish()
      let text = String(decoding: try wire.rest(), as: UTF8.self)
      #expect(text.hasPrefix("HTTP/1.1 200") == (count == bytes.count), "\(count)")
    }
    try settle()
  }

  @Test func `what a client asked before it left half a request is answered`() throws {
    defer { server.stop() }
    let wire = try Wire(port: server.port)
    try wire.send(Self.requests.joined() + "GET /half HTTP/1.1\r\nHo")
    wire.finish()
    var bytes = try wire.rest()
    var answers: [Answer] = []
    while let answer = Answer(takenFrom: &bytes) { answers.append(answer) }
    #expect(answers.map(\.text) == ["/a ", "/slow ", "/b abc", "/slow abc"])
    #expect(bytes.isEmpty)
  }
}
