import API
import Dispatch
import HTTPTypes
import Registry
import Synchronization
import Testing
import Wire

/// What a webhook is told that changes, or whose provider does, while something waits for it.
@Suite("webhooks that change", .enabled(if: TestAPI.isInProcess)) struct ChangedWebhookTests {
  private func change(_ webhook: JSON, _ how: String, of all: Delivering) throws {
    let fields = all.admin.merging(["If-Match": "*"]) { $1 }
    let path = "/v1/webhooks/\(webhook["id"]?.string ?? "")"
    let answer =
      how == "rotate"
      ? try all.api.respond(.post, path + ":rotate", all.admin)
      : try all.api.respond(.patch, path, fields, how)
    #expect(answer.status == 200, "\(answer.text)")
  }

  @Test(arguments: ["rotate", #"{"description": "d"}"#, #"{"events": ["provider.create"]}"#])
  func `what was taken isn't told again because the webhook changed meanwhile`(how: String) throws {
    let held = Held("second")
    let all = try Delivering {
      _ = held.hold($0)
      return .status(200)
    }
    let webhook = try all.webhook()
    try all.post("First", "Second", "Third")
    try held.during { try change(webhook, how, of: all) }
    _ = try all.attempts(of: webhook, 3)
    try all.post("Fourth")
    _ = try all.attempts(of: webhook, 4)
    #expect(all.receiver.all.map(\.slug) == ["first", "second", "third", "fourth"])
  }

  @Test func `moved meanwhile, it goes on where it was moved to`() throws {
    let held = Held("second")
    let all = try Delivering {
      _ = held.hold($0)
      return .status(200)
    }
    try all.post("Early", "First", "Second", "Third")
    let webhook = try all.webhook(#", "since": 1"#)
    all.deliveries.ring()
    try held.during { try change(webhook, #"{"since": 0}"#, of: all) }
    _ = try all.attempts(of: webhook, 7)
    #expect(
      all.receiver.all.map(\.slug) == [
        "first", "second", "third", "early", "first", "second", "third",
      ])
  }

  @Test(arguments: [#"{"description": "d"}"#, #"{"events": ["provider"]}"#])
  func `what waits isn't tried before its time because its webhook is described anew`(how: String)
    throws
  {
    let held = Held("first")
    let all = try Delivering {
      _ = held.hold($0)
      return .status(500)
    }
    let webhook = try all.webhook()
    try all.post("First")
    try held.during { try change(webhook, how, of: all) }
    let waiting = try #require(try all.attempts(of: webhook, 1).first)
    #expect(waiting["attempt"]?.number == 1 && waiting["next_attempt_at"]?.string != nil)
    try change(webhook, how, of: all)
    let other = try all.webhook(#", "since": 0"#, at: "/other")
    all.deliveries.ring()
    _ = try all.attempts(of: other, 1)
    let after = try all.deliveries(of: webhook) { _ in true }
    #expect(after["next_attempt_at"] == waiting["next_attempt_at"])
    #expect(all.receiver.all.filter { $0.target == "/hook" }.count == 1)
  }

  @Test(arguments: ["url", "since", "enabled"])
  func `what waits is tried at once where it goes elsewhere, or is enabled again`(how: String)
    throws
  {
    let all = try Delivering { .status($0.target == "/hook" && $0.slug == "first" ? 500 : 200) }
    let webhook = try all.webhook()
    try all.post("First", "Second")
    _ = try all.attempts(of: webhook, 1)
    if how == "enabled" {
      all.receiver.answer { _ in .status(200) }
      try change(webhook, #"{"enabled": false}"#, of: all)
    }
    let patches = [
      "url": #"{"url": "http://127.0.0.1:\#(all.receiver.port)/new"}"#, "since": #"{"since": 1}"#,
      "enabled": #"{"enabled": true}"#,
    ]
    try change(webhook, patches[how] ?? "", of: all)
    all.deliveries.ring()
    let told = try all.deliveries(of: webhook) { $0["delivered"]?.number == 2 }["items"]?.items
    #expect(told?.first?["attempt"]?.number == 1 && told?.first?["status"]?.number == 200)
    #expect(told?.count == (how == "since" ? 2 : 3))
  }

  @Test func `merged away, its provider's changes are told to the end, and then the survivor's`()
    throws
  {
    let isDown = Atomic(true)
    let all = try Delivering(empty: false) { _ in
      .status(isDown.load(ordering: .relaxed) ? 500 : 200)
    }
    try all.post("Old", "Middle", "New")
    let old = try all.api.writer(.provider(slug: "old"))
    let own = try all.webhook(at: "/own", by: old)
    let seen = try all.webhook(#", "provider": "old""#, at: "/seen")
    for (title, status) in [("a", "draft"), ("b", "published")] {
      let body = #"{"title": "\#(title)", "status": "\#(status)"}"#
      #expect(try all.api.respond(.post, "/v1/credentials", old, body).status == 201)
    }
    all.deliveries.ring()
    for webhook in [own, seen] { _ = try all.attempts(of: webhook, 1) }
    // A merge has what waits tried at once: here not before both are made.
    all.stop()
    for (gone, into) in [("old", "middle"), ("middle", "new")] {
      let answer = try all.api.respond(
        .post, "/v1/providers/\(gone):merge", all.admin, #"{"into": "\#(into)"}"#)
      #expect(answer.status == 200, "\(answer.text)")
    }
    isDown.store(false, ordering: .relaxed)
    #expect(
      try all.api.respond(.post, "/v1/credentials", old, #"{"title": "c"}"#).status == 201)
    try all.restart()
    // The first attempt failed. Each merge tells of the credentials, then of the two providers.
    for (webhook, count) in [(own, 11), (seen, 9)] { _ = try all.attempts(of: webhook, count) }
    func told(_ path: String) -> [String] {
      all.receiver.all.filter { $0.target == path }.dropFirst().map {
        "\($0.json["type"]?.string ?? "") \($0.slug ?? "")"
      }
    }
    let merges = ["provider.merge old", "provider.merge middle"]
    let last = ["provider.merge middle", "provider.merge new", "credential.create c"]
    let both = ["credential.merge a", "credential.merge b"]
    #expect(
      told("/own") == ["credential.create a", "credential.create b"] + both + merges + both + last)
    #expect(
      told("/seen")
        == ["credential.create b", both[1]] + merges + [both[1]] + last)
    let webhook = try all.api.respond(
      .get, "/v1/webhooks/\(own["id"]?.string ?? "")", all.admin)
    #expect(webhook.json["provider"] == "new" && webhook["ETag"] == "\"3\"")
    // Pages say what webhooks are told, to whom they belong as well.
    for name in ["old", "middle", "new"] {
      let feed = try all.api.respond(.get, "/v1/changes?provider=\(name)", old)
      #expect(feed.json["items"]?.items.count == 14)
    }
  }

  @Test func `nothing is passed over by what a webhook was before`() throws {
    let all = try Delivering(empty: false)
    try all.post("Old", "New")
    let webhook = try all.webhook(#", "provider": "old""#)
    all.stop()
    try all.post("Other")
    let work = try #require(try all.api.registry.webhookWork().due.first)
    func page() throws -> Int64? {
      try all.api.registry.webhookPage(work, after: work.webhook.position) {
        true
      } visit: { _ in
      }?.last
    }
    #expect(try page() == work.webhook.position + 1)
    #expect(
      try all.api.respond(.post, "/v1/providers/old:merge", all.admin, #"{"into": "new"}"#).status
        == 200)
    #expect(try page() == nil)
    #expect(try all.change(webhook, .delete).status == 200)
    #expect(try page() == nil)
  }

  @Test func `no more changes are held than there is room for, however long each is`() throws {
    let all = try Delivering(empty: false)
    let (slug, fields) = try all.api.provider()
    let webhook = try all.webhook(#", "events": ["credential"], "provider": "\#(slug)""#)
    all.stop()
    for title in ["a", "b", "c"] {
      let text = String(repeating: title, count: 400_000)
      let body = #"{"title": "\#(title)", "as_printed": {"aims": "\#(text)"}}"#
      #expect(try all.api.respond(.post, "/v1/credentials", fields, body).status == 201)
    }
    let work = try #require(try all.api.registry.webhookWork().due.first)
    var held: [String] = []
    let end = try all.api.registry.webhookPage(work, after: work.webhook.position) {
      held.isEmpty
    } visit: {
      held.append($0.slug)
    }
    #expect(held == ["a"] && end?.hasMore == true)
    try all.restart()
    _ = try all.attempts(of: webhook, 3)
    #expect(all.receiver.all.map(\.slug) == ["a", "b", "c"])
  }

  @Test func `a message that isn't wanted any more holds up nothing`() throws {
    let all = try Delivering()
    let webhook = try all.webhook(#", "events": ["provider.patch"]"#)
    all.stop()
    try all.post("First")
    // However it came about: one is to be tried a fourth time, of which the feed has nothing.
    let work = try #require(try all.api.registry.webhookWork().due.first)
    var progress = WebhookProgress(work.webhook)
    (progress.attempts, progress.nextAttemptAt) = (3, all.clock.environment.now())
    try all.api.registry.note(progress, of: work)
    try all.restart()
    let fields = all.admin.merging(["If-Match": "*"]) { $1 }
    #expect(
      try all.deliveries(of: webhook, until: { $0["delivered"]?.number == 1 })["next_attempt_at"]
        == .null)
    let body = #"{"name": "First One"}"#
    #expect(try all.api.respond(.patch, "/v1/providers/first", fields, body).status == 200)
    all.deliveries.ring()
    #expect(try all.attempts(of: webhook, 1).first?["attempt"]?.number == 1)
  }
}
