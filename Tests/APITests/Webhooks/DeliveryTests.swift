import API
import HTTPTypes
import Registry
import Synchronization
import Testing
import Wire

/// What receivers hear of changes, whatever becomes of them and of the server.
@Suite("webhook deliveries", .enabled(if: TestAPI.isInProcess)) struct DeliveryTests {
  @Test func `a change is told with what it was, signed as Standard Webhooks says`() throws {
    let all = try Delivering()
    let webhook = try all.webhook()
    try all.post("First")
    let heard = try #require(all.receiver.waits(for: 1).first)
    #expect(heard.target == "/hook")
    #expect(heard.fields["content-type"] == "application/json")
    #expect(heard.json["type"] == "provider.create")
    #expect(heard.json["timestamp"] == "2026-11-25T08:00:00Z")
    let change = try all.api.get("/v1/changes").json["items"]?.items.last
    #expect(heard.json["data"] == change)
    #expect(heard.fields["webhook-id"] == "msg_\(webhook["id"]?.string ?? "")_1_1795593600000")
    #expect(heard.fields["webhook-timestamp"] == "1795593600")
    let secret = try #require(webhook["secret"]?.string)
    #expect(try heard.fields["webhook-signature"] == heard.signature(by: secret))
    let attempt = try #require(try all.attempts(of: webhook, 1).first)
    #expect(attempt["status"]?.number == 200 && attempt["attempt"]?.number == 1)
    #expect(attempt["sequence"]?.number == 1 && attempt["error"] == .null)
  }

  @Test func `what fails is tried again, later each time, and nothing overtakes it`() throws {
    let failures = Atomic(3)
    let all = try Delivering { _ in
      .status(failures.subtract(1, ordering: .relaxed).oldValue > 0 ? 503 : 200)
    }
    let webhook = try all.webhook()
    try all.post("First", "Second")
    // 5 s, 30 s and 2 min, each up to a fifth more or less.
    var last: JSON?
    for (count, moment) in [
      (1, "2026-11-25T08:00:07Z"), (2, "2026-11-25T08:00:45Z"), (3, "2026-11-25T08:03:10Z"),
    ] {
      last = try all.attempts(of: webhook, count).first
      #expect(last?["status"]?.number == 503 && last?["attempt"]?.number == Double(count))
      let next = try #require(last?["next_attempt_at"]?.string)
      #expect(next < moment)
      try all.pass(to: moment)
    }
    let items = try all.attempts(of: webhook, 5)
    #expect(items.map { $0["sequence"]?.number } == [2, 1, 1, 1, 1])
    #expect(items.first?["attempt"]?.number == 1)
    let heard = all.receiver.all
    #expect(heard.map(\.slug) == ["first", "first", "first", "first", "second"])
    #expect(Set(heard.prefix(4).map { $0.fields["webhook-id"] }).count == 1)
    #expect(Set(heard.prefix(4).map { $0.fields["webhook-timestamp"] }).count == 4)
    #expect(Set(heard.prefix(4).map(\.text)).count == 1)
  }

  @Test func `a message isn't tried before its time, whatever else is written`() throws {
    let all = try Delivering { _ in .status(500) }
    let webhook = try all.webhook()
    try all.post("First")
    _ = try all.attempts(of: webhook, 1)
    try all.post("Second", "Third")
    let other = try all.webhook(#", "since": 0"#, at: "/other")
    all.deliveries.ring()
    _ = try all.attempts(of: other, 1)
    #expect(all.receiver.all.filter { $0.target == "/hook" }.count == 1)
  }

  @Test func `after the last attempt it waits, failing, until someone enables it`() throws {
    let isDown = Atomic(true)
    let all = try Delivering { _ in .status(isDown.load(ordering: .relaxed) ? 500 : 200) }
    let webhook = try all.webhook()
    try all.post("First", "Second")
    for count in 1...8 {
      _ = try all.attempts(of: webhook, count)
      try all.pass(to: "2026-12-\(10 + 2 * count)T00:00:00Z")
    }
    let last = try #require(try all.attempts(of: webhook, 9).first)
    #expect(last["attempt"]?.number == 9 && last["next_attempt_at"] == .null)
    #expect(try all.state(of: webhook) == "failing")
    isDown.store(false, ordering: .relaxed)
    #expect(try all.change(webhook, .patch, #"{"description": "still failing"}"#).status == 200)
    #expect(try all.state(of: webhook) == "failing")
    #expect(try all.change(webhook, .patch, #"{"enabled": true}"#).json["state"] == "enabled")
    #expect(all.receiver.waits(for: 11).suffix(2).map(\.slug) == ["first", "second"])
  }

  @Test func `410 ends it, and a redirection is no taker`() throws {
    let all = try Delivering { heard in
      heard.target == "/gone" ? .status(410) : .status(302, location: "http://127.0.0.1/x")
    }
    let (gone, moved) = (try all.webhook(at: "/gone"), try all.webhook(at: "/moved"))
    try all.post("First", "Second")
    #expect(try all.attempts(of: gone, 1).first?["next_attempt_at"] == .null)
    #expect(try all.state(of: gone) == "gone")
    let attempt = try #require(try all.attempts(of: moved, 1).first)
    #expect(attempt["status"]?.number == 302 && attempt["next_attempt_at"]?.string != nil)
    #expect(try all.state(of: moved) == "enabled")
    #expect(all.receiver.all.count == 2)
  }

  @Test func `a restart loses nothing and begins where it was`() throws {
    let all = try Delivering()
    let webhook = try all.webhook()
    try all.post("a1", "a2")
    _ = try all.attempts(of: webhook, 2)
    all.stop()
    try all.post("a3", "a4")
    #expect(all.receiver.all.count == 2)
    try all.restart()
    #expect(all.receiver.waits(for: 4).map(\.slug) == ["a1", "a2", "a3", "a4"])
    _ = try all.attempts(of: webhook, 4)
    try all.restart()
    try all.post("a5")
    #expect(all.receiver.waits(for: 5).map(\.slug) == ["a1", "a2", "a3", "a4", "a5"])
  }

  @Test func `stopped in the middle of a call, it makes that call again`() throws {
    let all = try Delivering { _ in .silence }
    let webhook = try all.webhook()
    try all.post("First")
    _ = all.receiver.waits(for: 1)
    all.stop()
    #expect(try all.attempts(of: webhook, 0).isEmpty)
    all.receiver.answer { _ in .status(200) }
    try all.restart()
    #expect(try all.attempts(of: webhook, 1).first?["attempt"]?.number == 1)
    #expect(all.receiver.all.map(\.slug) == ["first", "first"])
  }

  @Test func `a receiver that doesn't answer keeps neither writers nor other receivers`() throws {
    let all = try Delivering { $0.target == "/slow" ? .silence : .status(200) }
    try all.webhook(at: "/slow")
    let quick = try all.webhook(at: "/quick")
    for number in 1...150 { try all.post("p\(number)") }
    #expect(try all.attempts(of: quick, 150).count == 150)
    #expect(
      all.receiver.all.filter { $0.target == "/quick" }.map(\.slug) == (1...150).map { "p\($0)" })
    #expect(all.receiver.all.filter { $0.target == "/slow" }.count == 1)
  }

  @Test func `what is wanted is told, and nothing else`() throws {
    let all = try Delivering(empty: false)
    let credentials = try all.webhook(#", "events": ["credential"]"#, at: "/credentials")
    let ends = try all.webhook(
      #", "events": ["provider.patch", "credential.withdraw"]"#, at: "/ends")
    let own = try all.webhook(at: "/all")
    try all.post("School")
    let fields = all.admin.merging(["If-Match": "*"]) { $1 }
    for (method, path, body) in [
      (HTTPRequest.Method.post, "credentials", #"{"title": "TIG", "provider": "school"}"#),
      (.patch, "providers/school", #"{"country": "DK"}"#),
      (.patch, "credentials/tig", #"{"note": "n"}"#), (.delete, "credentials/tig", ""),
    ] {
      #expect(try all.api.respond(method, "/v1/\(path)", fields, body).status < 300)
    }
    all.deliveries.ring()
    for (webhook, count) in [(credentials, 3), (ends, 2), (own, 5)] {
      _ = try all.attempts(of: webhook, count)
    }
    func types(_ path: String) -> [String] {
      all.receiver.all.filter { $0.target == path }.compactMap { $0.json["type"]?.string }
    }
    #expect(
      types("/credentials") == ["credential.create", "credential.patch", "credential.withdraw"])
    #expect(types("/ends") == ["provider.patch", "credential.withdraw"])
    #expect(types("/all").count == 5)
  }

  @Test func `a provider is told of its own, drafts among it; an admin of what everyone may see`()
    throws
  {
    let all = try Delivering(empty: false)
    try all.post("One", "Two")
    let one = try all.api.writer(.provider(slug: "one"))
    let two = try all.api.writer(.provider(slug: "two"))
    let own = try all.webhook(at: "/own", by: one)
    #expect(own["provider"] == "one" && own["owner"] == "one")
    let seen = try all.webhook(at: "/all")
    for (fields, title, status) in [
      (one, "a", "draft"), (two, "b", "draft"), (one, "c", "published"), (two, "d", "published"),
    ] {
      let body = #"{"title": "\#(title)", "status": "\#(status)"}"#
      #expect(try all.api.respond(.post, "/v1/credentials", fields, body).status == 201)
    }
    all.deliveries.ring()
    _ = try all.attempts(of: own, 2)
    _ = try all.attempts(of: seen, 2)
    #expect(all.receiver.all.filter { $0.target == "/own" }.map(\.slug) == ["a", "c"])
    #expect(all.receiver.all.filter { $0.target == "/all" }.map(\.slug) == ["c", "d"])
  }

  @Test func `disabled it is told nothing; enabled, what it missed, unless it says since`() throws {
    let all = try Delivering()
    let webhook = try all.webhook(#", "enabled": false"#)
    #expect(webhook["state"] == "disabled")
    try all.post("First")
    let other = try all.webhook(at: "/other", by: nil)
    try all.post("Second")
    _ = try all.attempts(of: other, 1)
    #expect(all.receiver.all.map(\.target) == ["/other"])
    #expect(try all.change(webhook, .patch, #"{"enabled": true, "since": 1}"#).status == 200)
    _ = try all.attempts(of: webhook, 1)
    #expect(try all.change(webhook, .patch, #"{"since": 0}"#).status == 200)
    _ = try all.attempts(of: webhook, 3)
    #expect(
      all.receiver.all.filter { $0.target == "/hook" }.map(\.slug) == ["second", "first", "second"])
  }

  @Test func `a test is sent once, to a disabled one as well, and isn't a change`() throws {
    let all = try Delivering { _ in .status(500) }
    let webhook = try all.webhook(#", "enabled": false"#)
    let id = try #require(webhook["id"]?.string)
    let answer = try all.api.respond(.post, "/v1/webhooks/\(id):test", all.admin)
    #expect(answer.status == 202)
    all.deliveries.ring()
    let attempt = try #require(try all.attempts(of: webhook, 1).first)
    #expect(attempt["message"] == answer.json["message"] && attempt["sequence"] == .null)
    #expect(attempt["next_attempt_at"] == .null)
    let heard = try #require(all.receiver.all.first)
    #expect(heard.json["type"] == "webhook.test" && heard.json["data"]?["webhook"] == webhook["id"])
    #expect(
      try heard.fields["webhook-signature"] == heard.signature(by: webhook["secret"]?.string ?? ""))
    #expect(try all.state(of: webhook) == "disabled")
    try all.restart()
    try all.post("First")
    #expect(all.receiver.all.count == 1)
  }

  @Test func `deleted, it is told no more`() throws {
    let all = try Delivering()
    let (webhook, other) = (try all.webhook(), try all.webhook(at: "/other"))
    try all.post("First")
    _ = try all.attempts(of: webhook, 1)
    #expect(try all.change(webhook, .delete).status == 200)
    try all.post("Second")
    _ = try all.attempts(of: other, 2)
    #expect(all.receiver.all.filter { $0.target == "/hook" }.count == 1)
  }
}
