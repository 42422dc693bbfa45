import Foundation
import Glibc
import Testing
import Wire

/// What someone at a terminal types and sees.
@Suite struct CommandTests {
  private let folder: URL
  private var database: String { folder.appending(path: "registry.db").path }
  private let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  init() throws {
    folder = try temporaryFolder()
  }

  @Test func `a fresh server answers with the deck's data, and ends with 0 on SIGTERM`() throws {
    let server = try ServerProcess(builtCairn, "--database", database)
    #expect(try server.get("/v1/countries/IE").text.contains("legislation"))
    #expect(try server.get("/v1/credentials?count=exact&limit=1").text.contains("\"total\":8"))
    let metrics = try server.get("/metrics").text
    #expect(metrics.contains(/\ncairn_sqlite_log_bytes [1-9]/))
    #expect(metrics.contains("\ncairn_sqlite_checkpoint_failures_total 0\n"))
    #expect(server.stop() == 0)
    // The write-ahead log is in the file.
    let log = FileManager.default.contents(atPath: database + "-wal") ?? Data()
    #expect(log.isEmpty)
  }

  @Test
  func `a sheet is imported from the shell, with its columns mapped, beside a running server`()
    throws
  {
    let server = try ServerProcess(builtCairn, "--database", database)
    defer { server.stop() }
    let sheet = folder.appending(path: "sheet.csv").path
    try Data("Kennung;Titel;workload\n1;Eins;22,5 hours\n2;Zwei;a while\n".utf8)
      .write(to: URL(fileURLWithPath: sheet))
    let words = ["import", sheet, "--database", database, "--map", "Titel=title"]
    let refused = try CommandRun([builtCairn] + words)
    #expect(refused.status != 0 && refused.output.contains("\"Kennung\" names no member"))
    let done = try CommandRun(
      [builtCairn] + words + ["--map", "Kennung=external_id", "--language", "de"])
    #expect(done.status == 1 && done.output.contains("2 rows: 1 created"))
    #expect(done.output.contains("\"line\":3,\"result\":\"rejected\""))
    // Without its log, the file has all of it.
    let copy = folder.appending(path: "copy.db").path
    try FileManager.default.copyItem(atPath: database, toPath: copy)
    #expect(try server.get("/v1/credentials/eins").text.contains("\"de\":\"Eins\""))
    let read = try CommandRun([builtCairn, "check", "--database", copy])
    #expect(read.status == 0 && read.output.contains("credentials: 9"), "\(read.output)")
  }

  @Test func `a SIGTERM is heard from the moment the server says that it serves`() throws {
    for _ in 0..<20 {
      #expect(try ServerProcess(builtCairn, "--database", database, "--empty").stop() == 0)
    }
  }

  @Test func `without TLS a SIGHUP stops the server as SIGTERM does`() throws {
    let server = try ServerProcess(builtCairn, "--database", database, "--empty")
    #expect(server.stop(by: SIGHUP) == 0)
  }

  @Test func `a Unix-domain socket is served, and its file gone afterwards`() throws {
    let path = folder.appending(path: "s").path
    let server = try ServerProcess(
      builtCairn, "--database", database, "--empty", at: ["--socket", path])
    let wire = try Wire(path: path)
    try wire.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(try wire.answer().status == 200)
    #expect(server.stop() == 0)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `a socket that systemd opened is served, whatever else is said`() throws {
    let (descriptor, port) = try listeningSocket()
    defer { close(descriptor) }
    for _ in 0..<2 {
      let server = try ServerProcess(
        builtCairn, "--database", database, "--empty", passing: descriptor)
      let wire = try Wire(port: port)
      try wire.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(try wire.answer().status == 200)
      // It stays systemd's, and whoever connects between two servers waits.
      #expect(server.stop() == 0)
    }
  }

  @Test func `whom a trusted proxy names is in the log, and only then`() throws {
    for (flag, peer) in [("--trust-proxy", "192.0.2.7"), ("--access-log", "127.0.0.1")] {
      let server = try ServerProcess(
        builtCairn, "--database", database, "--empty", flag, withLog: true)
      defer { server.stop() }
      let wire = try Wire(port: server.port)
      try wire.send(
        "GET /healthz HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 6.6.6.6, 192.0.2.7\r\n\r\n")
      #expect(try wire.answer().status == 200)
      #expect(server.says("peer=\(peer)"))
    }
  }

  @Test func `an empty one is empty, and a load fills it while it serves`() throws {
    let server = try ServerProcess(builtCairn, "--database", database, "--empty")
    defer { server.stop() }
    #expect(try server.get("/v1/countries").text.contains("\"items\":[]"))
    let data = root.appending(path: "Data").path
    let load = try cairn("load", data, "--database", database)
    #expect(load.status == 0)
    #expect(load.output.contains("countries.csv: 2"))
    #expect(try server.get("/v1/countries/IE").status == 200)
  }

  @Test func `what was acknowledged outlives a power cut`() throws {
    let key = try adminKey(database)
    let server = try ServerProcess(builtCairn, "--database", database)
    let wire = try Wire(port: server.port)
    for number in 1...20 {
      let body = #"{"name": "Provider \#(number)", "slug": "p\#(number)"}"#
      try wire.send(
        "POST /v1/providers HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer \(key)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
      )
      #expect(try wire.answer().status == 201)
    }
    server.kill()
    let again = try ServerProcess(builtCairn, "--database", database)
    defer { again.stop() }
    #expect(try again.get("/v1/providers?count=exact&limit=1").text.contains("\"total\":20"))
  }

  @Test func `keys are made, listed without their secret, and revoked`() throws {
    let made = try cairn(
      "key", "create", "--role", "admin", "--label", "mine", "--database", database)
    #expect(made.status == 0)
    #expect(made.output.hasPrefix("cairn_") && made.output.filter(\.isNewline).count == 1)
    let list = try cairn("key", "list", "--database", database).output
    #expect(list.contains("mine") && !list.contains("cairn_"))
    let id = try #require(list.split(separator: "\n").last?.split(separator: "\t").first)
    #expect(try cairn("key", "revoke", String(id), "--database", database).status == 0)
    #expect(try cairn("key", "revoke", String(id), "--database", database).status == 1)
  }

  @Test func `a long question is asked to go on without a key, and what writes is refused early`()
    throws
  {
    let server = try ServerProcess(builtCairn, "--database", database)
    defer { server.stop() }
    for (target, status) in [("/v1/pathways", 100), ("/v1/credentials", 401)] {
      let wire = try Wire(port: server.port)
      try wire.send(
        "POST \(target) HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
      )
      #expect(try wire.answer().status == status, "\(target)")
    }
  }

  @Test func `errors are one line and an exit code`() throws {
    let server = try ServerProcess(builtCairn, "--database", database, "--empty")
    defer { server.stop() }
    // That file has a server already.
    let unserved = folder.appending(path: "unserved.db").path
    let text = folder.appending(path: "notes.txt")
    try Data("These are notes, and no database at all.".utf8).write(to: text)
    let (files, other) = (try Certificate(named: "a"), try Certificate(named: "b"))
    func tls(_ certificate: String, _ key: String) -> [String] {
      ["--tls-cert", certificate, "--tls-key", key]
    }
    for (arguments, said) in [
      (["serve", "--empty", "--port", "\(server.port)", "--database", unserved], "taken"),
      (["serve", "--database", text.path], "not an SQLite database"),
      (["serve", "--database", "/proc/no.db"], "no permission"),
      (["serve", "--host", "nowhere", "--database", unserved], "nowhere"),
      (["serve", "--socket", text.path, "--database", unserved], "no socket"),
      (["serve", "--tls-cert", text.path, "--database", unserved], "--tls-key"),
      (["serve", "--database", unserved] + tls("/none", files.key), "/none: No such file"),
      (["serve", "--database", unserved] + tls(files.certificate, "/none"), "/none: No such file"),
      (["serve", "--database", unserved] + tls(text.path, files.key), "none in it"),
      (["serve", "--database", unserved] + tls(files.certificate, text.path), "none in it"),
      (
        ["serve", "--database", unserved] + tls(files.certificate, other.key),
        "isn't the certificate's"
      ),
      (["check", "--database", folder.path + "/none.db"], "no such file"),
      (["load", folder.path + "/none", "--database", unserved], "no such folder"),
      (["load", folder.path, "--database", folder.path + "/other.db"], "no .csv"),
      (
        ["key", "create", "--role", "provider", "--provider", "nobody", "--database", unserved],
        "no provider"
      ),
    ] {
      let run = try CommandRun([builtCairn] + arguments)
      #expect(run.status == 1, "\(arguments)")
      #expect(run.output.contains(said), "\(arguments): \(run.output)")
      #expect(run.output.filter(\.isNewline).count == 1, "\(run.output)")
    }
    let usage = try cairn("key", "create", "--role", "provider", "--database", database)
    #expect(usage.status == 64)
  }

  @Test func `help and version are there for a stranger`() throws {
    #expect(try cairn("version").output == "cairn 0.1.0\n")
    let help = try cairn("--help").output
    for word in ["serve", "key", "load", "check", "version"] { #expect(help.contains(word)) }
    let named = Set(help.matches(of: /CAIRN_[A-Z_]+/).map { String($0.output) })
    #expect(try named == variables())
  }

  /// The environment's variables that the command reads.
  private func variables() throws -> Set<String> {
    let sources = root.appending(path: "Sources/cairn")
    let files = try FileManager.default.contentsOfDirectory(
      at: sources, includingPropertiesForKeys: nil)
    let reads = /environment(?:Switch)?\("(CAIRN_[A-Z_]+)"\)/
    return try files.reduce(into: []) { names, file in
      let text = try String(contentsOf: file, encoding: .utf8)
      names.formUnion(text.matches(of: reads).map { String($0.output.1) })
    }
  }
}
