import Foundation
import SQLite
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
    #expect(try cairn("backup", backup, "--database", database).output.contains("name already"))
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

  @Test func `who may not read the registry may not read its backup`() throws {
    try ServerProcess(builtCairn, "--database", database, "--empty").stop()
    for mode in [0o600, 0o640] {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: database)
      let file = backup + "-\(mode)"
      #expect(try cairn("backup", file, "--database", database).status == 0)
      let attributes = try FileManager.default.attributesOfItem(atPath: file)
      #expect(attributes[.posixPermissions] as? Int == mode)
    }
  }

  @Test func `a restored registry has no log of the one before it, also where its path is a link`()
    throws
  {
    let first = try ServerProcess(builtCairn, "--database", database, "--empty")
    #expect(try cairn("backup", backup, "--database", database).status == 0)
    let key = try adminKey(database)
    #expect(try post(Wire(port: first.port), key, "Logged") == 201)
    first.kill()
    // A file as it is after a crash: its log holds what the file doesn't.
    #expect(try size(database + "-wal") > 0)
    let link = folder.appending(path: "link.db").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: database)
    let digest = try CommandRun(["/usr/bin/sha256sum", backup]).output
    let restored = try cairn("restore", backup, "--force", "--database", link)
    #expect(restored.status == 0 && restored.output.contains(digest), "\(restored.output)")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == database)
    #expect(!FileManager.default.fileExists(atPath: database + "-wal"))
    let again = try ServerProcess(builtCairn, "--database", database, "--empty")
    defer { again.stop() }
    #expect(try again.get("/v1/credentials/logged").status == 404)
    #expect(try cairn("check", "--database", database).status == 0)
  }

  private func size(_ path: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
  }

  @Test func `the log of a registry that is gone isn't read into what takes its place`() throws {
    let server = try ServerProcess(builtCairn, "--database", database, "--empty")
    #expect(try cairn("backup", backup, "--database", database).status == 0)
    let key = try adminKey(database)
    #expect(try post(Wire(port: server.port), key, "Logged") == 201)
    server.kill()
    try FileManager.default.removeItem(atPath: database)
    let refused = try cairn("backup", database, "--database", backup)
    #expect(refused.status == 1 && refused.output.contains("registry.db-wal"), "\(refused.output)")
    #expect(try cairn("restore", backup, "--database", database).status == 0)
    #expect(!FileManager.default.fileExists(atPath: database + "-wal"))
    #expect(try cairn("check", "--database", database).output.contains("keys: 0\n"))
  }

  @Test func `who could read the registry reads what comes in its place, and nobody else`() throws {
    _ = try adminKey(database)
    #expect(try cairn("backup", backup, "--database", database).status == 0)
    chmod(database, 0o600)
    #expect(try cairn("restore", backup, "--force", "--database", database).status == 0)
    let mode = try FileManager.default.attributesOfItem(atPath: database)[.posixPermissions]
    #expect(mode as? Int == 0o600)
  }

  @Test func `a link to a file that isn't there is followed`() throws {
    _ = try adminKey(database)
    #expect(try cairn("backup", backup, "--database", database).status == 0)
    let data = folder.appending(path: "data")
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: false)
    let link = folder.appending(path: "link.db").path
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "data/other.db")
    #expect(try cairn("restore", backup, "--database", link).status == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "data/other.db")
    let other = data.appending(path: "other.db").path
    #expect(try cairn("check", "--database", other).output.contains("keys: 1\n"))
    try FileManager.default.removeItem(atPath: other)
    let server = try ServerProcess(builtCairn, "--database", link, "--empty")
    defer { server.stop() }
    let second = try cairn("serve", "--port", "0", "--database", other)
    #expect(second.status == 1 && second.output.contains("Another cairn"), "\(second.output)")
  }

  @Test func `a registry that another program has open isn't replaced`() throws {
    #expect(try cairn("key", "create", "--role", "admin", "--database", database).status == 0)
    #expect(try cairn("backup", backup, "--database", database).status == 0)
    do {
      let other = try Connection(path: database)
      _ = try other.first("SELECT count(*) FROM credential") { row in row.integer(0) }
      let refused = try cairn("restore", backup, "--force", "--database", database)
      #expect(refused.status == 1 && refused.output.contains("has the database open"))
      #expect(try other.first("SELECT count(*) FROM api_key") { $0.integer(0) } == 1)
    }
    #expect(try cairn("restore", backup, "--force", "--database", database).status == 0)
  }

  @Test func `a damaged registry is replaced by its backup`() throws {
    _ = try adminKey(database)
    #expect(try cairn("backup", backup, "--database", database).status == 0)
    for left in [0, 5000, 200_000] {
      try Data(try Data(contentsOf: URL(fileURLWithPath: database)).prefix(left)).write(
        to: URL(fileURLWithPath: database))
      try Data("a log of nothing".utf8).write(to: URL(fileURLWithPath: database + "-wal"))
      #expect(try cairn("restore", backup, "--force", "--database", database).status == 0)
      #expect(try cairn("check", "--database", database).output.contains("keys: 1\n"))
    }
  }

  @Test func `a registry on a read-only disk is backed up`() throws {
    _ = try adminKey(database)
    let disk = try ReadOnlyFolder(of: [database])
    let made = try cairnOfNoRights("backup", backup, "--database", disk.path(of: "registry.db"))
    #expect(made.status == 0 && made.output.contains("keys: 1\n"), "\(made.output)")
    #expect(try cairn("check", "--database", backup).status == 0)
  }

  @Test func `what isn't a sound registry is no backup`() throws {
    try Data("not a database, but long enough to look at".utf8).write(
      to: URL(fileURLWithPath: backup))
    let refused = try cairn("restore", backup, "--database", database)
    #expect(
      refused.status == 1 && refused.output.contains("not an SQLite database"), "\(refused.output)")
    try Data().write(to: URL(fileURLWithPath: backup))
    #expect(try cairn("restore", backup, "--database", database).output.contains("is empty"))
    try FileManager.default.removeItem(atPath: backup)
    try Connection(path: backup).script("CREATE TABLE source (id TEXT)")
    let foreign = try cairn("restore", backup, "--database", database)
    #expect(
      foreign.status == 1 && foreign.output.contains("backup.db: The file is a database, but not"),
      "\(foreign.output)")
    #expect(!FileManager.default.fileExists(atPath: database))
  }
}
