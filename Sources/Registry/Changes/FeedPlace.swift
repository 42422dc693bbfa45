internal import SQLite

/// Where someone is in a feed of changes.
public struct FeedPlace: Sendable, Equatable {
  /// The change behind which he goes on, or before which.
  public let sequence: Int64
  /// Which feed it is of: another registry's, or that of another restore, has other changes under these numbers.
  ///
  /// Nil where only a number was said.
  public let feed: String?

  init(_ sequence: Int64, of feed: String?) {
    self.sequence = sequence
    self.feed = feed
  }

  /// Reads "12" or "12-9f86d081884c7d65".
  public init?(_ text: String) {
    let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts[0].utf8.allSatisfy(isDigit), let number = Int64(parts[0]) else { return nil }
    sequence = number
    feed = parts.count > 1 ? String(parts[1]) : nil
    if let feed, !isFeed(feed) { return nil }
  }

  /// As the next question may say it.
  public var text: String { feed.map { "\(sequence)-\($0)" } ?? "\(sequence)" }

  /// The same feed, further on or back.
  public func at(_ sequence: Int64) -> FeedPlace { FeedPlace(sequence, of: feed) }
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

// As migration 0025 makes them.
private func isFeed(_ text: String) -> Bool {
  text.utf8.count == 16 && text.utf8.allSatisfy { isDigit($0) || (0x61...0x66).contains($0) }
}

extension Registry {
  /// The place behind the last change.
  public var newestPlace: FeedPlace {
    get throws(RegistryError) {
      try read { (database) throws(RegistryError) in
        try told { () throws(SQLiteError) in
          FeedPlace(try database.newestChange(), of: try database.feed())
        }
      }
    }
  }
}

extension Connection {
  /// The last change's sequence number; 0 where there is none.
  borrowing func newestChange(of table: SQL = "change") throws(SQLiteError) -> Int64 {
    try first("SELECT max(number) FROM" + table) { row in row.integer(0) } ?? 0
  }

  borrowing func feed() throws(SQLiteError) -> String? {
    try first("SELECT id FROM feed") { row in row.text(0) }
  }

  /// Makes it another feed; a file with an older schema becomes one when it is brought up to date.
  borrowing func renewFeed() throws(SQLiteError) {
    let table = try first("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'feed'") {
      _ in true
    }
    guard table != nil else { return }
    try run("INSERT OR REPLACE INTO feed (number, id) VALUES (1, lower(hex(randomblob(8))))")
  }
}
