import Foundation
import Testing
import Wire

/// Keys as whoever runs the registry makes, rotates and ends them, and what is safe to send twice.
@Suite struct KeyCommandTests {
  private let database: String

  init() throws { database = try temporaryFolder().appending(path: "registry.db").path }

  private func cairn(_ arguments: String...) throws -> CommandRun {
    try CommandRun([builtCairn] + arguments + ["--database", database])
  }

  private func made(_ run: CommandRun) -> String {
    run.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func request(_ key: String, once: String = "", _ name: String = "A") -> String {
    let body = #"{"name": "\#(name)"}"#
    return
      "POST /v1/providers HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(key)\r\nContent-Type: application/json\r\n"
      + (once.isEmpty ? "" : "Idempotency-Key: \(once)\r\n")
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  private func status(_ server: ServerProcess, _ request: String) throws -> Int {
    let wire = try Wire(port: server.port)
    try wire.send(request)
    return try wire.answer().status
  }

  /// The list's cells, a row a key.
  private func keys() throws -> [[String]] {
    try cairn("key", "list").output.split(separator: "\n").dropFirst().map {
      $0.split(separator: "\t").map(String.init)
    }
  }

  @Test
  func
    `a successor that was lost is revoked, and the next one lasts as long as the first key was to`()
    throws
  {
    _ = try cairn("key", "create", "--role", "admin", "--expires", "2099-01-01")
    let first = try #require(try keys().first)
    #expect(try cairn("key", "rotate", first[0], "--overlap", "1h").status == 0)
    let lost = try #require(try keys().first { $0[0] != first[0] })
    #expect(try cairn("key", "revoke", lost[0]).status == 0)
    #expect(try cairn("key", "rotate", first[0], "--overlap", "1h").status == 0)
    let third = try #require(try keys().first { $0[0] != first[0] && $0[0] != lost[0] })
    #expect(third[4] == first[4])
  }

  @Test func `a key that is over already, or whose label would break the list, isn't made`() throws
  {
    for (option, text, said) in [
      ("--expires", "2020-01-01", "over already"), ("--label", "a\tb", "one line"),
      ("--label", "a\nb", "one line"),
    ] {
      let made = try cairn("key", "create", "--role", "admin", option, text)
      #expect(made.status == 64 && made.output.contains(said), "\(made.output)")
    }
    #expect(try keys().isEmpty)
  }

  @Test func `a rotated key and its successor both stand for the overlap, and then the new one`()
    throws
  {
    let old = made(try cairn("key", "create", "--role", "admin", "--label", "mine"))
    let server = try ServerProcess(builtCairn, "--database", database, "--empty")
    defer { server.stop() }
    let id = try #require(try keys().first?.first)
    let new = made(try cairn("key", "rotate", id, "--overlap", "2h"))
    #expect(new.hasPrefix("cairn_") && new != old)
    #expect(try status(server, request(old)) == 201)
    #expect(try status(server, request(new)) == 201)
    let rows = try keys()
    #expect(rows.map { $0[1] } == ["admin", "admin"] && rows.map(\.last) == ["mine", "mine"])
    // The old one ends, the new one doesn't, and both say when they last wrote.
    #expect(rows[0][4] != "-" && rows[1][4] == "-")
    #expect(rows.allSatisfy { $0[5] != "-" })
    let last = made(try cairn("key", "rotate", rows[1][0], "--overlap", "0m"))
    #expect(try status(server, request(new)) == 401)
    #expect(try status(server, request(last)) == 201)
    #expect(try cairn("key", "rotate", rows[1][0]).status != 0)
    let again = try cairn("key", "rotate", id)
    #expect(again.status == 1 && again.output.contains("rotated already"))
    #expect(try cairn("key", "rotate", id, "--overlap", "soon").output.contains("30m, 12h, 7d"))
  }

  @Test
  func `of twins sent at once one is run, and the others get its answer, also after a restart`()
    throws
  {
    let key = made(try cairn("key", "create", "--role", "admin"))
    let server = try ServerProcess(builtCairn, "--database", database, "--empty")
    let wires = try (0..<16).map { _ in try Wire(port: server.port) }
    for wire in wires { try wire.send(request(key, once: "k")) }
    let answers = try wires.map { try $0.answer() }
    #expect(answers.allSatisfy { $0.status == 201 && $0.text == answers[0].text })
    #expect(answers.count { $0["Idempotency-Replayed"] == nil } == 1)
    server.kill()
    let again = try ServerProcess(builtCairn, "--database", database, "--empty")
    defer { again.stop() }
    let wire = try Wire(port: again.port)
    try wire.send(request(key, once: "k"))
    let answer = try wire.answer()
    #expect(answer.text == answers[0].text && answer["Idempotency-Replayed"] == "true")
    #expect(try status(again, request(key, once: "k", "B")) == 422)
    // Another key's word is its own.
    let other = made(try cairn("key", "create", "--role", "admin"))
    #expect(try status(again, request(other, once: "k", "B")) == 201)
  }
}
