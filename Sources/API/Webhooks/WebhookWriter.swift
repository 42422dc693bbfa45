internal import JSON
internal import Registry

extension JSONWriter {
  /// The webhook; `secret` only when it has just been made.
  mutating func webhook(_ webhook: Webhook, secret: String? = nil) {
    beginObject()
    text("id", webhook.id)
    text("url", webhook.url)
    text("description", webhook.description)
    name("events")
    value(webhook.events.map { .array($0.map(JSONValue.string)) } ?? .null)
    text("provider", webhook.provider)
    text("owner", webhook.owner)
    name("enabled")
    bool(webhook.state == .enabled)
    text("state", webhook.state.rawValue)
    name("version")
    integer(webhook.version)
    text("created_at", webhook.createdAt.text)
    text("updated_at", webhook.updatedAt.text)
    if let secret { text("secret", secret) }
    endObject()
  }

  mutating func attempt(_ attempt: WebhookAttempt) {
    beginObject()
    text("message", attempt.message)
    text("type", attempt.type)
    name("sequence")
    value(attempt.change.map(JSONValue.integer) ?? .null)
    name("attempt")
    integer(Int64(attempt.attempt))
    text("at", attempt.at.text)
    name("milliseconds")
    integer(attempt.milliseconds)
    name("status")
    value(attempt.status.map { .integer(Int64($0)) } ?? .null)
    text("error", attempt.error)
    text("next_attempt_at", attempt.nextAttemptAt?.text)
    endObject()
  }

  private mutating func text(_ label: String, _ text: String?) {
    name(label)
    value(text.map(JSONValue.string) ?? .null)
  }
}

/// What a webhook is sent: the body that the Standard Webhooks specification describes.
func webhookBody(
  _ type: String, at moment: Instant, _ data: (inout JSONWriter) -> Void
) -> [UInt8] {
  var json = JSONWriter()
  json.beginObject()
  json.name("type")
  json.string(type)
  json.name("timestamp")
  json.string(moment.text)
  json.name("data")
  data(&json)
  json.endObject()
  return json.bytes
}
