internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Registry

/// Who is told of changes by HTTP; what the secrets are is told only as they are made.
func webhookRoutes(
  _ registry: Registry, _ writes: Registry, _ settings: API.Settings
) -> [Route] {
  let refusal: @Sendable (String) -> String? = { url in
    settings.outbound.map { $0.refusal(url) } ?? Outbound.isOff
  }
  return [
    Route(.get, "/v1/webhooks", "listWebhooks", on: .worker) { request in
      let author = try registry.key(of: request)
      var parameters = try Parameters(request, .change)
      let (limit, before) = try parameters.history()
      let (webhooks, next) = try registry.webhooks(for: author, before: before, limit: limit)
      return page(webhooks, next, request) { $0.webhook($1) }
    },
    Route(.post, "/v1/webhooks", "createWebhook", on: .together) { request in
      let author = try writes.author(of: request)
      let body = try jsonBody(request, ["application/json"], .acceptPost)
      let (webhook, secret) = try writes.createWebhook(body, by: author, refusing: refusal)
      var response = answer(webhook, secret: secret)
      response.status = .created
      response.fields[.location] = "/v1/webhooks/\(webhook.id)"
      return response
    },
    Route(.get, "/v1/webhooks/{id}", "getWebhook", on: .worker) { request in
      let author = try registry.key(of: request)
      try request.takesNoParameters()
      return answer(try registry.webhook(request.path("id"), for: author))
    },
    Route(.patch, "/v1/webhooks/{id}", "patchWebhook", on: .together) { request in
      let author = try writes.author(of: request)
      let types = ["application/merge-patch+json", "application/json"]
      let body = try jsonBody(request, types, .acceptPatch)
      return answer(
        try writes.patchWebhook(
          request.path("id"), body, ifAt: try versionCondition(request), by: author,
          refusing: refusal))
    },
    Route(.delete, "/v1/webhooks/{id}", "deleteWebhook", on: .together) { request in
      let author = try writes.author(of: request)
      return answer(
        try writes.deleteWebhook(
          request.path("id"), ifAt: try versionCondition(request), by: author))
    },
    Route(.post, "/v1/webhooks/{id}:rotate", "rotateWebhookSecret", on: .together) { request in
      let author = try writes.author(of: request)
      // Long enough to put the new one in its place by hand.
      let (webhook, secret) = try writes.rotateWebhookSecret(
        request.path("id"), overlap: 86_400_000, by: author)
      return answer(webhook, secret: secret)
    },
    Route(.post, "/v1/webhooks/{id}:test", "testWebhook", on: .together) { request in
      let author = try writes.author(of: request)
      let message = try writes.testWebhook(
        request.path("id"), by: author, refusing: refusal)
      var response = answer(
        JSONValue.object([.init(name: "message", value: .string(message))]).bytes)
      response.status = .accepted
      return response
    },
    Route(.get, "/v1/webhooks/{id}/deliveries", "getWebhookDeliveries", on: .worker) { request in
      try registry.deliveriesAnswer(request)
    },
  ]
}

extension Registry {
  fileprivate func deliveriesAnswer(_ request: Request) throws -> Response {
    let webhook = try webhook(request.path("id"), for: try key(of: request))
    var parameters = try Parameters(request, .change)
    let (limit, before) = try parameters.history()
    let (attempts, next) = try webhookAttempts(webhook, before: before, limit: limit)
    let behind = max(0, try newestChange - webhook.position)
    return page(attempts, next, request) {
      $0.attempt($1)
    } ending: { json in
      json.name("delivered")
      json.integer(webhook.position)
      json.name("behind")
      json.integer(behind)
      json.name("next_attempt_at")
      json.value(webhook.nextAttemptAt.map { .string($0.text) } ?? .null)
    }
  }
}

private func page<Item>(
  _ items: [Item], _ next: Int64?, _ request: Request,
  _ write: (inout JSONWriter, Item) -> Void, ending: (inout JSONWriter) -> Void = { _ in }
) -> Response {
  var json = JSONWriter()
  json.beginObject()
  json.name("items")
  json.beginArray()
  for item in items { write(&json, item) }
  json.endArray()
  json.name("next")
  json.value(next.map { .string(String($0)) } ?? .null)
  ending(&json)
  json.endObject()
  var response = answer(json.bytes)
  if let next { response.fields[.link] = nextPage(of: request, "cursor", String(next)) }
  return response
}

private func answer(_ webhook: Webhook, secret: String? = nil) -> Response {
  var json = JSONWriter()
  json.webhook(webhook, secret: secret)
  var response = answer(json.bytes)
  response.fields[.eTag] = versionTag(webhook.version).text
  return response
}

private func answer(_ json: [UInt8]) -> Response {
  Response(
    .ok, [.contentType: Format.json.contentType, .cacheControl: "no-store"], body: json + "\n".utf8)
}
