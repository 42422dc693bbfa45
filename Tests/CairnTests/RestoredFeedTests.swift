import Foundation
import Testing
import Wire

/// Those who follow a registry's changes while it is restored from a backup.
@Suite(.timeLimit(.minutes(2))) struct RestoredFeedTests {
  private let database: String
  private let backup: String

  init() throws {
    let folder = try temporaryFolder()
    database = folder.appending(path: "registry.db").path
    backup = folder.appending(path: "backup.db").path
  }

  private func serve(_ file: String? = nil) throws -> LiveRegistry {
    try LiveRegistry(empty: true, of: file ?? database)
  }

  /// The place that a stream's last event has.
  private func lastID(_ wire: Wire) throws -> String {
    let ids = try wire.answer().text.matches(of: /id: (\S+)\n/)
    return try String(#require(ids.last).1)
  }

  private func restore() throws {
    let restored = try cairn("restore", backup, "--force", "--database", database)
    #expect(restored.status == 0, "\(restored.output)")
  }

  @Test func `who has followed is told so, also when as many changes were made again`() throws {
    let first = try serve()
    try first.post("before")
    #expect(try cairn("backup", backup, "--database", database).status == 0)
    let had = try first.feed
    let stream = try first.follow()
    try stream.read(until: "id: 1-\(had)\n")
    try first.post("lost")
    try stream.read(until: "\"slug\":\"lost\"")
    let next = try #require(try first.server.get("/v1/changes?limit=1").next)
    #expect(try first.server.get(next).text.contains("\"slug\":\"lost\""))
    first.server.stop()
    let id = try lastID(stream)
    #expect(id == "2-\(had)")
    try restore()

    let second = try serve()
    defer { second.server.stop() }
    for name in ["other", "another"] { try second.post(name) }
    try #require(try second.feed != had)
    // A browser that comes back, and a page after the one that was read.
    let refused = try [
      second.follow("", "Last-Event-ID: \(id)\r\n").answer(), second.server.get(next),
    ]
    for answer in refused {
      #expect(answer.status == 409)
      #expect(answer.text.contains("urn:cairn:problem:other-feed"), "\(answer.text)")
    }
    #expect(try second.server.get("/v1/changes?since=1").text.contains("\"slug\":\"other\""))
    let bare = try second.follow("", "Last-Event-ID: 2\r\n")
    try bare.read(until: "\"slug\":\"another\"")
  }

  @Test func `each restore makes another feed; a start, a backup and a copy of the file keep it`()
    throws
  {
    let first = try serve()
    try first.post("before")
    let had = try first.feed
    #expect(try cairn("backup", backup, "--database", database).status == 0)
    first.server.stop()
    let bytes = FileManager.default.contents(atPath: backup)
    let again = try serve()
    #expect(try again.feed == had)
    again.server.stop()
    let copy = backup + ".copy"
    try FileManager.default.copyItem(atPath: backup, toPath: copy)
    let copied = try serve(copy)
    #expect(try copied.feed == had)
    copied.server.stop()
    var feeds: Set = [had]
    for _ in 1...3 {
      try restore()
      let check = try cairn("check", "--database", database)
      #expect(check.status == 0, "\(check.output)")
      let restored = try serve()
      try feeds.insert(restored.feed)
      restored.server.stop()
    }
    #expect(feeds.count == 4)
    #expect(FileManager.default.contents(atPath: backup) == bytes)
  }
}
