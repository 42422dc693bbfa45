import Foundation
import SQLite
import Testing
import Wire

@Suite struct CheckTests {
  private let folder: URL
  private let database: String

  init() throws {
    folder = try temporaryFolder()
    database = folder.appending(path: "registry.db").path
    _ = try adminKey(database)
  }

  private func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path))
  }

  private func check(_ path: String? = nil) throws -> CommandRun {
    try cairn("check", "--database", path ?? database)
  }

  @Test func `it counts, and calls a registry sound`() throws {
    let check = try check()
    #expect(check.status == 0)
    #expect(check.output.contains("keys: 1\n") && check.output.contains("sound"))
  }

  @Test func `a command that is done has left one file`() throws {
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["registry.db"])
  }

  @Test func `a backup stays the bytes it was`() throws {
    let backup = folder.appending(path: "backup.db").path
    #expect(try cairn("backup", backup, "--database", database).status == 0)
    let before = try bytes(backup)
    #expect(try check(backup).status == 0)
    #expect(try bytes(backup) == before)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(files.filter { $0.hasPrefix("backup") } == ["backup.db"])
  }

  @Test func `what a crash left behind stays as it is`() throws {
    try ServerProcess(builtCairn, "--database", database, "--empty").kill()
    // Another program's commit, which is in the log alone.
    let copy = folder.appending(path: "copy.db").path
    do {
      let other = try Connection(path: database)
      try other.run("UPDATE api_key SET label = 'x'")
      for suffix in ["", "-wal"] {
        try FileManager.default.copyItem(atPath: database + suffix, toPath: copy + suffix)
      }
    }
    let before = try (bytes(copy), bytes(copy + "-wal"))
    #expect(!before.1.isEmpty)
    #expect(try check(copy).status == 0)
    #expect(try (bytes(copy), bytes(copy + "-wal")) == before)
  }

  @Test func `what is on a read-only disk is looked at, too`() throws {
    let backup = folder.appending(path: "backup.db").path
    #expect(try cairn("backup", backup, "--database", database).status == 0)
    let disk = try ReadOnlyFolder(of: [backup, database])
    for name in ["backup.db", "registry.db"] {
      let check = try cairnOfNoRights("check", "--database", disk.path(of: name))
      #expect(check.status == 0 && check.output.contains("keys: 1\n"), "\(check.output)")
      #expect(check.output.contains("check a copy of it"))
    }
  }

  @Test func `a file that was cut short says so, and names its pages`() throws {
    let whole = try bytes(database)
    try whole.prefix(whole.count / 2 + 1000).write(to: URL(fileURLWithPath: database))
    let check = try check()
    let (left, pages) = (whole.count / 2 / 4096, whole.count / 4096)
    #expect(check.status == 1)
    #expect(check.output.contains("cut short: it has \(left) pages of \(pages)"), "\(check.output)")
    #expect(check.output.contains("invalid page number"))
    #expect(check.output.contains("restore it from a backup"))
  }

  @Test func `a text that is no JSON any more is damage, of the file that has it`() throws {
    // With the deck's items.
    try ServerProcess(builtCairn, "--database", database).stop()
    var file = try bytes(database)
    let text = try #require(file.range(of: Data("{\"en\":\"International".utf8)))
    file.replaceSubrange(text.lowerBound..<text.lowerBound + 1, with: Data("x".utf8))
    try file.write(to: URL(fileURLWithPath: database))
    let check = try check()
    #expect(check.status == 1 && check.output.contains("restore it from a backup"))
    #expect(check.output.contains("JSON"), "\(check.output)")
    let backup = folder.appending(path: "backup.db").path
    let made = try cairn("backup", backup, "--database", database)
    #expect(made.status == 1 && made.output.contains("\(database): The database is damaged"))
  }

  @Test func `a damaged file isn't repaired, and stays as it was found`() throws {
    try ServerProcess(builtCairn, "--database", database).stop()
    var file = try bytes(database)
    let text = try #require(file.range(of: Data("Denmark".utf8)))
    let page = text.lowerBound / 4096 * 4096
    file.replaceSubrange(page..<page + 8, with: Data(repeating: 0xFF, count: 8))
    try file.write(to: URL(fileURLWithPath: database))
    let repair = try cairn("check", "--repair", "--database", database)
    #expect(repair.status == 1 && repair.output.contains("restore it from a backup"))
    #expect(!repair.output.contains("repaired"), "\(repair.output)")
    #expect(try bytes(database) == file)
  }

  @Test func `a damaged first page is named`() throws {
    var file = try bytes(database)
    file.replaceSubrange(100..<108, with: Data(repeating: 0xFF, count: 8))
    try file.write(to: URL(fileURLWithPath: database))
    let check = try check()
    #expect(check.status == 1 && check.output.contains("Page 1:"), "\(check.output)")
    file.replaceSubrange(0..<4096, with: Data(repeating: 0, count: 4096))
    try file.write(to: URL(fileURLWithPath: database))
    #expect(try self.check().output.contains("its first 100 bytes are damaged"))
  }

  @Test func `an empty file, and another program's, are no registries, and stay what they are`()
    throws
  {
    let empty = folder.appending(path: "empty.db").path
    try Data().write(to: URL(fileURLWithPath: empty))
    let check = try check(empty)
    #expect(check.status == 1 && check.output.contains("is empty"), "\(check.output)")
    for command in [["check", "--repair"], ["key", "list"], ["dump", folder.path]] {
      let run = try CommandRun([builtCairn] + command + ["--database", empty])
      #expect(run.status == 1 && run.output.contains("is empty"), "\(run.output)")
    }
    #expect(try bytes(empty).isEmpty)
    let foreign = folder.appending(path: "foreign.db").path
    try Connection(path: foreign).script("CREATE TABLE other (x)")
    #expect(try self.check(foreign).output.contains("not one of Cairn's"))
  }

  @Test func `a file with an older schema is read, and not changed`() throws {
    try Connection(path: database).script(
      "DROP TABLE webhook_attempt; DROP TABLE webhook; PRAGMA user_version = 20")
    let before = try bytes(database)
    let check = try check()
    #expect(check.status == 0 && check.output.contains("older schema"), "\(check.output)")
    #expect(!check.output.contains("webhooks:"))
    #expect(try bytes(database) == before)
    let backup = folder.appending(path: "backup.db").path
    #expect(try cairn("backup", backup, "--database", database).status == 0)
  }
}
