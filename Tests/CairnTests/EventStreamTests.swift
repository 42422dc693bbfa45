import Foundation
import Testing
import Wire

/// `/v1/changes` followed live, as a browser's EventSource does.
@Suite struct EventStreamTests {
  private let database: String
  private let server: ServerProcess
  private let key: String

  init() throws {
    database = try temporaryFolder().appending(path: "registry.db").path
    key = try adminKey(database)
    server = try ServerProcess(builtCairn, "--database", database, "--empty", "--no-access-log")
  }

  private func follow(_ query: String = "", _ fields: String = "") throws -> Wire {
    let wire = try Wire(port: server.port)
    try wire.send(
      "GET /v1/changes\(query) HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\(fields)\r\n")
    try wire.read(until: "\r\n\r\n")
    return wire
  }

  private func post(_ name: String) throws {
    let body = #"{"name": "\#(name)"}"#
    let wire = try Wire(port: server.port)
    try wire.send(
      "POST /v1/providers HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(key)\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    )
    #expect(try wire.answer().status == 201)
  }

  @Test func `changes come as they are made, and on from the last event that was had`() throws {
    try post("first")
    let wire = try follow()
    try post("second")
    try wire.read(until: "id: 2\ndata: {\"sequence\":2,")
    try wire.read(until: "\"slug\":\"second\"")
    try wire.read(until: "}\n\n")
    try post("third")
    try wire.read(until: "id: 3\n")
    // Who comes back says where he was, whatever his URL says.
    let again = try follow("?since=0", "Last-Event-ID: 1\r\n")
    try again.read(until: "id: 2\n")
    try again.read(until: "id: 3\n")
    let all = try follow("?since=0&noun=provider")
    for number in 1...3 { try all.read(until: "id: \(number)\n") }
    server.stop()
    for (wire, events) in [(wire, 2), (again, 2), (all, 3)] {
      let answer = try wire.answer()
      #expect(answer["Content-Type"] == "text/event-stream")
      #expect(answer["Cache-Control"] == "no-store")
      #expect(answer.text.components(separatedBy: "data: ").count == events + 1)
    }
  }

  @Test func `an id that isn't an event's is refused`() throws {
    let wire = try Wire(port: server.port)
    try wire.send(
      "GET /v1/changes HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\nLast-Event-ID: x\r\n\r\n"
    )
    #expect(try wire.answer().status == 400)
  }
}
