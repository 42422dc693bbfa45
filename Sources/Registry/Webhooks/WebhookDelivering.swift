internal import SQLite

/// A webhook for which there is something to do.
public struct WebhookWork: Sendable {
  public let webhook: Webhook
  public let signature: WebhookSignature
  let secret: [UInt8]
  /// The id of a test message that waits.
  public let test: String?
}

/// One try to deliver a message.
public struct WebhookAttempt: Sendable, Equatable {
  public let message: String
  public let type: String
  /// The change that was told; nil for a test.
  public let change: Int64?
  /// From 1.
  public let attempt: Int
  public let at: Instant
  public let milliseconds: Int64
  /// The answer's status, or else why there was none.
  public let status: Int?
  public let error: String?
  public var nextAttemptAt: Instant?

  public init(
    message: String, type: String, change: Int64?, attempt: Int, at: Instant, milliseconds: Int64,
    status: Int?, error: String?
  ) {
    self.message = message
    self.type = type
    self.change = change
    self.attempt = attempt
    self.at = at
    self.milliseconds = milliseconds
    self.status = status
    self.error = error
  }
}

/// How far a webhook has come.
public struct WebhookProgress: Sendable {
  public var position: Int64
  public var attempts = 0
  public var nextAttemptAt: Instant?
  public var state = Webhook.State.enabled
  /// What became of the messages, in their order.
  public var tried: [WebhookAttempt] = []

  public init(_ webhook: Webhook) {
    position = webhook.position
    attempts = webhook.attempts
    nextAttemptAt = webhook.nextAttemptAt
    state = webhook.state
  }
}

/// A page has at most so many changes.
private let pageLimit = 100
/// So many attempts of each webhook are kept.
private let keptAttempts: Int64 = 200

extension Registry {
  /// The webhooks that have something to deliver now, as far as they themselves know, those first that have waited
  /// for their time; when the next one has; and the ids of all there are.
  public func webhookWork() throws(RegistryError) -> (
    due: [WebhookWork], next: Instant?, all: Set<String>
  ) {
    let now = environment.now()
    return try read { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        let due = try database.all(
          workColumns + """
            WHERE test IS NOT NULL OR state = 'enabled' AND (next_attempt_at <= ?1
              OR next_attempt_at IS NULL AND position < (SELECT max(number) FROM change))
            ORDER BY next_attempt_at NULLS LAST, number
            """, .integer(now.milliseconds)
        ) { row in WebhookWork(row, at: now) }
        let next =
          try database.first(
            """
            SELECT min(next_attempt_at) FROM webhook WHERE state = 'enabled' AND next_attempt_at > ?1
            """, .integer(now.milliseconds)
          ) { row in row.optionalInteger(0) } ?? nil
        let all = try database.all("SELECT id FROM webhook") { row in row.text(0) }
        return (due, next.map(Instant.init(milliseconds:)), Set(all))
      }
    }
  }

  /// Lends `visit` what the webhook is to be told behind `position`, while there is room for more, and says where that
  /// page ends.
  ///
  /// Nil where the webhook isn't any more what it was when `work` was read: so nothing is passed over that it
  /// is promised since.
  public func webhookPage(
    _ work: WebhookWork, after position: Int64, while hasRoom: () -> Bool,
    visit: (Change) -> Void
  ) throws(RegistryError) -> FeedEnd? {
    let webhook = work.webhook
    let query = webhook.feed(after: position, limit: pageLimit)
    let end = try changes(query, for: webhook.viewer, while: hasRoom) {
      if webhook.wants($0) { visit($0) }
    }
    // Asked last: whoever changes it after that means what comes after the page.
    let version = try read { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.first(
          "SELECT version FROM webhook WHERE number = ?1", .integer(webhook.number)
        ) { row in row.integer(0) }
      }
    }
    return version == webhook.version ? end : nil
  }

  /// Keeps what became of a webhook's messages, and how far it has come.
  ///
  /// Where someone has meanwhile had it go elsewhere, given it a new secret, or had it tried anew, what was taken
  /// stays so, and what wasn't is tried at once; where he has moved it, it is where he said.
  public func note(
    _ progress: WebhookProgress, of work: WebhookWork
  ) throws(RegistryError) {
    let number = Value.integer(work.webhook.number)
    try write { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        for attempt in progress.tried.suffix(Int(keptAttempts)) {
          try keep(attempt, of: number, in: database)
        }
        try database.run(
          """
          DELETE FROM webhook_attempt WHERE webhook = ?1 AND number <= (
            SELECT number FROM webhook_attempt WHERE webhook = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)
          """, number, .integer(keptAttempts))
        try database.run(
          "UPDATE webhook SET test = NULL WHERE number = ?1 AND test = ?2", number,
          Value(progress.tried.first { $0.change == nil }?.message))
        try move(work, to: progress, in: database)
      }
    }
  }

  private func move(
    _ work: WebhookWork, to progress: WebhookProgress, in database: borrowing Connection
  ) throws(SQLiteError) {
    let webhook = work.webhook
    try database.run(
      """
      UPDATE webhook SET position = ?2, attempts = ?3, next_attempt_at = ?4,
        updated_at = iif(state = ?5, updated_at, ?6), version = version + (state <> ?5), state = ?5
      WHERE number = ?1 AND url = ?7 AND secret = ?8 AND state = ?9 AND position = ?10
        AND attempts = ?11 AND next_attempt_at IS ?12
      """, .integer(webhook.number), .integer(progress.position),
      .integer(Int64(progress.attempts)), Value(progress.nextAttemptAt?.milliseconds),
      .text(progress.state.rawValue), .integer(environment.now().milliseconds), .text(webhook.url),
      .blob(work.secret), .text(webhook.state.rawValue), .integer(webhook.position),
      .integer(Int64(webhook.attempts)), Value(webhook.nextAttemptAt?.milliseconds))
    try database.run(
      """
      UPDATE webhook SET position = ?3, attempts = 0
      WHERE number = ?1 AND position = ?2 AND position <> ?3
      """, .integer(webhook.number), .integer(webhook.position), .integer(progress.position))
  }

  private func keep(
    _ attempt: WebhookAttempt, of webhook: Value, in database: borrowing Connection
  ) throws(SQLiteError) {
    // Where the webhook was deleted meanwhile, nothing is kept.
    try database.run(
      """
      INSERT INTO webhook_attempt (webhook, message, type, change, attempt, at, milliseconds, status,
        error, next_attempt_at)
      SELECT number, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM webhook WHERE number = ?1
      """, webhook, .text(attempt.message), .text(attempt.type), Value(attempt.change),
      .integer(Int64(attempt.attempt)), .integer(attempt.at.milliseconds),
      .integer(attempt.milliseconds), Value(attempt.status.map(Int64.init)), Value(attempt.error),
      Value(attempt.nextAttemptAt?.milliseconds))
  }

  /// What became of the webhook's messages, the newest first; and before which number the next page begins.
  public func webhookAttempts(
    _ webhook: Webhook, before number: Int64, limit: Int
  ) throws(RegistryError) -> (attempts: [WebhookAttempt], next: Int64?) {
    let found = try read { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.all(
          """
          SELECT number, message, type, change, attempt, at, milliseconds, status, error, next_attempt_at
          FROM webhook_attempt WHERE webhook = ?1 AND number < ?2 ORDER BY number DESC LIMIT ?3
          """, .integer(webhook.number), .integer(number), .integer(Int64(limit + 1))
        ) { row in (number: row.integer(0), attempt: WebhookAttempt(row)) }
      }
    }
    let page = found.prefix(limit)
    return (page.map(\.attempt), found.count > limit ? page.last?.number : nil)
  }
}

private let workColumns =
  webhookColumns + ", secret, old_secret, old_secret_until, test FROM webhook"

extension WebhookWork {
  fileprivate init(_ row: borrowing Row, at now: Instant) {
    webhook = Webhook(row)
    secret = row.blob(14)
    let old = row.integer(16) > now.milliseconds ? [row.blob(15)] : []
    signature = WebhookSignature([secret] + old)
    test = row.optionalText(17)
  }
}

extension WebhookAttempt {
  fileprivate init(_ row: borrowing Row) {
    self.init(
      message: row.text(1), type: row.text(2), change: row.optionalInteger(3),
      attempt: Int(row.integer(4)), at: Instant(milliseconds: row.integer(5)),
      milliseconds: row.integer(6), status: row.optionalInteger(7).map(Int.init),
      error: row.optionalText(8))
    nextAttemptAt = row.optionalInteger(9).map(Instant.init(milliseconds:))
  }
}
