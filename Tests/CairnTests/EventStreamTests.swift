import Foundation
import Testing
import Wire

/// `/v1/changes` followed live, as a browser's EventSource does.
@Suite(.timeLimit(.minutes(1))) struct EventStreamTests {
  private let live: LiveRegistry

  init() throws { live = try LiveRegistry(empty: true) }

  @Test func `changes come as they are made, and on from the last event that was had`() throws {
    try live.post("first")
    let wire = try live.follow()
    // Before any event: who loses the connection now comes back to here.
    try wire.read(until: "id: 1-\(try live.feed)\n\n")
    try live.post("second")
    try wire.read(until: "id: 2-\(try live.feed)\ndata: {\"sequence\":2,")
    try wire.read(until: "\"slug\":\"second\"")
    try wire.read(until: "}\n\n")
    try live.post("third")
    try wire.read(until: "id: 3-")
    // Who comes back says where he was, whatever his URL says.
    let again = try live.follow("?since=0", "Last-Event-ID: 1\r\n")
    try again.read(until: "id: 2-")
    try again.read(until: "id: 3-")
    let all = try live.follow("?since=0&noun=provider")
    for number in 1...3 { try all.read(until: "id: \(number)-") }
    live.server.stop()
    for (wire, events) in [(wire, 2), (again, 2), (all, 3)] {
      let answer = try wire.answer()
      #expect(answer["Content-Type"] == "text/event-stream")
      #expect(answer["Cache-Control"] == "no-store")
      // Otherwise nginx keeps what it is sent until a buffer is full.
      #expect(answer["X-Accel-Buffering"] == "no")
      #expect(answer.text.components(separatedBy: "data: ").count == events + 1)
    }
  }

  @Test func `who is told nothing for long is told where he is`() throws {
    let quick = try LiveRegistry(empty: true, pulse: 1)
    let wire = try quick.follow()
    for _ in 1...3 { try wire.read(until: "id: 0-\(try quick.feed)\n\n") }
    quick.server.stop()
    #expect(try !wire.answer().text.contains("data:"))
  }

  @Test func `an id that isn't an event's is refused`() throws {
    let wire = try Wire(port: live.server.port)
    try wire.send(
      "GET /v1/changes HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\nLast-Event-ID: x\r\n\r\n"
    )
    #expect(try wire.answer().status == 400)
  }
}
