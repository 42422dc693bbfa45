import API
import HTTPTypes
import Synchronization
import Testing
import Wire

@Suite("webhooks' secrets", .enabled(if: TestAPI.isInProcess)) struct RotatedWebhookTests {
  private func rotate(_ webhook: JSON, of all: Delivering, answers status: Int = 200) throws {
    let path = "/v1/webhooks/\(webhook["id"]?.string ?? ""):rotate"
    let answer = try all.api.respond(.post, path, all.admin)
    #expect(answer.status == status, "\(answer.text)")
    all.deliveries.ring()
  }

  @Test func `for a day after its rotation the old secret signs as well`() throws {
    let all = try Delivering()
    let webhook = try all.webhook()
    let id = try #require(webhook["id"]?.string)
    let rotated = try all.api.respond(.post, "/v1/webhooks/\(id):rotate", all.admin).json
    let (old, new) = (webhook["secret"]?.string ?? "", rotated["secret"]?.string ?? "")
    #expect(old != new && new.hasPrefix("whsec_"))
    try all.post("First")
    let both = try #require(all.receiver.waits(for: 1).first)
    #expect(
      try both.fields["webhook-signature"]
        == "\(both.signature(by: new)) \(both.signature(by: old))")
    _ = try all.attempts(of: webhook, 1)
    try all.pass(to: "2026-11-26T08:00:00Z")
    try all.post("Second")
    let alone = try #require(all.receiver.waits(for: 2).last)
    #expect(try alone.fields["webhook-signature"] == alone.signature(by: new))
  }

  @Test func `while the old secret signs there is no third`() throws {
    let all = try Delivering()
    let path = "/v1/webhooks/\(try all.webhook()["id"]?.string ?? ""):rotate"
    #expect(try all.api.respond(.post, path, all.admin).status == 200)
    try all.clock.set("2026-11-26T07:59:59Z")
    let refusal = try all.api.respond(.post, path, all.admin)
    #expect(refusal.status == 409)
    #expect(
      refusal.json["detail"]
        == "The secret before this one signs until 2026-11-26T08:00:00Z: rotate again from then on."
    )
    try all.clock.set("2026-11-26T08:00:00Z")
    #expect(try all.api.respond(.post, path, all.admin).status == 200)
  }

  @Test func `what failed meanwhile is tried at once with the new one, and what waits, too`() throws
  {
    let held = Held("second")
    let isDown = Atomic(true)
    let all = try Delivering {
      _ = held.hold($0)
      return .status($0.slug == "second" && isDown.load(ordering: .relaxed) ? 500 : 200)
    }
    let webhook = try all.webhook()
    try all.post("First", "Second")
    try held.during { try rotate(webhook, of: all) }
    let waiting = try #require(try all.attempts(of: webhook, 3).first)
    #expect(waiting["attempt"]?.number == 1 && waiting["next_attempt_at"] != .null)
    isDown.store(false, ordering: .relaxed)
    try all.clock.set("2026-11-26T08:00:00Z")
    try rotate(webhook, of: all)
    #expect(try all.attempts(of: webhook, 4).first?["status"]?.number == 200)
    #expect(all.receiver.all.map(\.slug) == ["first", "second", "second", "second"])
  }

  @Test func `a new secret gives a message that fails no more attempts than it had`() throws {
    let held = Held("third")
    let down = Mutex<Set<String>>(["second", "third"])
    let all = try Delivering {
      _ = held.hold($0)
      let slug = $0.slug ?? ""
      return .status(down.withLock { $0.contains(slug) } ? 500 : 200)
    }
    let webhook = try all.webhook()
    try all.post("First", "Second", "Third")
    _ = try all.attempts(of: webhook, 2)
    try all.pass(to: "2026-11-25T08:00:07Z")
    _ = try all.attempts(of: webhook, 3)
    try rotate(webhook, of: all)
    let waiting = try #require(try all.attempts(of: webhook, 4).first)
    #expect(waiting["attempt"]?.number == 3 && waiting["next_attempt_at"] != .null)
    // What follows has its own: the third is under way when the secret changes once more.
    down.withLock { $0 = ["third"] }
    try all.clock.set("2026-11-26T09:00:00Z")
    try rotate(webhook, of: all)
    try held.during {
      try all.clock.set("2026-11-27T09:00:00Z")
      try rotate(webhook, of: all)
    }
    let last = try all.attempts(of: webhook, 7).map { $0["attempt"]?.number }
    #expect(last == [1, 1, 4, 3, 2, 1, 1])
  }
}
