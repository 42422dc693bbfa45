import Foundation
import Testing

@testable import Registry
@testable import SQLite
import Wire

@Suite struct CheckpointerTests {
  @Test func `a log is moved beside the writer, and begins anew instead of growing`() throws {
    let path = try temporaryFolder().appending(path: "registry.db").path
    let writer = try Connection(path: path)
    _ = try writer.first("PRAGMA journal_mode = WAL") { $0.text(0) }
    try writer.run("CREATE TABLE page (content BLOB)")
    writer.disableAutomaticCheckpoints()
    let checkpointer = Checkpointer(path)
    // A thousand pages of 4 KiB a commit.
    for _ in 0..<40 {
      try writer.run("INSERT INTO page VALUES (zeroblob(4096 * 1000))")
      checkpointer.follow(writer)
      checkpointer.settle()
    }
    let size = try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
    #expect(try #require(size) < 18_000 * 4200)
    #expect(try writer.first("SELECT count(*) FROM page") { $0.integer(0) } == 40)
  }

  @Test func `after a long transaction the log is moved beside who writes, and begins anew`() throws
  {
    let path = try temporaryFolder().appending(path: "registry.db").path
    let writer = try openWriter(path)
    try writer.run("CREATE TABLE page (content BLOB)")
    writer.disableAutomaticCheckpoints()
    let checkpointer = Checkpointer(path)
    for _ in 0..<3 {
      checkpointer.catchUp()
      try writer.run("INSERT INTO page VALUES (zeroblob(4096 * 20000))")
      #expect((20_000..<21_000).contains(writer.log.pages))
      checkpointer.follow(writer)
    }
  }

  @Test func `a log that can't be moved is told of until it is`() throws {
    let folder = try temporaryFolder()
    let writer = try openWriter(folder.appending(path: "registry.db").path)
    try writer.run("CREATE TABLE page (content BLOB)")
    writer.disableAutomaticCheckpoints()
    let way = folder.appending(path: "way")
    let checkpointer = Checkpointer(way.appending(path: "registry.db").path)
    func use() throws -> StoreUse {
      try writer.run("INSERT INTO page VALUES (zeroblob(4096 * 17000))")
      checkpointer.follow(writer)
      checkpointer.settle()
      var use = StoreUse()
      checkpointer.tell(&use)
      return use
    }
    for count in 1...2 {
      let failing = try use()
      #expect(failing.checkpointFailures == count)
      #expect(failing.checkpointFailure?.contains("unable to open") == true)
    }
    try FileManager.default.createSymbolicLink(at: way, withDestinationURL: folder)
    let well = try use()
    #expect(well.checkpointFailures == 2 && well.checkpointFailure == nil)
    #expect(well.logBytes > 3 * 17_000 * 4096)
  }

  @Test func `so is one that somebody reads for too long`() throws {
    let path = try temporaryFolder().appending(path: "registry.db").path
    let writer = try openWriter(path)
    try writer.run("CREATE TABLE page (content BLOB)")
    writer.disableAutomaticCheckpoints()
    let checkpointer = Checkpointer(path)
    let reader = try openReader(path)
    try reader.run("BEGIN")
    _ = try reader.first("SELECT count(*) FROM page") { $0.integer(0) }
    func failure() throws -> String? {
      try writer.run("INSERT INTO page VALUES (zeroblob(4096 * 17000))")
      checkpointer.follow(writer)
      checkpointer.settle()
      var use = StoreUse()
      checkpointer.tell(&use)
      return use.checkpointFailure
    }
    #expect(try failure() == nil)
    #expect(try failure()?.contains("reading") == true)
    try reader.run("COMMIT")
    #expect(try failure() == nil)
  }

  @Test func `what a log became while somebody read for long is given back`() throws {
    let path = try temporaryFolder().appending(path: "registry.db").path
    let writer = try openWriter(path)
    try writer.run("CREATE TABLE page (content BLOB)")
    let reader = try openReader(path)
    try reader.run("BEGIN")
    _ = try reader.first("SELECT count(*) FROM page") { $0.integer(0) }
    for _ in 0..<4 { try writer.run("INSERT INTO page VALUES (zeroblob(40 << 20))") }
    func size() throws -> Int {
      let attributes = try FileManager.default.attributesOfItem(atPath: path + "-wal")
      return try #require(attributes[.size] as? Int)
    }
    #expect(try size() > 150 << 20)
    try reader.run("COMMIT")
    // Moves what is there, and then begins it anew.
    for _ in 0..<2 { try writer.run("INSERT INTO page VALUES (NULL)") }
    #expect(try size() <= 128 << 20)
  }
}
