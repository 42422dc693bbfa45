import Foundation
import HTTP
import HTTPServer
import HTTPTypes
import Testing
import Wire

/// Where a server can be found.
@Suite struct ListenerTests {
  private let folder: URL
  private var path: String { folder.appending(path: "socket").path }

  init() throws {
    folder = try temporaryFolder()
  }

  /// Answers with the address of whoever asks.
  private func server(
    _ address: ListenAddress, trustsProxy: Bool = false, _ limits: Limits = Limits()
  ) throws -> Server {
    try Server(on: address, trustsProxy: trustsProxy, limits: limits, loops: 3, workers: 1) {
      Service(
        respond: { request, _ in Response(.ok, body: Array(request.peer.utf8)) },
        refuse: { Response($0.status) })
    }
  }

  private func ask(_ wire: Wire, _ fields: String = "") throws -> Answer {
    try wire.send("GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n")
    return try wire.answer()
  }

  private func permissions() throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func `a Unix-domain socket is for its owner and group, and gone when the server stops`()
    throws
  {
    let server = try server(.unix(path: path))
    #expect(server.port == 0)
    #expect(try permissions() == 0o660)
    let wires = try (0..<12).map { _ in try Wire(path: path) }
    for wire in wires { #expect(try ask(wire).text == "") }
    server.stop()
    #expect(!FileManager.default.fileExists(atPath: path))
    for wire in wires { #expect(try wire.isClosed()) }
  }

  @Test func `a socket file that nobody listens at is replaced`() throws {
    let old = try server(.unix(path: path))
    // Another name outlives the server, and is nobody's then.
    let other = path + "-kept"
    try FileManager.default.linkItem(atPath: path, toPath: other)
    old.stop()
    let server = try server(.unix(path: other))
    #expect(try ask(Wire(path: other)).status == 200)
    server.stop()
  }

  @Test func `what is another's stays`() throws {
    let first = try server(.unix(path: path))
    defer { first.stop() }
    #expect { try server(.unix(path: path)) } throws: { "\($0)".contains("another program") }
    #expect(try ask(Wire(path: path)).status == 200)
    let file = folder.appending(path: "file")
    try Data("text".utf8).write(to: file)
    #expect { try server(.unix(path: file.path)) } throws: { "\($0)".contains("no socket") }
    #expect(try Data(contentsOf: file) == Data("text".utf8))
  }

  @Test func `a server that stops leaves the file of the one that came after it`() throws {
    let first = try server(.unix(path: path))
    try FileManager.default.removeItem(atPath: path)
    let second = try server(.unix(path: path))
    defer { second.stop() }
    first.stop()
    #expect(try ask(Wire(path: path)).status == 200)
  }

  @Test(arguments: ["", String(repeating: "x", count: 108), "/none/socket"])
  func `a path that can't be listened at is an error that says so`(path: String) throws {
    #expect { try server(.unix(path: path)) } throws: {
      "\($0)".contains(path.count == 12 ? "No such file" : "1 to 107 bytes")
    }
  }

  @Test func `a socket that listens already is served by all loops, and is left listening`() throws
  {
    let (descriptor, port) = try listeningSocket()
    // What systemd keeps.
    let kept = dup(descriptor)
    defer { close(kept) }
    let server = try server(.inherited(descriptor: descriptor))
    #expect(server.port == port)
    for _ in 0..<12 { #expect(try ask(Wire(port: port)).text == "127.0.0.1") }
    server.stop()
    let waiting = try Wire(port: port)
    let next = try self.server(.inherited(descriptor: dup(kept)))
    defer { next.stop() }
    #expect(try ask(waiting).text == "127.0.0.1")
  }

  @Test func `a descriptor that is no listening socket is an error that says so`() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    #expect {
      try server(.inherited(descriptor: ends[0]))
    } throws: { "\($0)".contains("no stream socket") }
  }

  @Test(arguments: [
    ("X-Forwarded-For: 192.0.2.7\r\n", "192.0.2.7"), ("Forwarded: for=192.0.2.7\r\n", "192.0.2.7"),
    ("X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 192.0.2.7\r\n", "192.0.2.7"),
    ("Forwarded: for=\"[2001:DB8:0::1]:99\"\r\n", "2001:db8::1"),
    ("Forwarded: for=unknown\r\n", "unknown"), ("X-Forwarded-For: a\r\n", "unknown"),
    ("Forwarded: for=\"6.6.6.6\r\n", "unknown"),
    ("", "127.0.0.1"),
    ("X-Forwarded-For: 192.0.2.7\r\nForwarded: for=6.6.6.6\r\n", "unknown"),
  ])
  func `a trusted proxy says who asks, and nobody else does`(fields: String, peer: String) throws {
    let trusting = try server(ListenAddress(port: 0), trustsProxy: true)
    defer { trusting.stop() }
    #expect(try ask(Wire(port: trusting.port), fields).text == peer)
    let other = try server(ListenAddress(port: 0))
    defer { other.stop() }
    #expect(try ask(Wire(port: other.port), fields).text == "127.0.0.1")
  }

  @Test func `connections of a proxy aren't counted as those of one client`() throws {
    var limits = Limits()
    limits.connectionsPerAddress = 1
    let proxied = try server(ListenAddress(port: 0), trustsProxy: true, limits)
    defer { proxied.stop() }
    let local = try server(.unix(path: path), limits)
    defer { local.stop() }
    let wires = try (0..<3).map { _ in (try Wire(port: proxied.port), try Wire(path: path)) }
    for (first, second) in wires {
      #expect(try ask(first).status == 200)
      #expect(try ask(second).status == 200)
    }
  }

  @Test func `behind a Unix-domain socket the proxy is the one who says who asks`() throws {
    let server = try server(.unix(path: path), trustsProxy: true)
    defer { server.stop() }
    #expect(try ask(Wire(path: path), "X-Forwarded-For: 192.0.2.7\r\n").text == "192.0.2.7")
  }
}
