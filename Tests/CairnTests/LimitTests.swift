import Foundation
import Testing
import Wire

/// What the built server does when there is too much of something.
@Suite struct LimitTests {
  private let folder: URL
  private var database: String { folder.appending(path: "registry.db").path }

  init() throws {
    folder = try temporaryFolder()
  }

  private func status(_ wire: Wire, _ path: String = "/healthz") throws -> Int {
    try wire.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
    return try wire.answer().status
  }

  private func metric(_ name: String, _ wire: Wire) throws -> Int {
    try wire.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
    let lines = try wire.answer().text.split(separator: "\n")
    let line = try #require(lines.first { $0.hasPrefix("\(name) ") })
    return try #require(Int(line.split(separator: " ")[1]))
  }

  @Test func `out of descriptors it takes back idle connections, and serves on`() throws {
    let words = ["/bin/sh", "-c", "ulimit -n 64; exec \"$@\"", "sh", builtCairn]
    let server = try ServerProcess(running: words, "--database", database, "--empty")
    defer { server.stop() }
    let steady = try Wire(port: server.port)
    #expect(try status(steady) == 200)
    var crowd: [Wire] = []
    for _ in 0..<200 { crowd.append(try Wire(port: server.port)) }
    // Whoever comes now waits in the kernel until a descriptor is free, and then is served.
    for _ in 0..<3 { #expect(try status(try Wire(port: server.port)) == 200) }
    crowd = []
    let fresh = try Wire(port: server.port)
    #expect(try status(fresh, "/v1/countries") == 200)
    #expect(try metric("cairn_connections_open", fresh) <= 64)
  }

  @Test func `no address has more connections than it may`() throws {
    let server = try ServerProcess(
      builtCairn, "--database", database, "--empty", "--limit", "connections-per-address=5")
    defer { server.stop() }
    let wires = try (0..<5).map { _ in try Wire(port: server.port) }
    for wire in wires { #expect(try status(wire) == 200) }
    #expect(try Wire(port: server.port).isClosed())
    #expect(try metric("cairn_connections_shed_total", wires[0]) == 1)
  }

  @Test func `limits are set by name, and a wrong name is told with the right one`() throws {
    let wrong = try CommandRun([
      builtCairn, "serve", "--database", database, "--limit", "idle-second=3",
    ])
    #expect(wrong.status == 1)
    #expect(wrong.output.contains("idle-seconds"))
    let server = try ServerProcess(
      builtCairn, "--database", database, "--empty", "--limit", "request-line=100")
    defer { server.stop() }
    let wire = try Wire(port: server.port)
    #expect(try status(wire, "/" + String(repeating: "a", count: 100)) == 414)
  }

  @Test func `an upload that is too long once it is unpacked is given up`() throws {
    let server = try ServerProcess(
      builtCairn, "--database", database, "--empty", "--limit", "stream=10000")
    defer { server.stop() }
    let run = try CommandRun([
      "/bin/bash", "-c",
      """
      import=http://127.0.0.1:\(server.port)/v1/credentials:import
      key=$(\(builtCairn) key create --role admin --database \(database))
      ask() { curl -s -H "Authorization: Bearer $key" "$@"; }
      upload=http://127.0.0.1:\(server.port)$(ask -o /dev/null -w '%header{location}' -X POST $import \
        -H 'Content-Type: application/x-ndjson' -H 'Content-Encoding: gzip' -H 'Upload-Complete: ?0')
      head -c 20000 /dev/zero | gzip | ask -o /dev/null -w '%{http_code} ' -X PATCH $upload --data-binary @- \
        -H 'Content-Type: application/partial-upload' -H 'Upload-Offset: 0' -H 'Upload-Complete: ?1'
      ask -o /dev/null -w '%{http_code}' $upload
      """,
    ])
    #expect(run.output == "413 404")
  }
}
