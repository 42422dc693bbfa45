import Compression
import Foundation
import Testing
import Wire

/// `cairn import FILE`, where the file is gzip.
@Suite struct ImportCommandTests {
  private let folder: URL
  private var database: String { folder.appending(path: "registry.db").path }

  init() throws {
    folder = try temporaryFolder()
    try ServerProcess(builtCairn, "--database", database).stop()
  }

  private func gzip(_ text: String) throws -> Data {
    var bytes: [UInt8] = []
    try Deflater(.gzip).append(Array(text.utf8), to: &bytes, isLast: true)
    return Data(bytes)
  }

  private func load(_ data: Data, from name: String, _ more: String...) throws -> CommandRun {
    let file = folder.appending(path: name)
    try data.write(to: file)
    return try CommandRun([builtCairn, "import", file.path, "--database", database] + more)
  }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }

  private static let (sheet, lines) = ("title,note\nOne,x\nTwo,y\n", #"{"title": "One"}"#)

  @Test(arguments: [
    ("rows.csv.gz", sheet), ("rows.csv", sheet), ("rows.tsv.GZ", sheet),
    ("rows.ndjson.gz", lines), ("rows.jsonl", lines),
  ])
  func `it is told by its first bytes, whatever it is called`(name: String, rows: String) throws {
    let count = rows == Self.sheet ? 2 : 1
    let done = try load(try gzip(rows), from: name)
    #expect(done.status == 0, "\(done.output)")
    #expect(done.output.contains("\(count) rows: \(count) created"), "\(done.output)")
    #expect(try names.filter { $0.contains("-import-") } == [])
  }

  @Test func `a file that was never served has no codes to import by`() throws {
    let unserved = folder.appending(path: "unserved.db").path
    _ = try adminKey(unserved)
    let refused = try load(Data(Self.lines.utf8), from: "a.ndjson", "--database", unserved)
    #expect(refused.status != 0 && refused.output.contains("`cairn serve`"), "\(refused.output)")
    try ServerProcess(builtCairn, "--database", unserved, "--empty").stop()
    let done = try load(Data(Self.lines.utf8), from: "a.ndjson", "--database", unserved)
    #expect(done.output.contains("1 created"), "\(done.output)")
  }

  @Test(arguments: [[], ["--dry-run"]])
  func `an atomic one of which a row is rejected says that nothing is stored`(more: [String]) throws
  {
    let file = folder.appending(path: "rows.csv")
    try Data("external_id,title\na,One\nb,\n".utf8).write(to: file)
    let refused = try CommandRun(
      [builtCairn, "import", file.path, "--database", database, "--mode", "atomic"] + more)
    #expect(refused.status == 1)
    #expect(refused.output.contains("stored, since rows were rejected: 1."), "\(refused.output)")
    #expect(refused.output.contains(#""external_id":"b""#), "\(refused.output)")
  }

  @Test func `several members are one file`() throws {
    let data = try gzip("title\nOne\n") + gzip("Two\n")
    #expect(try load(data, from: "rows.gz", "--format", "csv").output.contains("2 rows: 2 created"))
  }

  @Test func `one that breaks off, or has something behind it, stores nothing`() throws {
    let whole = try gzip(Self.sheet)
    for data in [whole.dropLast(4), whole + Data("and more".utf8), whole.prefix(2)] {
      let refused = try load(data, from: "rows.csv.gz")
      #expect(
        refused.status != 0 && refused.output.contains("isn't sound gzip"), "\(refused.output)")
    }
    #expect(try load(whole, from: "rows.csv.gz").output.contains("2 rows: 2 created"))
  }
}
