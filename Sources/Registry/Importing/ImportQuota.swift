internal import SQLite

/// How much a key may import: what it has had is read from the imports themselves, so a restart changes nothing.
public struct ImportQuota: Sendable, Equatable {
  /// Rows within a day, without those of dry runs and of imports that were refused as a whole; nil is any number.
  public var rows: Int?
  /// Imports at once, from their first byte to their last row.
  public var atOnce: Int?

  public init(rows: Int? = nil, atOnce: Int? = nil) {
    self.rows = rows
    self.atOnce = atOnce
  }

  public static let seconds = 86_400

  /// Where a key stands.
  public struct Standing: Sendable, Equatable {
    /// The rows that it may import within a day.
    public let rows: Int
    public let remaining: Int
    /// Until all of them are there again.
    public let seconds: Int
  }
}

extension Registry {
  /// Lets the key begin an import of `rows` rows, of none while that isn't known, and says where it stands then; nil
  /// where it may import any number.
  ///
  /// What a key imported counts for all that took its place, and whose place it took.
  func admit(
    _ rows: Int, by author: Key, _ quota: ImportQuota, in database: borrowing Connection
  ) throws(RegistryError) -> ImportQuota.Standing? {
    guard let most = author.importRows ?? quota.rows else { return nil }
    let now = environment.now().milliseconds
    let window = Int64(ImportQuota.seconds) * 1000
    let had = try told { () throws(SQLiteError) in
      try database.all(
        """
        WITH RECURSIVE line (id) AS (
          SELECT ?1
          UNION
          SELECT before.id FROM line JOIN api_key AS before ON before.successor = line.id
          UNION
          SELECT successor FROM line JOIN api_key USING (id) WHERE successor IS NOT NULL)
        SELECT total, updated_at FROM import
        WHERE author IN line AND updated_at > ?2 AND dry_run = 0 AND state IN ('applying', 'done')
        ORDER BY updated_at
        """, .text(author.id), .integer(now - window)
      ) { row in (rows: Int(row.integer(0)), at: row.integer(1)) }
    }
    let used = had.reduce(0) { $0 + $1.rows }
    // When what was imported longest ago counts no more, there is room for more.
    func seconds(until at: Int64) -> Int { Int(max(1, (at + window - now + 999) / 1000)) }
    let whole = had.last.map { seconds(until: $0.at) } ?? 0
    let asked = max(1, rows)
    guard used + asked > most else {
      return .init(rows: most, remaining: most - used - rows, seconds: rows > 0 ? Self.day : whole)
    }
    var left = used
    let free = had.first { past in
      left -= past.rows
      return left + asked <= most
    }
    throw .tooManyRows(
      rows, .init(rows: most, remaining: max(0, most - used), seconds: whole),
      retryAfter: free.map { seconds(until: $0.at) })
  }

  private static var day: Int { ImportQuota.seconds }
}
