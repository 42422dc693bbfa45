import Foundation
import Registry
import Resources
import SQLite
import Testing
import Wire

@Suite struct BackupTests {
  private let folder: URL
  private var path: String { folder.appending(path: "registry.db").path }
  private var copy: String { folder.appending(path: "backup.db").path }

  init() throws {
    folder = try temporaryFolder()
    try Registry(path: path).loadOwnData()
  }

  private func breakRule(of file: String) throws {
    let database = try Connection(path: file)
    try database.run("PRAGMA ignore_check_constraints = 1")
    try database.run("UPDATE credential SET countries = '{}' WHERE number = 1")
  }

  private var files: Set<String> {
    get throws { Set(try FileManager.default.contentsOfDirectory(atPath: folder.path)) }
  }

  @Test func `a registry with a row that breaks the schema's rules isn't backed up`() throws {
    try breakRule(of: path)
    #expect(throws: BackupError.self) { try Backup(of: path, to: copy) }
    #expect(try !files.contains { $0.hasPrefix("backup.db") })
  }

  @Test func `a backup with a row that breaks the schema's rules isn't restored`() throws {
    _ = try Backup(of: path, to: copy)
    try breakRule(of: copy)
    let other = folder.appending(path: "other.db").path
    let claim = try Claim(on: other)
    #expect(throws: BackupError.self) { try Backup(restoring: copy, to: other, claim) }
    #expect(!FileManager.default.fileExists(atPath: other))
  }

  @Test func `a backup is one file, and restoring it leaves it as it is`() throws {
    let before = try files
    _ = try Backup(of: path, to: copy)
    #expect(try files == before.union(["backup.db"]))
    let bytes = FileManager.default.contents(atPath: copy)
    let other = folder.appending(path: "other.db").path
    _ = try Backup(restoring: copy, to: other, Claim(on: other))
    #expect(FileManager.default.contents(atPath: copy) == bytes)
    #expect(try files == before.union(["backup.db", "other.db", "other.db-serve"]))
  }

  @Test func `a backup from before feeds had an identity gets a new one each time`() throws {
    let older = folder.appending(path: "older.db").path
    let steps = Resources.migrations.map { Migration(name: $0.name, script: $0.text) }
    let step = try #require(steps.firstIndex { $0.name == "0025_feed" })
    try Connection(path: older).migrate(Array(steps[..<step]), application: 0x4361_726E)
    let other = folder.appending(path: "other.db").path
    let feeds = try (1...2).map { _ in
      _ = try Backup(restoring: older, to: other, Claim(on: other))
      let registry = try Registry(path: other)
      #expect(try CheckReport(of: other, .items).isSound)
      return try registry.newestPlace.feed
    }
    #expect(feeds[0] != feeds[1] && !feeds.contains(nil))
  }
}
