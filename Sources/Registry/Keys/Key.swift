internal import Crypto
internal import SQLite

/// Someone who may write, and what.
public struct Key: Sendable, Equatable {
  public let id: String
  public let role: Role
  public let label: String?
  public let createdAt: Instant
  public let expiresAt: Instant?
  public let lastUsedAt: Instant?
  public let revokedAt: Instant?
  /// The rows that it may import within a day; nil where that is the server's to say.
  public let importRows: Int?
  /// False where its provider was withdrawn: it still reads what it may.
  let mayWrite: Bool

  public enum Role: Sendable, Equatable {
    case admin
    /// The facts and providers of one country.
    case authority(country: String)
    /// One provider and its credentials.
    case provider(slug: String)

    public var name: String {
      switch self {
      case .admin: "admin"
      case .authority: "authority"
      case .provider: "provider"
      }
    }

    /// The provider or country that the role is bound to.
    public var scope: String? {
      switch self {
      case .admin: nil
      case .authority(let country): country
      case .provider(let slug): slug
      }
    }
  }

  /// True until it expires or is revoked.
  func stands(at moment: Instant) -> Bool {
    revokedAt == nil && expiresAt.map { $0 > moment } ?? true
  }

  /// Why nothing is written with it; nil where it may write.
  public func refusal(at moment: Instant) -> RegistryError? {
    guard stands(at: moment) else {
      return .forbidden("The key is revoked or expired: it writes nothing more.")
    }
    if mayWrite { return nil }
    return .forbidden(
      "The provider \(role.scope ?? "") was withdrawn: its key reads, and writes nothing more.")
  }

  public var viewer: Viewer {
    switch role {
    case .admin: .admin
    case .provider(let slug): .provider(slug: slug)
    case .authority: .anyone
    }
  }
}

extension Registry {
  /// Makes a key and tells its secret, which is said nowhere else and never again.
  public func createKey(
    _ role: Key.Role, label: String?, expiresAt: Instant?, importRows: Int? = nil
  ) throws(RegistryError) -> (key: String, id: String) {
    try write { (database) throws(RegistryError) in
      let (provider, country) = try scope(of: role, in: database)
      return try insertKey(
        role.name, provider, country, label, expiresAt: expiresAt?.milliseconds, importRows,
        in: database)
    }
  }

  func insertKey(
    _ role: String, _ provider: String?, _ country: String?, _ label: String?, expiresAt: Int64?,
    _ importRows: Int?, in database: borrowing Connection
  ) throws(RegistryError) -> (key: String, id: String) {
    let secret = "cairn_" + Base64URL.encode(environment.random(32))
    let id = environment.newID()
    try told { () throws(SQLiteError) in
      try database.run(
        """
        INSERT INTO api_key (id, hash, role, provider, country, label, created_at, expires_at, import_rows)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """, .text(id), .blob(SHA256.digest(of: Array(secret.utf8))), .text(role), Value(provider),
        Value(country), Value(label), .integer(environment.now().milliseconds), Value(expiresAt),
        Value(importRows.map(Int64.init)))
    }
    return (secret, id)
  }

  func scope(
    of role: Key.Role, in database: borrowing Connection
  ) throws(RegistryError) -> (provider: String?, country: String?) {
    switch role {
    case .admin: return (nil, nil)
    case .authority(let country):
      return (nil, try known(country, .country, in: database))
    case .provider(let slug):
      return (try known(slug, .provider, in: database), nil)
    }
  }

  private func known(
    _ text: String, _ domain: Domain, in database: borrowing Connection
  ) throws(RegistryError) -> String {
    let (code, refusal) = try told { () throws(SQLiteError) in
      let code = try domain.code(text, in: database)
      return (code, code == nil ? try domain.refusal(text, in: database) : "")
    }
    guard let code else { throw .badQuery([Violation(.parameter(domain.name), refusal)]) }
    return code
  }

  /// The key whose secret this is, if it stands.
  public func key(_ secret: String) throws(RegistryError) -> Key? {
    let hash = SHA256.digest(of: Array(secret.utf8))
    let key = try read { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.first(byHash, .blob(hash)) { row in Key(row) }
      }
    }
    guard let key, key.stands(at: environment.now()) else { return nil }
    return key
  }

  /// The key `id`, whether it stands or not.
  func key(id: String, in database: borrowing Connection) throws(RegistryError) -> Key {
    let key = try told { () throws(SQLiteError) in
      try database.first(keyColumns + "WHERE id = ?1", .text(id)) { row in Key(row) }
    }
    guard let key else { throw .unknown(resource: "key", id: id, nearest: nil) }
    return key
  }

  /// All keys, the newest last, without their secrets.
  public func keys() throws(RegistryError) -> [Key] {
    try read { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.all(keyColumns + "ORDER BY id") { row in Key(row) }
      }
    }
  }

  /// Ends a key; what it wrote stays.
  public func revokeKey(_ id: String) throws(RegistryError) {
    try write { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.run(
          "UPDATE api_key SET revoked_at = ?1 WHERE id = ?2 AND revoked_at IS NULL",
          .integer(environment.now().milliseconds), .text(id))
      }
      database.known.outdate()
      guard database.changes == 1 else {
        throw .unknown(resource: "unrevoked key", id: id, nearest: nil)
      }
    }
  }
}

/// Notes that a key has written, to the minute: so of many writes few note it.
func noteUse(
  of author: Key, at now: Int64, in database: borrowing Connection
) throws(SQLiteError) {
  if let last = author.lastUsedAt?.milliseconds, last > now - 60000 { return }
  try database.run(
    """
    UPDATE api_key SET last_used_at = ?1
    WHERE id = ?2 AND (last_used_at IS NULL OR last_used_at <= ?1 - 60000)
    """, .integer(now), .text(author.id))
}

let keyColumns: SQL = """
  SELECT id, role, provider, country, label, created_at, expires_at, last_used_at, revoked_at,
    import_rows,
    (SELECT status FROM provider WHERE slug = api_key.provider)
  FROM api_key
  """

private let byHash = keyColumns + "WHERE hash = ?1"

extension Key {
  init(_ row: borrowing Row) {
    id = row.text(0)
    role =
      switch row.text(1) {
      case "admin": .admin
      case "authority": .authority(country: row.text(3))
      default: .provider(slug: row.text(2))
      }
    label = row.optionalText(4)
    createdAt = Instant(milliseconds: row.integer(5))
    expiresAt = row.optionalInteger(6).map(Instant.init(milliseconds:))
    lastUsedAt = row.optionalInteger(7).map(Instant.init(milliseconds:))
    revokedAt = row.optionalInteger(8).map(Instant.init(milliseconds:))
    importRows = row.optionalInteger(9).map(Int.init)
    mayWrite = row.optionalText(10) != "withdrawn"
  }
}
