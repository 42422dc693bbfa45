import Foundation
import SQLite
import Testing
import Wire

/// A connection that writes much holds back what it adds to the log; nobody may see that it does.
@Suite struct WriteAheadLogTests {
  private let path: String

  init() throws {
    path = try temporaryFolder().appending(path: "log.db").path
  }

  /// Opens the database to write much; `cache` pages are kept in memory, the others of a transaction go to the log early.
  private func writer(synchronous: SQL, cache: SQL = "2000") throws -> Connection {
    let writer = try Connection(path: path, writesMuch: true)
    _ = try writer.first("PRAGMA journal_mode = WAL") { row in row.text(0) }
    try writer.run("PRAGMA synchronous = " + synchronous)
    _ = try writer.first("PRAGMA wal_autocheckpoint = 0") { row in row.integer(0) }
    try writer.run("PRAGMA cache_size = " + cache)
    try writer.run("CREATE TABLE IF NOT EXISTS t (a INTEGER PRIMARY KEY, b TEXT)")
    return writer
  }

  /// Adds so many rows of a page each.
  private func add(_ rows: Int, to writer: borrowing Connection) throws {
    for _ in 0..<rows {
      try writer.run("INSERT INTO t (b) VALUES (printf('%.*c', 3000, 'x'))")
    }
  }

  private func count(_ reader: borrowing Connection) throws -> Int64? {
    try reader.first("SELECT count(*) FROM t WHERE length(b) = 3000") { row in row.integer(0) }
  }

  @Test(arguments: ["FULL", "NORMAL", "OFF"] as [SQL])
  func `others read a transaction as soon as it has ended, however many pages it has`(
    synchronous: SQL
  ) throws {
    let writer = try writer(synchronous: synchronous)
    let reader = try Connection(path: path, access: .readOnly)
    var all = 0
    // A piece of the log has room for 31 frames.
    for rows in [1, 2, 28, 29, 30, 31, 32, 61, 62, 63, 300] {
      try writer.writing({ $0 as any Error }) { writer in try add(rows, to: writer) }
      all += rows
      let seen = try count(reader)
      #expect(seen == Int64(all))
    }
    let state = try reader.first("PRAGMA integrity_check") { row in row.text(0) }
    #expect(state == "ok")
  }

  @Test func `a transaction that outgrows memory reads back what it wrote, and leaves nothing`()
    throws
  {
    let writer = try writer(synchronous: "FULL", cache: "10")
    try writer.writing({ $0 as any Error }) { writer in
      for _ in 0..<20 {
        try add(7, to: writer)
        try writer.run("UPDATE t SET b = upper(b) WHERE a % 3 = 0")
        try writer.run("UPDATE t SET b = lower(b) WHERE a % 2 = 0")
      }
      let seen = try count(writer)
      #expect(seen == 140)
    }
    try writer.begin()
    try add(100, to: writer)
    try writer.savepoint()
    try add(100, to: writer)
    let goesOn = writer.rollBackToSavepoint()
    let before = try count(writer)
    writer.rollBack()
    let after = try count(writer)
    #expect((goesOn, before, after) == (true, 240, 140))
    try writer.writing({ $0 as any Error }) { writer in try add(5, to: writer) }
    let reader = try Connection(path: path, access: .readOnly)
    let seen = try count(reader)
    #expect(seen == 145)
    let state = try reader.first("PRAGMA integrity_check") { row in row.text(0) }
    #expect(state == "ok")
  }

  @Test func `what a commit itself writes and reads again is there, too`() throws {
    let writer = try writer(synchronous: "FULL", cache: "10")
    // FTS5 writes its words at the commit, and puts pieces together.
    try writer.run("CREATE VIRTUAL TABLE words USING fts5 (text, prefix = '1 2 3')")
    for round in 0..<20 {
      try writer.writing({ $0 as any Error }) { writer in
        for row in 0..<300 {
          let text = (0..<10).map { "word\(row * 10 + $0)of\(round)" }.joined(separator: " ")
          try writer.run("INSERT INTO words VALUES (?1)", .text(text))
        }
      }
    }
    try writer.run("INSERT INTO words (words) VALUES ('integrity-check')")
    let reader = try Connection(path: path, access: .readOnly)
    let seen = try reader.first("SELECT count(*) FROM words WHERE words MATCH 'word7of19'") { row in
      row.integer(0)
    }
    let state = try reader.first("PRAGMA integrity_check") { row in row.text(0) }
    #expect(seen == 1 && state == "ok")
  }

  @Test func `a log that begins anew is read from its beginning`() throws {
    let writer = try writer(synchronous: "FULL")
    let reader = try Connection(path: path, access: .readOnly)
    for round in 1...5 {
      try writer.writing({ $0 as any Error }) { writer in try add(50, to: writer) }
      let log = try #require(try writer.checkpoint())
      #expect(log.moved == log.pages)
      let seen = try count(reader)
      #expect(seen == Int64(50 * round))
    }
  }

  @Test func `what was rolled back is never written over what another has written since`() throws {
    let writer = try writer(synchronous: "FULL", cache: "10")
    let other = try Connection(path: path)
    var all = 0
    for rows in 20...60 {
      try writer.begin()
      try add(rows, to: writer)
      writer.rollBack()
      try other.writing({ $0 as any Error }) { other in try add(40, to: other) }
      try writer.writing({ $0 as any Error }) { writer in try add(1, to: writer) }
      all += 41
    }
    // It has kept no page.
    let reader = try Connection(path: path, access: .readOnly)
    let seen = try count(reader)
    let state = try reader.first("PRAGMA integrity_check") { row in row.text(0) }
    #expect(seen == Int64(all) && state == "ok")
  }

  @Test func `the pages of a transaction are written in few pieces`() throws {
    let writer = try writer(synchronous: "FULL")
    let before = try writes()
    try writer.writing({ $0 as any Error }) { writer in try add(300, to: writer) }
    #expect(try writes() - before < 20)
  }

  /// How often this thread has written to a file (proc_pid_io(5)).
  private func writes() throws -> Int {
    let text = try String(contentsOfFile: "/proc/thread-self/io", encoding: .utf8)
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("syscw: ") })
    return try #require(Int(line.dropFirst("syscw: ".count)))
  }
}
