import HTTPTypes
import Registry
import Synchronization
import Testing
import Wire

@testable import API

/// Whose messages are sent when there are more than can be sent at once.
@Suite("webhooks' turns", .enabled(if: TestAPI.isInProcess)) struct WebhookTurnsTests {
  @Test func `a receiver that hangs costs its owner's webhooks time, and nobody else's`() throws {
    let all = try Delivering(empty: false) { $0.target == "/slow" ? .silence : .status(200) }
    let (slow, quick) = (try all.api.provider("Slow"), try all.api.provider("Quick"))
    for _ in 0..<10 { try all.webhook(at: "/slow", by: slow.fields) }
    let good = try all.webhook(at: "/quick", by: quick.fields)
    for (owner, heard) in [(slow, 4), (quick, 5)] {
      let body = #"{"title": "A"}"#
      #expect(try all.api.respond(.post, "/v1/credentials", owner.fields, body).status == 201)
      all.deliveries.ring()
      #expect(all.receiver.waits(for: heard).count >= heard)
    }
    #expect(try all.attempts(of: good, 1).first?["status"]?.number == 200)
    #expect(all.receiver.all.filter { $0.target == "/slow" }.count == 4)
  }

  @Test func `who is far behind gives way to those who wait`() throws {
    let all = try Delivering()
    all.stop()
    let moment = Atomic(all.clock.environment.now().milliseconds)
    all.receiver.answer { [clock = all.clock] _ in
      // Each message takes two seconds of the test's.
      let now = moment.add(2000, ordering: .relaxed).newValue
      try? clock.set(Instant(milliseconds: now).text)
      return .status(200)
    }
    let count = 20
    for number in 1...count { try all.post("P\(number)") }
    let webhooks = try (1...5).map { try all.webhook(#", "since": 0"#, at: "/\($0)") }
    try all.restart()
    for webhook in webhooks { _ = try all.attempts(of: webhook, count) }
    // Four have a place at once, and the fifth gets one before any of them has told all.
    var told: [String: Int] = [:]
    for heard in all.receiver.all where told.count < 5 { told[heard.target, default: 0] += 1 }
    #expect(told.count == 5 && told.values.allSatisfy { $0 < count }, "\(told)")
  }

  @Test func `nothing is remembered of a webhook that was deleted`() throws {
    let all = try Delivering()
    let webhook = try all.webhook(#", "events": ["credential"]"#)
    try all.post("Not wanted")
    func remembers(_ count: Int) -> Bool {
      all.waits(until: { all.deliveries.state.withLock { $0.passed.count } == count })
    }
    #expect(remembers(1))
    #expect(try all.change(webhook, .delete).status == 200)
    #expect(remembers(0))
  }
}
