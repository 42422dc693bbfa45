import Foundation
import Testing
import Wire

/// The program calls webhooks where it was told that it may, and nobody elsewhere.
@Suite struct CallingTests {
  private let database: String
  private let key: String

  init() throws {
    database = try temporaryFolder().appending(path: "registry.db").path
    key = try adminKey(database)
  }

  private func serve(_ hosts: String) throws -> ServerProcess {
    try ServerProcess(
      builtCairn, "--database", database, "--empty", "--no-access-log", "--webhooks", hosts)
  }

  private func post(_ path: String, _ body: String, to server: ServerProcess) throws -> Answer {
    let wire = try Wire(port: server.port)
    try wire.send(
      "POST /v1/\(path) HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(key)\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    )
    return try wire.answer()
  }

  private func get(_ path: String, from server: ServerProcess) throws -> String {
    let wire = try Wire(port: server.port)
    try wire.send("GET /\(path) HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(key)\r\n\r\n")
    return try wire.answer().text
  }

  private func provider(_ number: Int, to server: ServerProcess) throws {
    #expect(try post("providers", #"{"name": "p\#(number)"}"#, to: server).status == 201)
  }

  private func slug(_ heard: Receiver.Heard) -> String {
    let tail = heard.text.components(separatedBy: #""slug":""#).dropFirst().first ?? ""
    return String(tail.prefix { $0 != "\"" })
  }

  @Test func `killed in the middle, it goes on where it was and loses nothing`() throws {
    let receiver = try Receiver { _ in .status(200) }
    let hosts = "127.0.0.1:\(receiver.port)"
    var server = try serve(hosts)
    let url = "http://\(hosts)/hook"
    #expect(try post("webhooks", #"{"url": "\#(url)"}"#, to: server).status == 201)
    for number in 1...20 { try provider(number, to: server) }
    _ = receiver.waits(for: 5)
    server.kill()
    server = try serve(hosts)
    for number in 21...25 { try provider(number, to: server) }
    while receiver.all.last.map(slug) != "p25",
      receiver.waits(for: receiver.all.count + 1).count < 60
    {}
    var told: [String] = []
    for slug in receiver.all.map(slug) where !told.contains(slug) { told.append(slug) }
    #expect(told == (1...25).map { "p\($0)" })
    #expect(Set(receiver.all.compactMap { $0.fields["webhook-id"] }).count == 25)
    #expect(server.stop() == 0)
  }

  @Test func `a receiver that doesn't answer doesn't keep the server from stopping`() throws {
    let receiver = try Receiver { _ in .silence }
    let server = try serve("localhost:\(receiver.port)")
    let url = "http://localhost:\(receiver.port)/hook"
    #expect(try post("webhooks", #"{"url": "\#(url)"}"#, to: server).status == 201)
    try provider(1, to: server)
    #expect(receiver.waits(for: 1).count == 1)
    #expect(server.stop() == 0)
  }

  @Test func `nobody is called by a server that wasn't told to`() throws {
    let receiver = try Receiver { _ in .status(200) }
    let url = "http://127.0.0.1:\(receiver.port)/hook"
    var server = try serve("127.0.0.1:\(receiver.port)")
    #expect(try post("webhooks", #"{"url": "\#(url)"}"#, to: server).status == 201)
    server.stop()
    server = try ServerProcess(builtCairn, "--database", database, "--empty")
    let refused = try post("webhooks", #"{"url": "\#(url)"}"#, to: server)
    #expect(refused.status == 422 && refused.text.contains("--webhooks"))
    try provider(1, to: server)
    server.stop()
    #expect(receiver.all.isEmpty)
    // Another host's list tells it of what it missed, but doesn't have it called.
    server = try serve("hooks.example")
    try provider(2, to: server)
    #expect(try get("metrics", from: server).contains("cairn_webhook_failures_total"))
    server.stop()
    #expect(receiver.all.isEmpty)
    server = try serve("127.0.0.1:\(receiver.port)")
    #expect(try get("v1/webhooks", from: server).contains("enabled"))
    server.stop()
  }

  @Test func `the system's authorities say whose certificate is believed`() throws {
    let (own, other) = (
      try Certificate(named: "localhost"), try Certificate(named: "other.example")
    )
    let right = try Receiver(tls: own) { _ in .status(200) }
    let wrong = try Receiver(tls: other) { _ in .status(200) }
    let bundle = try temporaryFolder().appending(path: "authorities.pem")
    let both = try [own, other].map { try Data(contentsOf: URL(fileURLWithPath: $0.certificate)) }
    try Data(both.joined()).write(to: bundle)
    let server = try ServerProcess(
      running: ["/usr/bin/env", "SSL_CERT_FILE=\(bundle.path)", builtCairn], "--database", database,
      "--empty", "--webhooks", "localhost:\(right.port),localhost:\(wrong.port)")
    for port in [wrong.port, right.port] {
      let url = "https://localhost:\(port)/hook"
      #expect(try post("webhooks", #"{"url": "\#(url)"}"#, to: server).status == 201)
    }
    try provider(1, to: server)
    #expect(right.waits(for: 1).map(slug) == ["p1"])
    #expect(wrong.all.isEmpty)
    server.stop()
  }

  @Test(arguments: ["https://hooks.example", "hooks.example/in", "*.example"])
  func `what is no host is refused at the start`(hosts: String) throws {
    let run = try CommandRun([
      builtCairn, "serve", "--port", "0", "--database", database, "--webhooks", hosts,
    ])
    #expect(run.status != 0 && run.output.contains("a host to call is a name or an address"))
  }
}
