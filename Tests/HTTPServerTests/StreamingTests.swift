import Dispatch
import HTTP
import HTTPServer
import HTTPTypes
import Synchronization
import Testing
import Wire

/// Bodies that are never held as a whole, in either direction.
@Suite struct StreamingTests {
  private final class Seen: Sendable {
    let pieces = Atomic(0)
    let largest = Atomic(0)
  }

  /// POST /count answers how many bytes came; GET /lines/N has that many pieces of 1000 bytes, and /broken
  /// breaks off; what the server did is in `seen`.
  private func server(_ seen: Seen = Seen(), _ limits: Limits = Limits()) throws -> Server {
    try Server(on: ListenAddress(port: 0), limits: limits, loops: 2, workers: 2) {
      Service(
        respond: { request, place in
          guard place == .worker else { return nil }
          let number = request.target.segments.last.flatMap { Int($0) }
          return Response(.ok, [.contentType: "text/plain"], .stream(source(number ?? 3, seen)))
        },
        streamsBody: { $0.method == .post },
        open: { request in
          if request.target.path == "/no" { return .refused(Response(.unauthorized)) }
          return .taken(by: counter(most: request.target.path == "/little" ? 10 : .max, seen))
        },
        refuse: { Response($0.status, body: Array($0.detail.utf8)) })
    }
  }

  private func source(_ pieces: Int, _ seen: Seen) -> BodySource {
    let left = Mutex(pieces)
    return BodySource { piece in
      seen.pieces.add(1, ordering: .relaxed)
      return try left.withLock { left in
        if left == 3, pieces == 13 { throw CancellationError() }
        // A piece may be empty without being the last.
        if left % 4 != 1 { piece = [UInt8](repeating: 65, count: 1000) }
        left -= 1
        return left > 0
      }
    }
  }

  private func counter(most: Int, _ seen: Seen) -> BodyTaker {
    let count = Mutex(0)
    return BodyTaker(
      take: { piece in
        seen.largest.max(piece.count, ordering: .relaxed)
        return count.withLock { count in
          count += piece.count
          return count > most ? Response(.contentTooLarge) : nil
        }
      },
      finish: { Response(.ok, body: Array("\(count.withLock { $0 })".utf8)) })
  }

  @Test func `an answer of unknown length comes in chunks, and the next one behind it`() throws {
    let server = try server()
    defer { server.stop() }
    let wire = try Wire(port: server.port)
    try wire.send(
      "GET /lines/8 HTTP/1.1\r\nHost: a\r\n\r\nHEAD /lines/8 HTTP/1.1\r\nHost: a\r\n\r\nGET /lines/1 HTTP/1.1\r\nHost: a\r\n\r\n"
    )
    let whole = try wire.answer()
    #expect(whole.body.count == 6000)
    let head = try wire.answer(isForHEAD: true)
    #expect(head.fields.filter { $0.key != "date" } == whole.fields.filter { $0.key != "date" })
    #expect(try wire.answer().body.isEmpty)
  }

  @Test(arguments: [true, false])
  func `a stream of known length says it, and the connection goes on behind it`(isNew: Bool) throws
  {
    let server = try Server(on: ListenAddress(port: 0), loops: 1, workers: 1) {
      Service(
        respond: { _, place in
          let left = Mutex(3)
          let source = BodySource(count: 3000) { piece in
            piece = [UInt8](repeating: 65, count: 1000)
            return left.withLock { left in
              left -= 1
              return left > 0
            }
          }
          return place == .worker ? Response(.ok, [:], .stream(source)) : nil
        },
        refuse: { Response($0.status) })
    }
    defer { server.stop() }
    let wire = try Wire(port: server.port)
    let version = isNew ? "1.1" : "1.0\r\nConnection: keep-alive"
    for isForHEAD in [false, true, false] {
      try wire.send("\(isForHEAD ? "HEAD" : "GET") / HTTP/\(version)\r\nHost: a\r\n\r\n")
      let answer = try wire.answer(isForHEAD: isForHEAD)
      #expect(answer["Content-Length"] == "3000")
      #expect(answer["Transfer-Encoding"] == nil)
      #expect(answer.body.count == (isForHEAD ? 0 : 3000))
    }
  }

  @Test func `HTTP/1.0 knows no chunks, so the connection's end is the body's`() throws {
    let server = try server()
    defer { server.stop() }
    let wire = try Wire(port: server.port)
    try wire.send("GET /lines/8 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    let bytes = try wire.rest()
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(!text.contains("Transfer-Encoding") && text.contains("Connection: close"))
    #expect(text.hasSuffix("\r\n\r\n" + String(repeating: "A", count: 6000)))
  }

  @Test func `who takes a body, and waits, keeps no worker from others`() throws {
    let isTaken = DispatchSemaphore(value: 0)
    let isLetGo = DispatchSemaphore(value: 0)
    let server = try Server(on: ListenAddress(port: 0), loops: 1, workers: 1) {
      Service(
        respond: { _, place in place == .worker ? Response(.ok) : nil },
        streamsBody: { $0.method == .post },
        open: { _ in
          .taken(
            by: BodyTaker(
              take: { _ in
                isTaken.signal()
                _ = isLetGo.wait(timeout: .now() + 20)
                return nil
              }, finish: { Response(.created) }))
        },
        refuse: { Response($0.status) })
    }
    defer { server.stop() }
    let (taken, asking) = (try Wire(port: server.port), try Wire(port: server.port))
    try taken.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\na")
    #expect(isTaken.wait(timeout: .now() + 20) == .success)
    try asking.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(try asking.answer().status == 200)
    isLetGo.signal()
    #expect(try taken.answer().status == 201)
  }

  @Test func `a body that can't be made to its end has no end`() throws {
    let server = try server()
    defer { server.stop() }
    let wire = try Wire(port: server.port)
    try wire.send(
      "GET /lines/13 HTTP/1.1\r\nHost: a\r\n\r\nGET /lines/1 HTTP/1.1\r\nHost: a\r\n\r\n")
    let text = String(decoding: try wire.rest(), as: UTF8.self)
    #expect(text.hasPrefix("HTTP/1.1 200"))
    #expect(!text.contains("\r\n0\r\n"))
  }

  @Test func `a client that takes nothing is made nothing for, and goes on where it was`() throws {
    let seen = Seen()
    let server = try server(seen)
    defer { server.stop() }
    let slow = try Wire(port: server.port)
    try slow.send("GET /lines/60000 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    // Others are served meanwhile, long enough for the sockets between the two to be full.
    let other = try Wire(port: server.port)
    for _ in 0..<2000 {
      try other.send("GET /lines/1 HTTP/1.1\r\nHost: a\r\n\r\n")
      _ = try other.answer()
    }
    #expect(seen.pieces.load(ordering: .relaxed) < 30_000)
    var bytes = try slow.rest()
    #expect(try #require(Answer(takenFrom: &bytes)).body.count == 45_000_000)
  }

  @Test func `a body is taken as it comes, by length and in chunks`() throws {
    let seen = Seen()
    let server = try server(seen)
    defer { server.stop() }
    let wire = try Wire(port: server.port)
    try wire.send("POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 20000000\r\n\r\n")
    for _ in 0..<200 { try wire.send([UInt8](repeating: 66, count: 100_000)) }
    #expect(try wire.answer().text == "20000000")
    #expect(seen.largest.load(ordering: .relaxed) <= 64 << 10)
    try wire.send(
      "POST /count HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\nPOST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx"
    )
    #expect(try wire.answer().text == "5")
    #expect(try wire.answer().text == "1")
  }

  @Test func `the same body one byte at a time gets the same answer`() throws {
    let server = try server()
    defer { server.stop() }
    let wire = try Wire(port: server.port)
    for byte
      in "POST /count HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
      .utf8
    { try wire.send([byte]) }
    #expect(try wire.answer().text == "5")
  }

  @Test
  func `whoever waits for 100 gets it once the body is wanted, and the refusal when it isn't`()
    throws
  {
    let server = try server()
    defer { server.stop() }
    let wire = try Wire(port: server.port)
    let fields = "HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"
    try wire.send("POST /count " + fields)
    #expect(try wire.answer().status == 100)
    try wire.send("abc")
    #expect(try wire.answer().text == "3")
    try wire.send("POST /no " + fields)
    #expect(try wire.answer().status == 401)
    #expect(try wire.isClosed())
  }

  @Test(arguments: ["Content-Length: 5000000000", "Transfer-Encoding: chunked"])
  func `a body that isn't wanted to its end is answered before it`(framing: String) throws {
    var limits = Limits()
    limits.stream = 100
    let server = try server(Seen(), limits)
    defer { server.stop() }
    let wire = try Wire(port: server.port)
    try wire.send("POST /little HTTP/1.1\r\nHost: a\r\n\(framing)\r\n\r\n")
    if framing.hasPrefix("T") {
      try wire.send("20\r\n" + String(repeating: "x", count: 32) + "\r\n")
    }
    let answer = try wire.answer()
    #expect(answer.status == 413)
    #expect(answer["Connection"] == "close")
  }

  @Test func `a streamed body that comes too slowly is a 408`() throws {
    var limits = Limits()
    limits.bodyGraceSeconds = 1
    let server = try server(Seen(), limits)
    defer { server.stop() }
    let wire = try Wire(port: server.port)
    try wire.send("POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab")
    #expect(try wire.answer().status == 408)
  }

  @Test func `a client that goes away in the middle leaves nothing behind`() throws {
    let server = try server()
    defer { server.stop() }
    for _ in 0..<20 {
      let (up, down) = (try Wire(port: server.port), try Wire(port: server.port))
      try up.send("POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab")
      try down.send("GET /lines/100000 HTTP/1.1\r\nHost: a\r\n\r\n")
    }
    let wire = try Wire(port: server.port)
    repeat {
      try wire.send("GET /lines/1 HTTP/1.1\r\nHost: a\r\n\r\n")
      _ = try wire.answer()
    } while server.traffic.open > 1
  }
}
