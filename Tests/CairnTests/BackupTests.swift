import Foundation
import Testing
import Wire

@Suite struct BackupTests {
  private let folder: URL
  private var database: String { folder.appending(path: "registry.db").path }
  private var backup: String { folder.appending(path: "backup.db").path }

  init() throws {
    folder = try temporaryFolder()
  }

  private func run(_ arguments: String...) throws -> CommandRun {
    try CommandRun([builtCairn] + arguments)
  }

  private func post(_ wire: Wire, _ key: String, _ title: String) throws -> Int {
    let json = #"{"title": "\#(title)"}"#
    try wire.send(
      "POST /v1/credentials HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(key)\r\nContent-Type: application/json\r\nContent-Length: \(json.utf8.count)\r\n\r\n\(json)"
    )
    return try wire.answer().status
  }

  private func status(_ server: ServerProcess, _ target: String) throws -> Int {
    let wire = try Wire(port: server.port)
    try wire.send("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
    return try wire.answer().status
  }

  @Test func `a backup under load is whole, and restored it is what it was`() async throws {
    let server = try ServerProcess(builtCairn, "--database", database)
    let key = try run("key", "create", "--role", "admin", "--database", database).output
      .trimmingCharacters(in: .newlines)
    #expect(try post(Wire(port: server.port), key, "Before") == 201)
    // Others write while it is made.
    let port = server.port
    let writing = Task {
      let wire = try Wire(port: port)
      for number in 0..<50 { _ = try post(wire, key, "During \(number)") }
    }
    let made = try run("backup", backup, "--database", database)
    #expect(made.status == 0, "\(made.output)")
    try await writing.value
    #expect(try post(Wire(port: server.port), key, "After") == 201)
    let digest = try CommandRun(["/usr/bin/sha256sum", backup]).output.prefix(64)
    #expect(made.output.contains(digest))
    #expect(try run("backup", backup, "--database", database).output.contains("there already"))
    #expect(try run("check", "--database", backup).status == 0)
    // Not under a server's feet, and not over what is there without a word.
    let busy = try run("restore", backup, "--force", "--database", database)
    #expect(busy.status == 1 && busy.output.contains("Another cairn"))
    server.kill()
    #expect(try run("restore", backup, "--database", database).output.contains("--force"))
    let restored = try run("restore", backup, "--force", "--database", database)
    #expect(restored.status == 0 && restored.output.contains("countries:"), "\(restored.output)")
    let again = try ServerProcess(builtCairn, "--database", database)
    defer { again.stop() }
    #expect(try status(again, "/v1/credentials/before") == 200)
    #expect(try status(again, "/v1/credentials/after") == 404)
    #expect(try post(Wire(port: again.port), key, "After") == 201)
  }

  @Test func `what isn't a sound registry is no backup`() throws {
    try Data("not a database, but long enough to look at".utf8).write(
      to: URL(fileURLWithPath: backup))
    let refused = try run("restore", backup, "--database", database)
    #expect(
      refused.status == 1 && refused.output.contains("not an SQLite database"), "\(refused.output)")
    #expect(!FileManager.default.fileExists(atPath: database))
  }
}
