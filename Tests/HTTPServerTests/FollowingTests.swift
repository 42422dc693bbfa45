import Dispatch
import HTTP
import HTTPServer
import HTTPTypes
import Synchronization
import Testing
import Wire

/// Bodies that wait for news, and cost nothing while they do.
@Suite struct FollowingTests {
  /// Lines that a test publishes, and who follows them from the first on.
  private final class Board: Sendable {
    let bell = Bell()
    let asked = Atomic(0)
    private let lines = Mutex<[String]>([])

    func publish(_ line: String) {
      lines.withLock { $0.append(line) }
      bell.ring()
    }

    func source() -> BodySource {
      let next = Mutex(0)
      return BodySource(pulse: { Array("~".utf8) }) { piece in
        self.asked.add(1, ordering: .relaxed)
        return self.lines.withLock { lines in
          next.withLock { next in
            for line in lines[next...].prefix(10) {
              if line == "end" { return .nothing }
              piece += line.utf8
              next += 1
            }
            return next < lines.count ? .more : .later
          }
        }
      }
    }
  }

  private func server(_ board: Board, _ limits: Limits = Limits()) throws -> Server {
    try Server(on: ListenAddress(port: 0), limits: limits, loops: 2, workers: 2) {
      Service(
        respond: { request, place in
          guard place == .worker else { return nil }
          if request.target.path == "/once" { return Response(.ok, body: Array("once".utf8)) }
          return Response(.ok, [.contentType: "text/plain"], .stream(board.source()))
        },
        refuse: { Response($0.status, body: Array($0.detail.utf8)) }, bell: board.bell)
    }
  }

  private func follower(_ server: Server) throws -> Wire {
    let wire = try Wire(port: server.port)
    try wire.send("GET /board HTTP/1.1\r\nHost: a\r\n\r\n")
    try wire.read(until: "\r\n\r\n")
    return wire
  }

  @Test func `what is published goes to everyone who follows, in order, to the end`() throws {
    let board = Board()
    let server = try server(board)
    defer { server.stop() }
    let wires = try (0..<20).map { _ in try follower(server) }
    var text = ""
    for number in 0..<200 {
      board.publish("\(number).")
      text += "\(number)."
    }
    board.publish("end")
    for wire in wires { #expect(try wire.answer().text == text) }
  }

  @Test func `no line is missed, however publishing and looking fall together`() throws {
    let board = Board()
    let server = try server(board)
    defer { server.stop() }
    let wires = try (0..<4).map { _ in try follower(server) }
    let publishers = DispatchGroup()
    for _ in 0..<4 {
      DispatchQueue.global().async(group: publishers) {
        for _ in 0..<500 { board.publish("x") }
      }
    }
    // One line at a time, each after everyone has had the one before.
    for number in 1...10 {
      board.publish("<\(number)>")
      for wire in wires { try wire.read(until: "<\(number)>") }
    }
    publishers.wait()
    board.publish("end")
    for wire in wires {
      #expect(try wire.answer().text.count(where: { $0 == "x" }) == 2000)
    }
  }

  @Test func `those who wait hold no worker, and aren't asked for nothing`() throws {
    let board = Board()
    let server = try server(board)
    defer { server.stop() }
    let wires = try (0..<300).map { _ in try follower(server) }
    board.publish("a")
    for wire in wires { try wire.read(until: "a") }
    let other = try Wire(port: server.port)
    for _ in 0..<50 {
      try other.send("GET /once HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(try other.answer().text == "once")
    }
    // Each when it came, and after each ring; a ring may fall between a look and what it tells.
    #expect(board.asked.load(ordering: .relaxed) <= 300 * 4)
  }

  @Test func `those who are told something that takes long keep nobody else waiting`() throws {
    let isOver = DispatchSemaphore(value: 0)
    let slow = BodySource(pulse: { [] }) { _ in
      isOver.wait()
      isOver.signal()
      return .nothing
    }
    let server = try Server(on: ListenAddress(port: 0), loops: 2, workers: 2) {
      Service(
        respond: { request, place in
          guard place == .worker else { return nil }
          if request.target.path == "/once" { return Response(.ok, body: Array("once".utf8)) }
          return Response(.ok, [.contentType: "text/plain"], .stream(slow))
        },
        refuse: { Response($0.status, body: Array($0.detail.utf8)) }, bell: Bell())
    }
    defer { server.stop() }
    let wires = try (0..<5).map { _ in try follower(server) }
    let other = try Wire(port: server.port)
    try other.send("GET /once HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(try other.answer().text == "once")
    isOver.signal()
    for wire in wires { #expect(try wire.answer().text == "") }
  }

  @Test func `a silent body says that it is there, and goes on`() throws {
    var limits = Limits()
    limits.pulseSeconds = 1
    limits.sendSeconds = 2
    let board = Board()
    let server = try server(board, limits)
    defer { server.stop() }
    let wire = try follower(server)
    board.publish("a")
    try wire.read(until: "a")
    try wire.read(until: "~")
    try wire.read(until: "~")
    board.publish("b")
    board.publish("end")
    let text = try wire.answer().text
    #expect(text.hasPrefix("a~~") && text.hasSuffix("b"))
  }

  @Test func `a follower who leaves is let go at once`() throws {
    let board = Board()
    let server = try server(board)
    defer { server.stop() }
    var wires = try (0..<20).map { _ in try follower(server) }
    board.publish("a")
    for wire in wires { try wire.read(until: "a") }
    wires = []
    let other = try Wire(port: server.port)
    repeat {
      try other.send("GET /once HTTP/1.1\r\nHost: a\r\n\r\n")
      _ = try other.answer()
    } while server.traffic.open > 1
  }

  @Test func `a server that stops ends what would go on, properly`() throws {
    let board = Board()
    let server = try server(board)
    let wires = try (0..<5).map { _ in try follower(server) }
    board.publish("a")
    for wire in wires { try wire.read(until: "a") }
    server.stop()
    for wire in wires {
      let text = try wire.answer().text
      #expect(text.filter { $0 != "~" } == "a")
    }
  }
}
