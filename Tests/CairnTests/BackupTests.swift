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

  private func post(_ wire: Wire, _ key: String, _ title: String) throws -> Int {
    let json = #"{"title": "\#(title)"}"#
    try wire.send(
      "POST /v1/credentials HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(key)\r\nContent-Type: application/json\r\nContent-Length: \(json.utf8.count)\r\n\r\n\(json)"
    )
    return try wire.answer().status
  }

  @Test func `a backup under load is whole, and restored it is what it was`() async throws {
    let server = try ServerProcess(builtCairn, "--database", database)
    let key = try adminKey(database)
    #expect(try post(Wire(port: server.port), key, "Before") == 201)
    // Others write while it is made.
    let port = server.port
    let writing = Task {
      let wire = try Wire(port: port)
      for number in 0..<50 { _ = try post(wire, key, "During \(number)") }
    }
    let made = try cairn("backup", backup, "--database", database)
    #expect(made.status == 0, "\(made.output)")
    try await writing.value
    #expect(try post(Wire(port: server.port), key, "After") == 201)
    let digest = try CommandRun(["/usr/bin/sha256sum", backup]).output.prefix(64)
    #expect(made.output.contains(digest))
    #expect(try cairn("backup", backup, "--database", database).output.contains("there already"))
    #expect(try cairn("check", "--database", backup).status == 0)
    // Not under a server's feet, and not over what is there without a word.
    let busy = try cairn("restore", backup, "--force", "--database", database)
    #expect(busy.status == 1 && busy.output.contains("Another cairn"))
    server.kill()
    #expect(try cairn("restore", backup, "--database", database).output.contains("--force"))
    let restored = try cairn("restore", backup, "--force", "--database", database)
    #expect(restored.status == 0 && restored.output.contains("countries:"), "\(restored.output)")
    let again = try ServerProcess(builtCairn, "--database", database)
    defer { again.stop() }
    #expect(try again.get("/v1/credentials/before").status == 200)
    #expect(try again.get("/v1/credentials/after").status == 404)
    #expect(try post(Wire(port: again.port), key, "After") == 201)
  }

  @Test func `what isn't a sound registry is no backup`() throws {
    try Data("not a database, but long enough to look at".utf8).write(
      to: URL(fileURLWithPath: backup))
    let refused = try cairn("restore", backup, "--database", database)
    #expect(
      refused.status == 1 && refused.output.contains("not an SQLite database"), "\(refused.output)")
    #expect(!FileManager.default.fileExists(atPath: database))
  }
}
