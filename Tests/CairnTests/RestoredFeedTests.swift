import Foundation
import Testing
import Wire

/// Those who follow a registry's changes while it is restored from a backup.
@Suite(.timeLimit(.minutes(2))) struct RestoredFeedTests {
  private let database: String
  private let backup: String
  private let key: String

  init() throws {
    let folder = try temporaryFolder()
    database = folder.appending(path: "registry.db").path
    backup = folder.appending(path: "backup.db").path
    key = try adminKey(database)
  }

  private func serve(_ file: String? = nil) throws -> ServerProcess {
    try ServerProcess(
      builtCairn, "--database", file ?? database, "--no-access-log", "--empty")
  }

  private func post(_ name: String, _ server: ServerProcess) throws {
    let wire = try Wire(port: server.port)
    let json = #"{"name": "\#(name)"}"#
    try wire.send(
      """
      POST /v1/providers HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(key)\r\n\
      Content-Type: application/json\r\nContent-Length: \(json.utf8.count)\r\n\r\n\(json)
      """)
    #expect(try wire.answer().status == 201)
  }

  private func feed(_ server: ServerProcess) throws -> String {
    let text = try server.get("/v1/changes").text
    return try String(#require(text.firstMatch(of: /"feed":"([0-9a-f]{16})"/)).1)
  }

  private func follow(_ server: ServerProcess, from id: String? = nil) throws -> Wire {
    let wire = try Wire(port: server.port)
    let field = id.map { "Last-Event-ID: \($0)\r\n" } ?? ""
    try wire.send(
      "GET /v1/changes HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\(field)\r\n")
    return wire
  }

  /// The place that a stream's last event has.
  private func lastID(_ wire: Wire) throws -> String {
    let ids = try wire.answer().text.matches(of: /id: (\S+)\n/)
    return try String(#require(ids.last).1)
  }

  private func restore(_ arguments: String..., from file: String? = nil) throws {
    let restored = try CommandRun(
      [builtCairn, "restore", file ?? backup, "--force", "--database", database] + arguments)
    #expect(restored.status == 0, "\(restored.output)")
  }

  @Test func `who has followed is told so, also when as many changes were made again`() throws {
    let first = try serve()
    try post("before", first)
    #expect(try cairn("backup", backup, "--database", database).status == 0)
    let had = try feed(first)
    let stream = try follow(first)
    try stream.read(until: "id: 1-\(had)\n")
    try post("lost", first)
    try stream.read(until: "\"slug\":\"lost\"")
    let link = try #require(try first.get("/v1/changes?limit=1")["Link"])
    let next = try String(#require(link.firstMatch(of: /<([^>]*)>/)).1)
    #expect(try first.get(next).text.contains("\"slug\":\"lost\""))
    first.stop()
    let id = try lastID(stream)
    #expect(id == "2-\(had)")
    try restore()

    let second = try serve()
    defer { second.stop() }
    for name in ["other", "another"] { try post(name, second) }
    try #require(try feed(second) != had)
    // A browser that comes back, and a page after the one that was read.
    let refused = try [follow(second, from: id).answer(), second.get(next)]
    for answer in refused {
      #expect(answer.status == 409)
      #expect(answer.text.contains("urn:cairn:problem:other-feed"), "\(answer.text)")
    }
    #expect(try second.get("/v1/changes?since=1").text.contains("\"slug\":\"other\""))
    let bare = try follow(second, from: "2")
    try bare.read(until: "\"slug\":\"another\"")
  }

  @Test func `each restore makes another feed; a start, a backup and a copy of the file keep it`()
    throws
  {
    let first = try serve()
    try post("before", first)
    let had = try feed(first)
    #expect(try cairn("backup", backup, "--database", database).status == 0)
    first.stop()
    let bytes = FileManager.default.contents(atPath: backup)
    let again = try serve()
    #expect(try feed(again) == had)
    again.stop()
    let copy = backup + ".copy"
    try FileManager.default.copyItem(atPath: backup, toPath: copy)
    let copied = try serve(copy)
    #expect(try feed(copied) == had)
    copied.stop()
    var feeds: Set = [had]
    for _ in 1...3 {
      try restore()
      let check = try cairn("check", "--database", database)
      #expect(check.status == 0, "\(check.output)")
      let server = try serve()
      try feeds.insert(feed(server))
      server.stop()
    }
    #expect(feeds.count == 4)
    #expect(FileManager.default.contents(atPath: backup) == bytes)
  }
}
