internal import JSON
internal import SQLite

/// Someone who is told of changes by HTTP: an address, and what is of interest there.
public struct Webhook: Sendable, Equatable {
  let number: Int64
  public let id: String
  public let url: String
  public let description: String?
  /// Nouns ("credential") and kinds of change ("credential.withdraw"); nil for everything.
  public let events: [String]?
  /// The provider whose changes alone are told.
  public let provider: String?
  /// The provider whose webhook it is; nil for one of the admins'.
  public let owner: String?
  public let state: State
  public let version: Int64
  public let createdAt: Instant
  public let updatedAt: Instant
  /// The change up to which all is delivered, or not wanted.
  public let position: Int64
  /// How often what comes next was tried, and when it will be again; nil where that is at once.
  public let attempts: Int
  public let nextAttemptAt: Instant?

  public enum State: String, Sendable {
    case enabled, disabled
    /// A message found no taker for two days: the webhook waits there until someone enables it.
    case failing
    /// Whoever was called said 410: never again.
    case gone
  }

  // What an admin's webhook tells leaves the house, so it is what everyone may see.
  var viewer: Viewer { owner.map { .provider(slug: $0) } ?? .anyone }

  /// True for a change that is to be told.
  func wants(_ change: Change) -> Bool {
    guard let events else { return true }
    return events.contains(change.noun) || events.contains(change.type)
  }

  /// The question for the changes after `position`; `wants` says which of them are told.
  func feed(after position: Int64, limit: Int) -> FeedQuery {
    var conditions: [Query.Condition] = []
    let member = Noun.change.filter(known:)
    if let events {
      let nouns = Set(events.map { String($0.prefix { $0 != "." }) })
      conditions.append(.init(member("noun"), nouns.sorted().map { .value($0) }))
    }
    if let provider { conditions.append(.init(member("provider"), [.value(provider)])) }
    return FeedQuery(conditions, since: position, limit: limit)
  }
}

extension Change {
  /// What a message calls it: "credential.patch".
  public var type: String { "\(noun).\(action.rawValue)" }
}

extension Registry {
  /// The webhook `id`, for its provider and for admins.
  public func webhook(_ id: String, for author: Key) throws(RegistryError) -> Webhook {
    try read { (database) throws(RegistryError) in try webhook(id, for: author, in: database) }
  }

  func webhook(
    _ id: String, for author: Key, in database: borrowing Connection
  ) throws(RegistryError) -> Webhook {
    let owner = try webhookOwner(author)
    let found = try told { () throws(SQLiteError) in
      try database.first(webhookColumns + "FROM webhook WHERE id = ?1", .text(id)) { row in
        Webhook(row)
      }
    }
    guard let found else { throw .unknown(resource: "webhook", id: id, nearest: nil) }
    guard owner == nil || found.owner == owner else {
      throw .forbidden("This webhook is someone else's.")
    }
    return found
  }

  /// Those that `author` may see, the newest first; and before which number the next page begins.
  public func webhooks(
    for author: Key, before number: Int64, limit: Int
  ) throws(RegistryError) -> (webhooks: [Webhook], next: Int64?) {
    let owner = try webhookOwner(author)
    let found = try read { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.all(
          webhookColumns + "FROM webhook WHERE number < ?1 AND (?2 IS NULL OR owner = ?2)"
            + "ORDER BY number DESC LIMIT ?3", .integer(number), Value(owner),
          .integer(Int64(limit + 1))
        ) { row in Webhook(row) }
      }
    }
    let page = Array(found.prefix(limit))
    return (page, found.count > limit ? page.last?.number : nil)
  }

  /// The provider whose webhooks `author` has to do with; nil for all of them.
  func webhookOwner(_ author: Key) throws(RegistryError) -> String? {
    switch author.role {
    case .admin: nil
    case .provider(let slug): slug
    case .authority:
      throw .forbidden("Webhooks are an admin's, or a provider's of its own changes.")
    }
  }
}

let webhookColumns: SQL = """
  SELECT number, id, url, description, events, provider, owner, state, version, created_at, updated_at,
    position, attempts, next_attempt_at
  """

extension Webhook {
  init(_ row: borrowing Row) {
    number = row.integer(0)
    id = row.text(1)
    url = row.text(2)
    description = row.optionalText(3)
    events = row.optionalText(4).map { text in
      guard case .array(let items)? = try? JSONValue(parsing: Array(text.utf8)) else { return [] }
      return items.compactMap { if case .string(let event) = $0 { event } else { nil } }
    }
    provider = row.optionalText(5)
    owner = row.optionalText(6)
    // The column's CHECK allows no other.
    state = State(rawValue: row.text(7)) ?? .disabled
    version = row.integer(8)
    createdAt = Instant(milliseconds: row.integer(9))
    updatedAt = Instant(milliseconds: row.integer(10))
    position = row.integer(11)
    attempts = Int(row.integer(12))
    nextAttemptAt = row.optionalInteger(13).map(Instant.init(milliseconds:))
  }
}
