import Foundation
import Resources
import Testing

/// The house's own rules: which room may know which, and that what is compiled in is what lies in the folders.
@Suite struct HouseTests {
  private let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let rooms: [String: Set<String>] = [
    "JSON": [], "HTTP": [], "Crypto": ["COpenSSL"], "SQLite": ["CSQLite", "CWriteAheadLog"],
    "Resources": ["CResources"], "Compression": ["CZlib"], "HTTPClient": ["COpenSSL"],
    "HTTPServer": ["HTTP", "CLinux", "COpenSSL"],
    "Registry": ["SQLite", "Crypto", "JSON", "Resources"],
    "API": ["Compression", "HTTP", "JSON", "Registry", "Resources"],
    "Explorer": ["API", "HTTP", "JSON", "Resources"],
    "cairn": ["API", "Explorer", "HTTP", "HTTPClient", "HTTPServer", "Registry"],
  ]
  private static let speakers: Set = [
    "CLinux", "CSQLite", "CWriteAheadLog", "COpenSSL", "CResources", "CZlib",
  ]

  @Test(arguments: rooms.keys.sorted())
  func `a room imports only the rooms it may know`(room: String) throws {
    let allowed = try #require(Self.rooms[room])
    for file in try swiftFiles(in: root.appending(path: "Sources/\(room)")) {
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        let words = line.split(separator: " ")
        guard let index = words.firstIndex(of: "import"), index < 2, words.count == index + 2 else {
          continue
        }
        let imported = String(words[index + 1])
        guard Self.rooms[imported] != nil || Self.speakers.contains(imported) else { continue }
        #expect(allowed.contains(imported), "\(file.lastPathComponent) imports \(imported)")
      }
    }
  }

  @Test func `every folder under Sources is one of the rooms, or speaks to C`() throws {
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: "Sources").path)
    let known = Set(Self.rooms.keys).union(Self.speakers)
    #expect(Set(folders) == known)
  }

  @Test func `what is compiled in is what lies in Migrations, Data, Web and openapi.yaml`() throws {
    #expect(Resources.migrations.map { $0.name + ".sql" } == (try files("Migrations", "sql")))
    #expect(Resources.data.map { $0.name + ".csv" }.sorted() == (try files("Data", "csv")))
    for file in Resources.migrations {
      #expect(file.text == (try text("Migrations/\(file.name).sql")))
    }
    for file in Resources.data { #expect(file.text == (try text("Data/\(file.name).csv"))) }
    #expect(Resources.web.map(\.name).sorted() == (try paths("Web")))
    for file in Resources.web {
      let stored = try Data(contentsOf: root.appending(path: "Web/\(file.name)"))
      let isSame = file.bytes == Array(stored)
      #expect(isSame, "\(file.name)")
    }
    let isSame = try Resources.openapi == text("openapi.yaml")
    #expect(isSame)
  }

  @Test func `every data file has its provenance`() throws {
    let provenance = try text("Data/PROVENANCE.md")
    for name in try files("Data", "csv") { #expect(provenance.contains(name), "\(name)") }
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  private func paths(_ folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
      .filter { $0.contains(".") }.sorted()
  }

  private func files(_ folder: String, _ ending: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
      .filter { $0.hasSuffix("." + ending) }.sorted()
  }

  private func swiftFiles(in folder: URL) throws -> [URL] {
    let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (all?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
  }
}
