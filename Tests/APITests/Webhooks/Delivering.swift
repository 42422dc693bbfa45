import API
import Dispatch
import Foundation
import HTTPTypes
import Logging
import Registry
import Synchronization
import Testing
import Wire

/// A registry, who delivers its changes, and whoever receives them; time is the test's.
final class Delivering {
  let receiver: Receiver
  let api: TestAPI
  let clock = Clock()
  let admin: [String: String]
  private(set) var deliveries: WebhookDeliveries

  /// Empty, or with the deck's data.
  init(
    empty: Bool = true,
    _ reply: @escaping @Sendable (Receiver.Heard) -> Receiver.Reply = { _ in .status(200) }
  ) throws {
    receiver = try Receiver(reply)
    try clock.set("2026-11-25T08:00:00Z")
    api = try TestAPI(
      empty: empty, environment: clock.environment, calling: "127.0.0.1:\(receiver.port)")
    admin = try api.writer()
    deliveries = try Self.begin(api, clock)
  }

  deinit {
    deliveries.stop()
    deliveries.wait()
  }

  private static func begin(_ api: TestAPI, _ clock: Clock) throws -> WebhookDeliveries {
    let deliveries = try WebhookDeliveries(
      api.registry, api.outbound, clock.environment, Logger(label: "test"))
    deliveries.start()
    return deliveries
  }

  /// Stops as a server does, and starts anew with nothing but what was kept.
  func restart() throws {
    deliveries.stop()
    deliveries.wait()
    deliveries = try Self.begin(api, clock)
  }

  func stop() {
    deliveries.stop()
    deliveries.wait()
  }

  func pass(to moment: String) throws {
    try clock.set(moment)
    deliveries.ring()
  }

  /// A webhook to the receiver, with more members than its address.
  @discardableResult
  func webhook(
    _ members: String = "", at path: String = "/hook", by fields: [String: String]? = nil
  ) throws -> JSON {
    let url = "http://127.0.0.1:\(receiver.port)\(path)"
    let answer = try api.respond(
      .post, "/v1/webhooks", fields ?? admin, #"{"url": "\#(url)"\#(members)}"#)
    #expect(answer.status == 201, "\(answer.text)")
    return answer.json
  }

  func change(_ webhook: JSON, _ method: HTTPRequest.Method, _ body: String = "") throws -> Answer {
    let fields = admin.merging(["If-Match": "*"]) { $1 }
    let answer = try api.respond(
      method, "/v1/webhooks/\(webhook["id"]?.string ?? "")", fields, body)
    deliveries.ring()
    return answer
  }

  func state(of webhook: JSON) throws -> JSON? {
    try api.respond(.get, "/v1/webhooks/\(webhook["id"]?.string ?? "")", admin).json["state"]
  }

  func post(_ names: String...) throws {
    for name in names {
      let answer = try api.respond(.post, "/v1/providers", admin, #"{"name": "\#(name)"}"#)
      #expect(answer.status == 201)
    }
    deliveries.ring()
  }

  /// The webhook's attempts, the newest first, once they are so many.
  func attempts(of webhook: JSON, _ count: Int) throws -> [JSON] {
    try deliveries(of: webhook) { ($0["items"]?.items.count ?? 0) >= count }["items"]?.items ?? []
  }

  /// What became of the webhook's messages, once that is `enough`.
  func deliveries(of webhook: JSON, until enough: (JSON) -> Bool) throws -> JSON {
    let path = "/v1/webhooks/\(webhook["id"]?.string ?? "")/deliveries?limit=200"
    var answer = JSON.null
    let isEnough = try waits {
      answer = try api.respond(.get, path, admin).json
      return enough(answer)
    }
    if isEnough { return answer }
    Issue.record("It doesn't come to that.")
    return .null
  }

  /// True once `condition` holds, false where it never does.
  ///
  /// What is done by others can't be waited for but by looking; it takes milliseconds.
  func waits(until condition: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<4000 {
      if try condition() { return true }
      usleep(5000)
    }
    return false
  }
}

/// Holds the first message about one item until it is let go.
final class Held: Sendable {
  private let reached = DispatchSemaphore(value: 0)
  private let free = DispatchSemaphore(value: 0)
  private let isFirst = Atomic(true)
  let slug: String

  init(_ slug: String) { self.slug = slug }

  func hold(_ heard: Receiver.Heard) -> Bool {
    guard heard.slug == slug, isFirst.exchange(false, ordering: .relaxed) else { return false }
    reached.signal()
    free.wait()
    return true
  }

  func during(_ work: () throws -> Void) rethrows {
    reached.wait()
    defer { free.signal() }
    try work()
  }
}

extension Receiver.Heard {
  var json: JSON { (try? JSONDecoder().decode(JSON.self, from: Data(body))) ?? .null }
  /// The slug of what changed.
  var slug: String? { json["data"]?["slug"]?.string }

  /// The signature that the secret makes of it, by the openssl command.
  func signature(by secret: String) throws -> String {
    let key = try #require(Data(base64Encoded: String(secret.dropFirst("whsec_".count))))
    let file = try temporaryFolder().appending(path: "signed")
    let head = "\(fields["webhook-id"] ?? "").\(fields["webhook-timestamp"] ?? "")."
    try (Data(head.utf8) + Data(body)).write(to: file)
    let hexadecimal = key.map { String(format: "%02x", $0) }.joined()
    let run = try CommandRun([
      "/usr/bin/openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:\(hexadecimal)",
      file.path,
    ])
    try FileManager.default.removeItem(at: file.deletingLastPathComponent())
    let digits = run.output.split(separator: " ").last.map(Array.init) ?? []
    let bytes = stride(from: 0, to: 64, by: 2).compactMap {
      digits.count > $0 + 1 ? UInt8(String(digits[$0...($0 + 1)]), radix: 16) : nil
    }
    return "v1," + Data(bytes).base64EncodedString()
  }
}
