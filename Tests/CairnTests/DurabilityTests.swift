import Foundation
import Glibc
import Testing
import Wire

/// What the built program does when its file, its disk or another process is in the way.
@Suite struct DurabilityTests {
  private let folder: URL
  private var database: String { folder.appending(path: "registry.db").path }

  init() throws {
    folder = try temporaryFolder()
  }

  private func post(_ server: ServerProcess, _ key: String, _ json: String) throws -> Answer {
    let wire = try Wire(port: server.port)
    try wire.send(
      "POST /v1/credentials HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(key)\r\nContent-Type: application/json\r\nContent-Length: \(json.utf8.count)\r\n\r\n\(json)"
    )
    return try wire.answer()
  }

  @Test func `one process serves a file; commands work beside it, and the next serves after it`()
    throws
  {
    let server = try ServerProcess(builtCairn, "--database", database)
    let second = try cairn("serve", "--port", "0", "--database", database)
    #expect(second.status == 1 && second.output.contains("Another cairn serves this database"))
    #expect(try cairn("check", "--database", database).status == 0)
    let key = try adminKey(database)
    #expect(try post(server, key, #"{"title": "Beside"}"#).status == 201)
    server.kill()
    // A lock that a process held is gone with it.
    let next = try ServerProcess(builtCairn, "--database", database)
    #expect(try next.get("/v1/credentials/beside").status == 200)
    #expect(next.stop() == 0)
  }

  @Test func `a file that is served has no other name to be served by`() throws {
    let server = try ServerProcess(builtCairn, "--database", database)
    let (symbolic, hard) = (database + "-symbolic", database + "-hard")
    try FileManager.default.createSymbolicLink(atPath: symbolic, withDestinationPath: database)
    for command in [["serve", "--port", "0"], ["restore", "--force", database]] {
      let second = try CommandRun([builtCairn] + command + ["--database", symbolic])
      #expect(second.status == 1 && second.output.contains("Another cairn serves this database"))
    }
    try FileManager.default.linkItem(atPath: database, toPath: hard)
    let third = try cairn("serve", "--port", "0", "--database", hard)
    #expect(third.status == 1 && third.output.contains("hard link"), "\(third.output)")
    #expect(server.stop() == 0)
  }

  @Test func `on a full disk writes are 507 and reads go on, and writes come back with the space`()
    throws
  {
    let server = try ServerProcess(builtCairn, "--database", database, "--empty")
    defer { server.stop() }
    let key = try adminKey(database)
    try server.limitFiles(to: 3 << 20)
    let text = String(repeating: "words of every kind ", count: 900)
    var stored: [String] = []
    var refused: Answer?
    for number in 0..<2000 where refused == nil {
      let answer = try post(server, key, #"{"title": "T\#(number)", "description": "\#(text)"}"#)
      if answer.status == 201 { stored.append("t\(number)") } else { refused = answer }
    }
    #expect(!stored.isEmpty)
    #expect(refused?.status == 507, "\(refused?.text ?? "never full")")
    #expect(refused?.text.contains("storage-full") == true)
    for slug in stored { #expect(try server.get("/v1/credentials/\(slug)").status == 200) }
    #expect(try server.get("/v1/credentials/t\(stored.count)").status == 404)
    try server.limitFiles(to: nil)
    #expect(try post(server, key, #"{"title": "After"}"#).status == 201)
    #expect(try cairn("check", "--database", database).status == 0)
  }

  @Test func `a file that can't be written isn't served, and a sentence says why`() throws {
    #expect(try ServerProcess(builtCairn, "--database", database, "--empty").stop() == 0)
    #expect(chmod(database, 0o444) == 0)
    let refused = try cairnOfNoRights("serve", "--port", "0", "--database", database)
    #expect(refused.status == 1 && refused.output.contains("can't be written"), "\(refused.output)")
  }

  @Test(arguments: [true, false])
  func `once its file is replaced or gone, a server takes nothing more that would be lost`(
    isReplaced: Bool
  ) throws {
    let key = try adminKey(database)
    let server = try ServerProcess(builtCairn, "--database", database, "--empty")
    defer { server.stop() }
    #expect(try post(server, key, #"{"title": "Before"}"#).status == 201)
    #expect(try server.get("/readyz").status == 200)
    let other = database + ".new"
    #expect(try cairn("backup", other, "--database", database).status == 0)
    #expect(isReplaced ? rename(other, database) == 0 : unlink(database) == 0)
    let refused = try post(server, key, #"{"title": "After"}"#)
    #expect(refused.status == 503, "\(refused.text)")
    #expect(try server.get("/readyz").status == 503)
    #expect(try server.get("/v1/credentials/before").status == 200)
  }

  @Test func `why a streamed answer breaks off is logged`() throws {
    try ServerProcess(builtCairn, "--database", database).stop()
    var file = try Data(contentsOf: URL(fileURLWithPath: database))
    // The leaves that hold the last countries: the first page of the answer is whole.
    var found = file.range(of: Data("Kosovo".utf8))
    while let range = found {
      let page = range.lowerBound / 4096 * 4096
      file.replaceSubrange(page..<page + 8, with: Data(repeating: 0xFF, count: 8))
      found = file.range(of: Data("Kosovo".utf8), in: (page + 4096)..<file.count)
    }
    try file.write(to: URL(fileURLWithPath: database))
    let server = try ServerProcess(builtCairn, "--database", database, withLog: true)
    defer { server.stop() }
    let wire = try Wire(port: server.port)
    try wire.send("GET /v1/countries.csv HTTP/1.1\r\nHost: a\r\nX-Request-Id: broken-1\r\n\r\n")
    #expect(throws: (any Error).self) { try wire.answer() }
    #expect(server.says("request.id=broken-1 [API] answer broke off"))
  }

  @Test func `a damaged page is named, and nothing more is written`() throws {
    let key = try adminKey(database)
    let first = try ServerProcess(builtCairn, "--database", database)
    // The deck's rows, which are read at every start, are on other pages.
    for number in 0..<20 {
      #expect(try post(first, key, #"{"title": "Tanning of skins \#(number)"}"#).status == 201)
    }
    #expect(try post(first, key, #"{"title": "Zymurgical xylography"}"#).status == 201)
    #expect(first.stop() == 0)
    var file = try Data(contentsOf: URL(fileURLWithPath: database))
    // Every page that holds the title: its row's, and those of the indexes.
    var found = file.range(of: Data("Zymurgical".utf8))
    #expect(found != nil)
    while let range = found {
      let page = range.lowerBound / 4096 * 4096
      file.replaceSubrange(page..<page + 8, with: Data(repeating: 0xFF, count: 8))
      found = file.range(of: Data("Zymurgical".utf8), in: (page + 4096)..<file.count)
    }
    try file.write(to: URL(fileURLWithPath: database))
    let check = try cairn("check", "--database", database)
    #expect(check.status == 1 && check.output.lowercased().contains("page"), "\(check.output)")
    let server = try ServerProcess(builtCairn, "--database", database)
    let refused = try post(server, key, #"{"title": "Another"}"#)
    #expect(refused.status == 503 && refused.text.contains("damaged"), "\(refused.text)")
    #expect(try post(server, key, #"{"title": "And another"}"#).text.contains("damaged"))
    #expect(try server.get("/v1/countries/IE").status == 200)
    server.stop()
    #expect(try Data(contentsOf: URL(fileURLWithPath: database)) == file)
  }
}
