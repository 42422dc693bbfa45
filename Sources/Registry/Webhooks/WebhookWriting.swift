internal import Crypto
public import JSON
internal import SQLite

/// How many webhooks there are at most: more than someone looks after by hand, and few enough to look through at each
/// commit.
private let (mostOfProvider, mostOfProviders, mostOfAdmins) = (10, 500, 100)

extension Registry {
  /// Makes a webhook and tells its secret, which is said nowhere else and never again.
  ///
  /// It is told of what comes from now on, unless the body says `since`. `refusal` says why a URL isn't called.
  public func createWebhook(
    _ body: JSONValue, by author: Key, refusing refusal: (String) -> String?
  ) throws(RegistryError) -> (webhook: Webhook, secret: String) {
    let owner = try webhookOwner(author)
    return try write { (database) throws(RegistryError) in
      let draft = try WebhookDraft(checking: body, for: owner, refusal, in: database)
      try refuseMore(of: owner, in: database)
      let (id, now) = (environment.newID(), environment.now().milliseconds)
      let secret = environment.random(32)
      try told { () throws(SQLiteError) in
        try database.run(
          """
          INSERT INTO webhook (id, url, description, events, provider, owner, secret, state, version,
            created_at, updated_at, position)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1, ?9, ?9,
            coalesce(?10, (SELECT max(number) FROM change), 0))
          """, .text(id), .text(draft.url), Value(draft.description), Value(draft.events?.text),
          Value(draft.provider), Value(owner), .blob(secret),
          .text(draft.isEnabled ? "enabled" : "disabled"), .integer(now), Value(draft.since))
        try noteUse(of: author, at: now, in: database)
      }
      return (try webhook(id, for: author, in: database), text(of: secret))
    }
  }

  private func refuseMore(
    of owner: String?, in database: borrowing Connection
  ) throws(RegistryError) {
    let counts = try told { () throws(SQLiteError) in
      try database.first(
        "SELECT count(*) FILTER (WHERE owner IS ?1), count(owner) FROM webhook", Value(owner)
      ) { row in (own: row.integer(0), ofProviders: row.integer(1)) }
    }
    guard let counts else { return }
    let (whose, most) =
      owner == nil ? ("All admins together have", mostOfAdmins) : ("A provider has", mostOfProvider)
    if counts.own >= most { throw .conflict("\(whose) at most \(most) webhooks.") }
    if owner != nil, counts.ofProviders >= mostOfProviders {
      throw .conflict("All providers together have at most \(mostOfProviders) webhooks.")
    }
  }

  /// Applies an RFC 7396 merge patch to the webhook `id`, which must be at `version`.
  ///
  /// One that is enabled again, goes elsewhere or is moved is tried at once; else what waits keeps its time.
  public func patchWebhook(
    _ id: String, _ patch: JSONValue, ifAt matches: (Int64) -> Bool, by author: Key,
    refusing refusal: (String) -> String?
  ) throws(RegistryError) -> Webhook {
    try write { (database) throws(RegistryError) in
      let before = try webhook(id, for: author, in: database)
      guard matches(before.version) else { throw .stale(version: before.version) }
      let draft = try WebhookDraft(
        checking: before.settings.merged(with: patch), for: before.owner,
        { $0 == before.url ? nil : refusal($0) }, in: database)
      // What has failed or gone stays so until someone enables it.
      let isOff = before.state == .enabled ? Webhook.State.disabled : before.state
      let state = draft.isEnabled ? Webhook.State.enabled : isOff
      let isAnew =
        state == .enabled && before.state != .enabled || draft.url != before.url
        || (draft.since ?? before.position) != before.position
      try told { () throws(SQLiteError) in
        try database.run(
          """
          UPDATE webhook SET url = ?2, description = ?3, events = ?4, provider = ?5, state = ?6,
            version = version + 1, updated_at = ?7, position = coalesce(?8, position),
            attempts = iif(?9, 0, attempts), next_attempt_at = iif(?9, NULL, next_attempt_at)
          WHERE number = ?1
          """, .integer(before.number), .text(draft.url), Value(draft.description),
          Value(draft.events?.text), Value(draft.provider), .text(state.rawValue),
          .integer(environment.now().milliseconds), Value(draft.since), .integer(isAnew ? 1 : 0))
      }
      return try webhook(id, for: author, in: database)
    }
  }

  /// Ends the webhook `id`, which must be at `version`; what became of its messages goes with it.
  public func deleteWebhook(
    _ id: String, ifAt matches: (Int64) -> Bool, by author: Key
  ) throws(RegistryError) -> Webhook {
    try write { (database) throws(RegistryError) in
      let before = try webhook(id, for: author, in: database)
      guard matches(before.version) else { throw .stale(version: before.version) }
      try told { () throws(SQLiteError) in
        try database.run("DELETE FROM webhook WHERE number = ?1", .integer(before.number))
      }
      return before
    }
  }

  /// Gives the webhook a new secret, and tells it; for `overlap` milliseconds the old one signs as well.
  ///
  /// Until then there is no other: each secret signs for as long as was said. What waits to be tried again is tried at
  /// once, as the next of its attempts.
  public func rotateWebhookSecret(
    _ id: String, overlap: Int64, by author: Key
  ) throws(RegistryError) -> (webhook: Webhook, secret: String) {
    try write { (database) throws(RegistryError) in
      let before = try webhook(id, for: author, in: database)
      let (secret, now) = (environment.random(32), environment.now().milliseconds)
      try refuseThird(of: before, at: now, in: database)
      try told { () throws(SQLiteError) in
        try database.run(
          """
          UPDATE webhook SET old_secret = secret, old_secret_until = ?3, secret = ?2,
            version = version + 1, updated_at = ?4, next_attempt_at = NULL
          WHERE number = ?1
          """, .integer(before.number), .blob(secret), .integer(now + overlap), .integer(now))
      }
      return (try webhook(id, for: author, in: database), text(of: secret))
    }
  }

  private func refuseThird(
    of webhook: Webhook, at now: Int64, in database: borrowing Connection
  ) throws(RegistryError) {
    let end = try told { () throws(SQLiteError) in
      try database.first(
        "SELECT old_secret_until FROM webhook WHERE number = ?1 AND old_secret_until > ?2",
        .integer(webhook.number), .integer(now)
      ) { row in Instant(milliseconds: row.integer(0)) }
    }
    guard let end else { return }
    throw .conflict(
      "The secret before this one signs until \(end.text): rotate again from then on.")
  }

  /// Has a test message wait for the webhook, and says its id; one that waits already stands for both.
  public func testWebhook(
    _ id: String, by author: Key, refusing refusal: (String) -> String?
  ) throws(RegistryError) -> String {
    try write { (database) throws(RegistryError) in
      let webhook = try webhook(id, for: author, in: database)
      if let refusal = refusal(webhook.url) {
        throw .invalid([Violation(.pointer("/url"), refusal)])
      }
      let message = "msg_test_" + environment.newID()
      return try told { () throws(SQLiteError) in
        try database.first(
          "UPDATE webhook SET test = coalesce(test, ?2) WHERE number = ?1 RETURNING test",
          .integer(webhook.number), .text(message)
        ) { row in row.text(0) } ?? message
      }
    }
  }
}

extension Webhook {
  /// What its owner has said of it, as it would be posted.
  fileprivate var settings: JSONValue {
    func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
    return .object([
      .init(name: "url", value: .string(url)), .init(name: "description", value: text(description)),
      .init(name: "events", value: events.map { .array($0.map(JSONValue.string)) } ?? .null),
      .init(name: "provider", value: text(provider)),
      .init(name: "enabled", value: .bool(state == .enabled)),
    ])
  }
}

// As the Standard Webhooks specification writes it.
private func text(of secret: [UInt8]) -> String { "whsec_" + Base64.encode(secret) }
