import Foundation
import JSON
import Registry
import Testing
import Wire

/// Rows are checked ahead of their turn, and stored as if they were not.
@Suite struct ImportRunTests {
  private let folder: URL
  private let path: String
  private let registry: Registry
  private let admin: Key

  init() throws {
    folder = try temporaryFolder()
    path = folder.appending(path: "registry.db").path
    registry = try Registry(path: path)
    admin = try registry.makeSchools()
  }

  private func run(
    _ lines: [String], _ mode: ImportOptions.Mode = .partial, into opened: Registry? = nil
  ) throws -> ImportRun {
    let file = folder.appending(path: "rows.ndjson")
    try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    var options = ImportOptions(format: .ndjson)
    options.mode = mode
    return try ImportRun(
      Spool(path: file.path, .reading), as: .credential, options, by: admin,
      into: opened ?? registry)
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

  @Test(arguments: [ImportOptions.Mode.partial, .atomic], ["", #""provider": "old-school", "#])
  func `each row meets those before it, whichever batch they were in`(
    mode: ImportOptions.Mode, provider: String
  ) throws {
    let lines = (1...900).map { number in
      // Every seventh says something new of the one before it, and every tenth says it again.
      let (id, title) =
        number % 7 == 0
        ? (number - 1, "Course, again")
        : number % 10 == 0 ? (number - 1, "Course") : (number, "Course")
      return #"{"external_id": "\#(id)", \#(provider)"title": "\#(title)", "countries": ["DK"]}"#
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
    #expect(try CheckReport(of: path, .items).staleItems == [])
  }

  @Test func `what became of providers between a row's check and its turn counts`() throws {
    let lines = (1...1500).map {
      #"{"external_id": "\#($0)", "title": "Course \#($0)", "provider": "old-school"}"#
    }
    let run = try run(lines)
    // A batch ends early where others wait to write.
    let others = Others(registry, admin)
    _ = try run.step()
    others.end()
    #expect(run.progress.counts.created < 1500)
    // The next rows have been checked by now, with a provider that answers by another from here on.
    _ = try registry.merge(
      .provider, "old-school", .object([.init(name: "into", value: "new-school")]),
      ifAt: { _ in true }, by: admin)
    _ = try results(run)
    #expect(run.progress.counts.created == 1500)
    for number in [1, 250, 1500] {
      let provider = try registry.item(.credential, "course-\(number)", for: .admin) { record in
        record.cell(record.fields.firstIndex { $0.name == "provider" } ?? 0)
      }
      #expect(provider == "new-school", "\(number)")
    }
    #expect(try CheckReport(of: path, .items).staleItems == [])
  }

  @Test
  func `rows whose slugs and external ids were taken before the server started are told apart`()
    throws
  {
    func row(_ number: Int) -> String {
      #"{"external_id": "\#(number)", "provider": "old-school", "title": "Course \#(number % 50)"}"#
    }
    _ = try results(try run((1...100).map(row)))
    // What it doesn't remember is in its indexes alone.
    let reopened = try Registry(path: path)
    let run = try run((1...300).map(row) + [row(7), row(250)], into: reopened)
    let results = try results(run)
    for number in 1...300 {
      #expect(results[number] == (number <= 100 ? "unchanged" : "created"), "\(number)")
    }
    #expect([results[301], results[302]] == ["unchanged", "unchanged"])
    #expect(try CheckReport(of: path, .items).isSound)
  }

  @Test
  func
    `rows stored by one statement keep what the file asks for, and what stands against one is told`()
    throws
  {
    _ = try registry.create(
      .credential, try JSONValue(parsing: Array(#"{"title": "Taken", "slug": "taken"}"#.utf8)),
      by: admin)
    func row(_ id: String, _ more: String) -> String {
      #"{"external_id": "\#(id)", "provider": "old-school", \#(more)}"#
    }
    let run = try run([
      row("1", #""title": "Welding", "awarding_bodies": [{"provider": "new-school"}]"#),
      row("2", #""title": "Welding""#), row("3", #""title": "Else", "slug": "taken""#),
      row("4", #""title": "Wrong", "sector": "ZZ""#), row("5", #""title": "Mine", "slug": "mine""#),
      row("6", #""title": "Mine, too", "slug": "mine""#), row("1", #""title": "Welding anew""#),
      row("7", #""title": "Draft", "status": "draft""#),
    ])
    let results = try results(run)
    #expect(
      (1...8).map { results[$0] } == [
        "created", "created", "rejected", "rejected", "created", "rejected", "updated", "created",
      ])
    #expect(run.progress.counts.created == 4)
    for (slug, title) in [("welding", "Welding anew"), ("welding-2", "Welding"), ("mine", "Mine")] {
      let found = try registry.item(.credential, slug, for: .admin) { record in
        record.cell(record.fields.firstIndex { $0.name == "title" } ?? 0)
      }
      #expect(found == title)
    }
    var actions: [String] = []
    _ = try registry.history(.credential, "welding", for: .admin) {
      actions.append($0.action.rawValue)
    }
    #expect(actions.sorted() == ["create", "patch"])
    #expect(try CheckReport(of: path, .items).isSound)
  }
}
