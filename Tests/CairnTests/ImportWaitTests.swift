import Foundation
import SQLite
import Testing
import Wire

/// Imports that something comes in the way of: a full disk, a connection that breaks, the end of the process.
@Suite struct ImportWaitTests {
  private let folder: URL
  private var database: String { folder.appending(path: "registry.db").path }

  init() throws {
    folder = try temporaryFolder()
  }

  private func cairn(_ arguments: String...) throws -> String {
    try CommandRun([builtCairn] + arguments + ["--database", database]).output
      .trimmingCharacters(in: .newlines)
  }

  private func head(_ line: String, _ key: String, _ fields: String...) -> String {
    ([line + " HTTP/1.1", "Host: a", "Authorization: Bearer \(key)"] + fields)
      .joined(separator: "\r\n") + "\r\n\r\n"
  }

  private func ask(_ server: ServerProcess, _ request: String) throws -> Answer {
    let wire = try Wire(port: server.port)
    try wire.send(request)
    return try wire.answer(isForHEAD: request.hasPrefix("HEAD "))
  }

  /// Looks until `condition` holds; nil where it never does.
  private func look(
    _ server: ServerProcess, _ address: String, _ key: String, until condition: (String) -> Bool
  ) throws -> String? {
    for _ in 0..<600 {
      let text = try ask(server, head("GET \(address)", key)).text
      if condition(text) { return text }
      Thread.sleep(forTimeInterval: 0.1)
    }
    return nil
  }

  /// Begins an import that goes on by itself, and tells where it is.
  private func begin(
    _ server: ServerProcess, _ key: String, _ body: String, _ type: String = "application/x-ndjson"
  ) throws -> String {
    let begun = try ask(
      server,
      head(
        "POST /v1/credentials:import", key, "Content-Type: \(type)", "Prefer: respond-async",
        "Content-Length: \(body.utf8.count)") + body)
    #expect(begun.status == 202)
    return try #require(begun["Location"])
  }

  private func rows(_ count: Int, _ text: String = "Text") -> String {
    (0..<count).map { #"{"external_id":"\#($0)","title":"Row \#($0)","description":"\#(text)"}"# }
      .joined(separator: "\n") + "\n"
  }

  @Test func `on a full disk an import waits and says why, and goes on with the space`() throws {
    let server = try ServerProcess(builtCairn, "--database", database, "--empty")
    defer { server.stop() }
    let key = try cairn("key", "create", "--role", "admin")
    let body = rows(1000, String(repeating: "words of every kind ", count: 50))
    let address = try begin(server, key, body)
    try server.limitFiles(to: 1 << 20)
    let waiting = try look(server, address, key) { $0.contains("\"state\":\"waiting\"") }
    #expect(waiting?.contains("\"because\":\"The disk is full.\"") == true)
    #expect(waiting?.contains("\"next_try\":\"2") == true)
    try server.limitFiles(to: nil)
    let done = try look(server, address, key) { $0.contains("\"state\":\"done\"") }
    #expect(done?.contains("\"total\":1000") == true)
    #expect(
      done?.contains("\"created\":1000") == true && done?.contains("\"waiting\":null") == true)
  }

  @Test func `a body that breaks off goes on where it was, also after a crash of the server`()
    throws
  {
    let body = Array(rows(2000).utf8)
    let first = try ServerProcess(builtCairn, "--database", database, "--empty")
    let key = try cairn("key", "create", "--role", "admin")
    let begun = try ask(
      first,
      head(
        "POST /v1/credentials:import", key, "Content-Type: application/x-ndjson",
        "Upload-Complete: ?0", "Content-Length: 0"))
    let address = try #require(begun["Location"])
    func part(_ offset: Int) -> String {
      head(
        "PATCH \(address)", key, "Content-Type: application/partial-upload",
        "Upload-Complete: ?1", "Upload-Offset: \(offset)",
        "Content-Length: \(body.count - offset)")
    }
    func offset(_ server: ServerProcess) throws -> Int? {
      try ask(server, head("HEAD \(address)", key))["Upload-Offset"].flatMap { Int($0) }
    }
    // Half of it comes, and the connection stays open without another byte: whoever asks takes over, and too early where
    // none has been taken in yet.
    var stalled = try Wire(port: first.port)
    var kept = 0
    for _ in 0..<50 where kept == 0 {
      stalled = try Wire(port: first.port)
      try stalled.send(Array(part(0).utf8) + body[..<20_000])
      // Asking would end it, so nothing tells when some has been taken in.
      Thread.sleep(forTimeInterval: 0.1)
      kept = try offset(first) ?? 0
    }
    #expect(kept > 0 && kept <= 20_000)
    try stalled.send(Array(body[20_000..<20_010]))
    #expect(try stalled.answer().status == 409)
    let broken = try Wire(port: first.port)
    try broken.send(Array(part(kept).utf8) + body[kept..<(kept + 30_000)])
    broken.willReset()
    first.kill()
    let second = try ServerProcess(builtCairn, "--database", database, "--empty")
    defer { second.stop() }
    let rest = try #require(try offset(second))
    #expect(rest >= kept && rest <= kept + 30_000)
    let done = try Wire(port: second.port)
    try done.send(Array(part(rest).utf8) + body[rest...])
    let answer = try done.answer()
    #expect(
      answer.text.hasSuffix("}}\n") && answer.text.contains("\"created\":2000"),
      "\(answer.text.suffix(600))")
  }

  @Test
  func `a backup that was taken during an import is served, and the import says that it is lost`()
    throws
  {
    let first = try ServerProcess(builtCairn, "--database", database, "--empty")
    let key = try cairn("key", "create", "--role", "admin")
    let body = rows(3000)
    let address = try begin(first, key, body)
    first.kill()
    try FileManager.default.removeItem(
      atPath: database + "-import-" + address.split(separator: "/").last!)
    let second = try ServerProcess(builtCairn, "--database", database, "--empty")
    defer { second.stop() }
    #expect(try ask(second, head("GET \(address)", key)).text.contains("\"state\":\"lost\""))
  }

  @Test func `what became of an atomic import's rows is kept, and answered, in parts`() throws {
    let server = try ServerProcess(builtCairn, "--database", database, "--empty")
    defer { server.stop() }
    let key = try cairn("key", "create", "--role", "admin")
    let body = rows(20_000)
    let done = try ask(
      server,
      head(
        "POST /v1/credentials:import?mode=atomic", key, "Content-Type: application/x-ndjson",
        "Content-Length: \(body.utf8.count)") + body)
    let address = try #require(done["Content-Location"])
    #expect(try ask(server, head("GET \(address)/results", key)).text == done.text)
    #expect(done.text.split(separator: "\n").count == 20_001)
    let other = try Connection(path: database)
    let longest = try other.first("SELECT max(length(lines)) FROM import_result") { $0.integer(0) }
    #expect((1...(1 << 20 + 1000)).contains(longest ?? 0), "\(longest ?? 0)")
  }

  @Test func `an import whose rows can't be read any more keeps nobody from being served`() throws {
    let first = try ServerProcess(builtCairn, "--database", database, "--empty")
    let key = try cairn("key", "create", "--role", "admin")
    let body = "external_id,title\n" + (0..<50_000).map { "\($0),Row\n" }.joined()
    let address = try begin(first, key, body, "text/csv")
    first.kill()
    let rows = try FileHandle(
      forWritingTo: URL(
        filePath: database + "-import-" + address.split(separator: "/").last!))
    // As it would be to a server that calls its members otherwise.
    try rows.write(contentsOf: Data("external_ix".utf8))
    let second = try ServerProcess(builtCairn, "--database", database, "--empty")
    defer { second.stop() }
    #expect(try ask(second, head("GET \(address)", key)).text.contains("\"state\":\"lost\""))
  }

  @Test(arguments: ["DELETE", "HEAD"])
  func `whoever asks for an upload's turn keeps nobody from reading while he waits for it`(
    method: String
  ) throws {
    let server = try ServerProcess(
      builtCairn, "--database", database, "--empty", "--import-quota", "at-once=off")
    defer { server.stop() }
    let key = try cairn("key", "create", "--role", "admin")
    // More than there are workers.
    let count = 2 * ProcessInfo.processInfo.activeProcessorCount + 4
    let addresses = try (0..<count).map { _ in
      let begun = try ask(
        server,
        head(
          "POST /v1/credentials:import", key, "Content-Type: application/x-ndjson",
          "Upload-Complete: ?0", "Content-Length: 0"))
      return try #require(begun["Location"])
    }
    // Nobody can write for now.
    let other = try Connection(path: database)
    try other.run("BEGIN IMMEDIATE")
    let waiting = try addresses.map { address in
      let wire = try Wire(port: server.port)
      try wire.send(head("\(method) \(address)", key))
      return wire
    }
    let start = ContinuousClock.now
    for address in addresses {
      #expect(try ask(server, head("GET \(address)", key)).text.contains("receiving"))
    }
    #expect(ContinuousClock.now - start < .seconds(2))
    try other.run("ROLLBACK")
    for wire in waiting {
      let status = try wire.answer(isForHEAD: method == "HEAD").status
      #expect(status == (method == "HEAD" ? 200 : 204))
    }
    if method == "HEAD" { return }
    for address in addresses { #expect(try ask(server, head("GET \(address)", key)).status == 404) }
    func files() throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .count { $0.contains("-import-") }
    }
    // They go after the answer, beside the loop that gave it.
    for _ in 0..<100 where try files() > 0 { Thread.sleep(forTimeInterval: 0.1) }
    #expect(try files() == 0)
  }

  @Test func `quotas are set by option and by key, and a wrong one ends the start`() throws {
    let own = try cairn("key", "create", "--role", "admin", "--import-rows", "3", "--label", "mine")
    let other = try cairn("key", "create", "--role", "admin")
    #expect(try cairn("key", "list").contains("\t3\tmine"))
    func status(_ server: ServerProcess, _ key: String, _ count: Int) throws -> Int {
      let body = rows(count)
      return try ask(
        server,
        head(
          "POST /v1/credentials:import", key, "Content-Type: application/x-ndjson",
          "Content-Length: \(body.utf8.count)") + body
      ).status
    }
    let first = try ServerProcess(
      builtCairn, "--database", database, "--empty", "--import-quota", "rows=2")
    #expect(try [status(first, own, 3), status(first, other, 2)] == [200, 200])
    first.kill()
    let second = try ServerProcess(
      builtCairn, "--database", database, "--empty", "--import-quota", "rows=2")
    #expect(try [status(second, own, 1), status(second, other, 1)] == [429, 429])
    second.stop()
    for quota in ["rows", "rows=-1", "lines=3", "at-once=x"] {
      #expect(try cairn("serve", "--port", "0", "--import-quota", quota).contains("quota"))
    }
  }
}
