internal import JSON
internal import SQLite

/// A webhook as someone wants it, with every rule kept.
struct WebhookDraft {
  let url: String
  let description: String?
  let events: JSONValue?
  let provider: String?
  let isEnabled: Bool
  /// The change after which it begins, or is to go on; nil where it says nothing of that.
  let since: Int64?

  /// Reads `body`, or throws all that is wrong with it; `refusal` says why a URL isn't called.
  init(
    checking body: JSONValue, for owner: String?, _ refusal: (String) -> String?,
    in database: borrowing Connection
  ) throws(RegistryError) {
    var inspection = Inspection(.webhook, language: "en")
    let document = try told { () throws(SQLiteError) in
      try Document(body, of: .webhook, &inspection, in: database)
    }
    url = document.text("url") ?? ""
    if document["url"] == nil {
      inspection.refuseMissing("url", "A webhook has a url, which is called.")
    } else if let refusal = refusal(url) {
      inspection.refuse("/url", refusal)
    }
    if document["events"] == .array([]) {
      inspection.refuse("/events", "Leave events out, or make it null, for all of them.")
    }
    let asked = document.text("provider")
    if let owner, let asked, asked != owner {
      inspection.refuse("/provider", "This key's webhooks are told of \(owner) alone.")
    }
    since = if case .integer(let number)? = document["since"] { number } else { nil }
    let newest = try told { () throws(SQLiteError) in try database.newestChange() }
    if let since, since > newest { inspection.refuse("/since", "The last change is \(newest).") }
    guard inspection.violations.isEmpty else { throw .invalid(inspection.violations) }
    provider = owner ?? asked
    description = document.text("description")
    events = document["events"]
    isEnabled = document["enabled"] != false
  }
}

extension Noun {
  /// What is posted of one; the rest is the registry's to write.
  static let webhook = Noun(
    "webhook", table: "webhook", key: "number", keyIsNumber: true, find: "id = ?1",
    [
      Field("id", .text, "id"),
      Field("url", .text, "url", takes: .text(most: 2000)),
      Field("description", .text, "description", takes: .text(most: 500)),
      Field("events", .list, "events", takes: .codes(.webhookEvent)),
      Field("provider", .text, "provider", takes: .code(.provider)),
      Field("owner", .text, "owner"),
      Field("enabled", .boolean, "state = 'enabled'", takes: .boolean),
      Field("state", .text, "state"),
      Field("since", .integer, "position", takes: .integer(0...Int64.max)),
      Field("version", .integer, "version"),
      Field("created_at", .instant, "created_at"),
      Field("updated_at", .instant, "updated_at"),
    ])
}

extension Domain {
  fileprivate static let webhookEvent = Domain(
    name: "event", lookup: events + "SELECT code FROM event WHERE ?2 = '' AND code = ?1",
    codes: events + "SELECT code FROM event WHERE ?2 = ''", list: "")

  private static let events: SQL = """
    WITH noun (code) AS (VALUES ('provider'), ('credential'), ('stacking_rule'), ('statement')),
      action (code) AS (VALUES ('create'), ('replace'), ('patch'), ('withdraw'), ('merge')),
      event (code) AS (
        SELECT code FROM noun UNION ALL SELECT noun.code || '.' || action.code FROM noun, action)
    """
}
