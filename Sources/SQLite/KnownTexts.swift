/// What a connection that writes has looked up: texts that stand for a text, by the statement that finds them.
///
/// Whoever writes the tables they are from has them forgotten.
public final class KnownTexts {
  /// Beyond these, texts are hardly met again.
  private static let most = 20_000
  private var known: [SQL: [String: [String: String]]] = [:]
  private var version: Int64 = -1
  /// False where somebody else's commit might go unnoticed.
  var isKept = false

  func text(for text: String, _ list: String, by sql: SQL) -> String? { known[sql]?[list]?[text] }

  func keep(_ found: String, for text: String, _ list: String, by sql: SQL) {
    guard isKept else { return }
    if known[sql, default: [:]][list, default: [:]].count >= Self.most { known[sql]?[list] = nil }
    known[sql, default: [:]][list, default: [:]][text] = found
  }

  /// Another one each time that what was known may not hold any more.
  public private(set) var generation = 0

  public func forget() {
    known = [:]
    generation += 1
  }

  fileprivate func forget(unless version: Int64) {
    if version != self.version { forget() }
    self.version = version
  }
}

extension Connection {
  /// Keeps what `knownText` finds, from here on, until `forgetForeign` or `known.forget`.
  public func keepKnownTexts() { known.isKept = true }

  /// Forgets what was found before another connection's last commit.
  public func forgetForeign() throws(SQLiteError) {
    let version = try first("PRAGMA data_version") { row in row.integer(0) }
    known.forget(unless: version ?? -1)
  }

  /// The text that `sql` finds for `text` in `list`, which are its ?1 and ?2, looked up once.
  public func knownText(
    for text: String, _ list: String, by sql: SQL
  ) throws(SQLiteError) -> String? {
    if let found = known.text(for: text, list, by: sql) { return found }
    let found = try first(sql, .text(text), .text(list)) { row in row.text(0) }
    if let found { known.keep(found, for: text, list, by: sql) }
    return found
  }
}
