import HTTP
import HTTPTypes
import Registry
import Testing
import Wire

/// Every role by every operation that writes: who may, who may not, and who isn't anyone.
@Suite struct RoleTests {
  private struct Operation {
    let id: String
    let method: HTTPRequest.Method
    /// `N` in it and in the body is the number of whoever asks: everyone has items of his own to try it on.
    let path: String
    let body: String
    /// The status for whoever may.
    let done: Int
    let allowed: Set<String>

    init(
      _ id: String, _ method: HTTPRequest.Method, _ path: String, _ body: String = "",
      _ done: Int = 200, by allowed: String...
    ) {
      self.id = id
      self.method = method
      self.path = path
      self.body = body
      self.done = done
      self.allowed = Set(allowed)
    }
  }

  /// In an order in which none takes another's ground away.
  private let operations = [
    Operation(
      "createProvider", .post, "providers", #"{"name": "New", "country": "DK"}"#, 201,
      by: "admin", "DK"),
    Operation(
      "patchProvider", .patch, "providers/own-N", #"{"homepage": "https://a.example"}"#,
      by: "admin", "DK", "owner"),
    Operation(
      "replaceProvider", .put, "providers/own-N", #"{"name": "Own", "country": "DK"}"#,
      by: "admin", "DK", "owner"),
    Operation(
      "patchProvider", .patch, "providers/own-N",
      #"{"verification": {"state": "verified", "on": "2026-01-01"}}"#, by: "admin", "DK"),
    Operation(
      "createCredential", .post, "credentials", #"{"title": "New", "provider": "own-N"}"#, 201,
      by: "admin", "owner"),
    Operation(
      "patchCredential", .patch, "credentials/c-N", #"{"note": "n"}"#, by: "admin", "owner"),
    Operation(
      "replaceCredential", .put, "credentials/c-N", #"{"title": "C", "provider": "own-N"}"#,
      by: "admin", "owner"),
    Operation(
      "createStackingRule", .post, "stacking-rules",
      #"{"kind": "accumulates_to", "target": "c-N", "groups": [{"components": ["e-N"]}], "jurisdiction": "DK"}"#,
      201, by: "admin", "DK", "owner"),
    Operation(
      "patchStackingRule", .patch, "stacking-rules/r-N", #"{"note": "n"}"#,
      by: "admin", "DK", "owner"),
    Operation(
      "replaceStackingRule", .put, "stacking-rules/r-N",
      #"{"kind": "exempts_from", "target": "c-N", "groups": [{"components": ["e-N"]}], "jurisdiction": "DK"}"#,
      by: "admin", "DK", "owner"),
    Operation(
      "withdrawStackingRule", .delete, "stacking-rules/r-N", by: "admin", "DK", "owner"),
    Operation(
      "createStatement", .post, "statements",
      #"{"country": "DK", "topic": "modularisation", "text": "N", "source": {"title": "T", "publisher": "P", "date": "2026-01-01"}}"#,
      201, by: "admin", "DK"),
    Operation(
      "createWebhook", .post, "webhooks", #"{"url": "https://hooks.example/N"}"#, 201,
      by: "admin", "owner", "other"),
    Operation(
      "patchWebhook", .patch, "webhooks/W-N", #"{"description": "N"}"#, by: "admin", "owner"),
    Operation("testWebhook", .post, "webhooks/W-N:test", "", 202, by: "admin", "owner"),
    Operation("rotateWebhookSecret", .post, "webhooks/W-N:rotate", by: "admin", "owner"),
    Operation("deleteWebhook", .delete, "webhooks/W-N", by: "admin", "owner"),
    // Anyone with a key may import: each row is judged by itself.
    Operation(
      "importProviders", .post, "providers:import", #"{"name": "New", "country": "DK"}"#,
      by: "admin", "DK", "IE", "owner", "other"),
    Operation(
      "importCredentials", .post, "credentials:import", #"{"title": "New", "provider": "own-N"}"#,
      by: "admin", "DK", "IE", "owner", "other"),
    Operation(
      "mergeCredential", .post, "credentials/d-N:merge", #"{"into": "c-N"}"#,
      by: "admin", "owner"),
    Operation("withdrawCredential", .delete, "credentials/c-N", by: "admin", "owner"),
    Operation(
      "mergeProvider", .post, "providers/twin-N:merge", #"{"into": "own-N"}"#, by: "admin", "DK"),
    Operation("withdrawProvider", .delete, "providers/own-N", by: "admin", "DK", "owner"),
  ]

  let api: TestAPI
  init() throws { api = try TestAPI() }

  private func make(_ path: String, _ body: String, _ admin: [String: String]) throws {
    let answer = try api.respond(.post, "/v1/\(path)", admin, body)
    #expect(answer.status == 201, "\(answer.text)")
  }

  private func bearer(_ key: String) -> [String: String] { ["Authorization": "Bearer \(key)"] }

  /// Whoever asks, with what he sends; each has the items of his place in the list.
  private func askers() throws -> [(name: String, fields: [String: String])] {
    let past = try #require(Instant("2020-01-01"))
    let revoked = try api.registry.createKey(.admin, label: nil, expiresAt: nil)
    try api.registry.revokeKey(revoked.id)
    return try [
      ("admin", api.writer()), ("DK", api.writer(.authority(country: "DK"))),
      ("IE", api.writer(.authority(country: "IE"))),
      ("owner", api.writer(.provider(slug: "own-3"))),
      ("other", api.writer(.provider(slug: "own-0"))),
      ("none", [:]),
      ("expired", bearer(api.registry.createKey(.admin, label: nil, expiresAt: past).key)),
      ("revoked", bearer(revoked.key)), ("unknown", bearer("cairn_unknown")),
    ]
  }

  @Test func `each role writes what is its own, and nothing else`() throws {
    let admin = try api.writer()
    var webhooks: [String] = []
    for number in 0..<9 {
      for slug in ["own", "twin"] {
        try make(
          "providers", #"{"name": "P", "slug": "\#(slug)-\#(number)", "country": "DK"}"#, admin)
      }
      for slug in ["c", "d", "e"] {
        try make(
          "credentials",
          #"{"title": "T", "slug": "\#(slug)-\#(number)", "provider": "own-\#(number)"}"#, admin)
      }
      try make(
        "stacking-rules",
        #"{"slug": "r-\#(number)", "kind": "exempts_from", "target": "c-\#(number)", "groups": [{"components": ["e-\#(number)"]}], "jurisdiction": "DK"}"#,
        admin)
      let webhook = try api.respond(
        .post, "/v1/webhooks", api.writer(.provider(slug: "own-\(number)")),
        #"{"url": "https://hooks.example/own"}"#)
      webhooks.append(try #require(webhook.json["id"]?.string))
    }
    for operation in operations {
      for (number, asker) in try askers().enumerated() {
        let named = { (text: String) in
          text.replacing("W-N", with: webhooks[number]).replacing("N", with: String(number))
        }
        var fields = asker.fields
        let isImport = operation.path.hasSuffix(":import")
        fields["Content-Type"] = isImport ? "application/x-ndjson" : "application/json"
        if ![.post].contains(operation.method) { fields["If-Match"] = "*" }
        let isSomeone = ["admin", "DK", "IE", "owner", "other"].contains(asker.name)
        let refusal = isSomeone ? 403 : 401
        let expected = operation.allowed.contains(asker.name) ? operation.done : refusal
        let body = operation.body.replacing("-N", with: "-\(number)")
        let answer = try api.respond(
          operation.method, "/v1/" + named(operation.path), fields, body)
        #expect(
          answer.status == expected, "\(operation.id) by \(asker.name): \(answer.text)")
      }
    }
  }

  @Test func `the table has every operation that writes`() {
    // An import's own operations are for whoever began it: UploadTests.
    let writing = api.router.routes.filter {
      $0.method != .get && $0.operation != "findPathways" && !$0.template.hasPrefix("/v1/imports/")
    }
    #expect(Set(writing.map(\.operation)) == Set(operations.map(\.id)))
  }
}
