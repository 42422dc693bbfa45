import Foundation
import JSON
import Registry
import Testing

/// Rows are checked ahead of their turn, and stored as if they were not.
@Suite struct ImportRunTests {
  private let folder: URL
  private let registry: Registry
  private let admin: Key

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "cairn-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    registry = try Registry(path: folder.appending(path: "registry.db").path)
    try registry.loadOwnData()
    admin = try #require(
      try registry.key(try registry.createKey(.admin, label: nil, expiresAt: nil).key))
    for name in ["Old school", "New school"] {
      _ = try registry.create(
        .provider, .object([.init(name: "name", value: .string(name))]), by: admin)
    }
  }

  private func run(_ lines: [String], _ mode: ImportOptions.Mode = .partial) throws -> ImportRun {
    let file = folder.appending(path: "rows.ndjson")
    try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    var options = ImportOptions(format: .ndjson)
    options.mode = mode
    return try ImportRun(
      Spool(path: file.path, .reading), as: .credential, options, by: admin, into: registry)
  }

  /// What became of each line, by its number.
  private func results(_ run: ImportRun) throws -> [Int: String] {
    var results: [Int: String] = [:]
    while let lines = try run.step() {
      for line in lines.split(separator: UInt8(ascii: "\n")) {
        let json = try JSONValue(parsing: Array(line))
        if case .integer(let number)? = json["line"], case .string(let result)? = json["result"] {
          results[Int(number)] = result
        }
      }
    }
    return results
  }

  @Test(arguments: [ImportOptions.Mode.partial, .atomic])
  func `each row meets those before it, whichever batch they were in`(mode: ImportOptions.Mode)
    throws
  {
    defer { try? FileManager.default.removeItem(at: folder) }
    let lines = (1...900).map { number in
      // Every seventh says something new of the one before it, and every tenth says it again.
      let (id, title) =
        number % 7 == 0
        ? (number - 1, "Course, again")
        : number % 10 == 0 ? (number - 1, "Course") : (number, "Course")
      return #"{"external_id": "\#(id)", "title": "\#(title)", "countries": ["DK"]}"#
    }
    let run = try run(lines, mode)
    let results = try results(run)
    for number in 1...900 {
      // What every tenth repeats may have been one that said something new of another.
      let isKnown = number % 7 == 0 || number % 10 == 0
      if !isKnown { #expect(results[number] == "created", "\(number)") }
      if number % 7 == 0, (number - 1) % 10 != 0 {
        #expect(results[number] == "updated", "\(number)")
      }
    }
    #expect(run.progress.counts.rows == 900)
    #expect(try registry.staleItems() == [])
  }

  @Test func `what became of providers between a row's check and its turn counts`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let lines = (1...700).map {
      #"{"external_id": "\#($0)", "title": "Course \#($0)", "provider": "old-school"}"#
    }
    let run = try run(lines)
    _ = try run.step()
    // The next rows have been checked by now, with a provider that answers by another from here on.
    _ = try registry.merge(
      .provider, "old-school", .object([.init(name: "into", value: "new-school")]), by: admin)
    _ = try results(run)
    #expect(run.progress.counts.created == 700)
    for number in [1, 250, 700] {
      let provider = try registry.item(.credential, "course-\(number)", for: .admin) { record in
        record.cell(record.fields.firstIndex { $0.name == "provider" } ?? 0)
      }
      #expect(provider == "new-school", "\(number)")
    }
    #expect(try registry.staleItems() == [])
  }
}
