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
    writer.keepLog()
    let checkpointer = Checkpointer(path)
    // A thousand pages of 4 KiB a commit.
    for _ in 0..<15 {
      try writer.run("INSERT INTO page VALUES (zeroblob(4096 * 1000))")
      checkpointer.follow(writer)
      checkpointer.settle()
    }
    let size = try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
    #expect(try #require(size) < 6000 * 4200)
    #expect(try writer.first("SELECT count(*) FROM page") { $0.integer(0) } == 15)
  }
}
