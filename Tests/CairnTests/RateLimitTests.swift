import Foundation
import Testing
import Wire

/// Rate limits as clients meet them; a proxy's word gives each a name.
@Suite struct RateLimitTests {
  private let database: String

  init() throws { database = try temporaryFolder().appending(path: "registry.db").path }

  private func get(
    _ server: ServerProcess, as address: String?, _ fields: String = ""
  ) throws -> Answer {
    let wire = try Wire(port: server.port)
    let forwarded = address.map { "X-Forwarded-For: \($0)\r\n" } ?? ""
    try wire.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\(forwarded)\(fields)\r\n")
    return try wire.answer()
  }

  private func server(_ limits: String...) throws -> ServerProcess {
    try ServerProcess(
      builtCairn, "--database", database, "--empty", "--trust-proxy", "--no-access-log",
      "--rate-limit", limits[0], "--rate-limit", limits[1])
  }

  @Test func `an address that asks too much is told how long to wait, and others aren't`() throws {
    let server = try server("address=3/3600", "key=off")
    defer { server.stop() }
    let first = try get(server, as: "203.0.113.7")
    #expect(first.status == 200)
    #expect(first["RateLimit-Policy"] == "\"address\";q=3;w=3600")
    #expect(first["RateLimit"] == "\"address\";r=2;t=1200")
    for _ in 0..<2 { #expect(try get(server, as: "203.0.113.7").status == 200) }
    let refused = try get(server, as: "203.0.113.7")
    #expect(refused.status == 429)
    #expect(refused["RateLimit"]?.hasPrefix("\"address\";r=0;t=") == true)
    #expect(try #require(refused["Retry-After"].flatMap { Int($0) }) > 1000)
    #expect(refused.text.contains("urn:cairn:problem:too-many-requests"))
    #expect(try get(server, as: "203.0.113.8").status == 200)
    // A household of IPv6 has one bucket.
    let home = try (1...4).map { try get(server, as: "2001:db8::\($0)").status }
    #expect(home == [200, 200, 200, 429])
    // Who makes the proxy name two is nobody's own, and no less limited.
    let two = try (1...4).map {
      try get(server, as: "203.0.113.7", "Forwarded: for=7.7.7.\($0)\r\n").status
    }
    #expect(two == [200, 200, 200, 429])
    // The machine itself has none.
    for _ in 0..<5 { #expect(try get(server, as: nil)["RateLimit"] == nil) }
  }

  @Test func `a key has its own quota, wherever it asks from, and a false one its address's`()
    throws
  {
    let key = try adminKey(database)
    let server = try server("address=2/3600", "key=3/3600")
    defer { server.stop() }
    let fields = "Authorization: Bearer \(key)\r\n"
    let answers = try (1...4).map { try get(server, as: "203.0.113.\($0)", fields) }
    #expect(answers.map(\.status) == [200, 200, 200, 429])
    #expect(answers[0]["RateLimit-Policy"] == "\"key\";q=3;w=3600")
    let wrong = try (1...3).map { number in
      let wire = try Wire(port: server.port)
      try wire.send(
        "POST /v1/providers HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.9\r\nAuthorization: Bearer cairn_\(number)\r\nContent-Length: 0\r\n\r\n"
      )
      return try wire.answer().status
    }
    #expect(wrong == [401, 401, 429])
  }

  @Test(arguments: [
    ("GET /nope", "", 404), ("PUT /healthz", "", 405),
    ("POST /v1/providers", "Expect: 100-continue\r\nContent-Length: 2\r\n", 401),
  ])
  func `what no route takes counts as well`(line: String, fields: String, status: Int) throws {
    let server = try server("address=2/3600", "key=off")
    defer { server.stop() }
    let answers = try (1...3).map { _ in
      let wire = try Wire(port: server.port)
      try wire.send("\(line) HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.7\r\n\(fields)\r\n")
      return try wire.answer()
    }
    #expect(answers.map(\.status) == [status, status, 429])
    #expect(answers[0]["RateLimit"]?.hasPrefix("\"address\";r=1;t=") == true)
  }

  @Test(arguments: ["adress=1/1", "key=1", "key"])
  func `a limit that can't be read ends the start`(limit: String) throws {
    let run = try CommandRun([
      builtCairn, "serve", "--database", database, "--empty", "--port", "0", "--rate-limit", limit,
    ])
    #expect(run.status != 0 && run.output.contains("key=6000/60") || run.output.contains("or off"))
  }
}
