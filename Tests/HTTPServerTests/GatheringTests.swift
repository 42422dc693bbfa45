import Foundation
import HTTP
import HTTPServer
import HTTPTypes
import Synchronization
import Testing
import Wire

/// Requests that are answered together.
@Suite struct GatheringTests {
  /// The groups that were answered, as paths; each but those of /free waits to be let go.
  private final class Gate: Sendable {
    let groups = Mutex<[[String]]>([])
    let arrived = DispatchSemaphore(value: 0)
    let opened = DispatchSemaphore(value: 0)
  }

  /// POSTs are answered together, everything else by the one worker there is.
  private func server(_ gate: Gate) throws -> Server {
    try Server(on: ListenAddress(port: 0), loops: 2, workers: 1) {
      Service(
        respond: { request, place in
          if place == .loop { return nil }
          return Response(.ok, body: Array(request.target.path.utf8))
        },
        joins: { $0.method == .post },
        respondTogether: { requests in
          gate.groups.withLock { $0.append(requests.map(\.target.path)) }
          gate.arrived.signal()
          _ = gate.opened.wait(timeout: .now() + 20)
          return requests.map { Response(.created, body: Array($0.target.path.utf8)) }
        },
        refuse: { Response($0.status) })
    }
  }

  @Test
  func `one that comes alone waits for nobody, and those that come meanwhile are the next group`()
    throws
  {
    let gate = Gate()
    let server = try server(gate)
    defer { server.stop() }
    let wires = try (0..<9).map { _ in try Wire(port: server.port) }
    func post(_ number: Int) throws {
      try wires[number].send("POST /\(number) HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
    }
    try post(0)
    #expect(gate.arrived.wait(timeout: .now() + 20) == .success)
    for number in 1..<8 { try post(number) }
    // More of them wait than there are workers, and none has one: a read is answered.
    try wires[8].send("GET /read HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(try wires[8].answer().text == "/read")
    for _ in wires { gate.opened.signal() }
    for number in 0..<8 { #expect(try wires[number].answer().text == "/\(number)") }
    let groups = gate.groups.withLock { $0 }
    #expect(groups.first == ["/0"])
    #expect(groups.joined().sorted() == (0..<8).map { "/\($0)" })
    // All that had come by then; how many that was is the kernel's to say.
    #expect(groups.count < 8)
  }
}
