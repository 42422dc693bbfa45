internal import Synchronization

/// What a connection has looked up.
///
/// Whoever writes the tables they are from has them forgotten.
public final class KnownTexts {
  /// Beyond these, texts are hardly met again.
  private static let most = 20_000
  /// By the place of the question.
  private var known: [[ExactText: String]] = []
  private var version: Int64 = -1
  /// False where a commit might go unnoticed after which it holds no more.
  public var isKept = false

  /// What was found for `text`, if it was asked for.
  public func answer(to question: Lookup, for text: String) -> String? {
    guard isKept else { return nil }
    return known.indices.contains(question.place) ? known[question.place][ExactText(text)] : nil
  }

  public func forget(_ text: String, as answer: Lookup) {
    if known.indices.contains(answer.place) { known[answer.place][ExactText(text)] = nil }
  }

  /// Keeps an answer that nobody need look up.
  public func keep(_ found: String, as answer: Lookup, for text: String) {
    guard isKept else { return }
    while known.count <= answer.place { known.append([:]) }
    if known[answer.place].count >= Self.most { known[answer.place] = [:] }
    known[answer.place][ExactText(text)] = found
  }

  /// Another one each time that what was known may not hold any more.
  public let generation = Generation()
  /// True where it won't hold once the transaction has ended.
  public private(set) var isOutdated = false

  public func forget() {
    known = []
    isOutdated = false
    generation.end()
  }

  /// Has all forgotten at the transaction's end.
  public func outdate() { isOutdated = true }

  /// Forgets all, unless `version` is what it was when this was last asked.
  public func forget(unless version: Int64) {
    if version != self.version { forget() }
    self.version = version
  }
}

/// A text that only one of the same bytes equals, as in SQLite: Swift takes the Kelvin sign for a K.
public struct ExactText: Hashable {
  private let text: String

  public init(_ text: String) { self.text = text }

  public static func == (one: ExactText, other: ExactText) -> Bool {
    let (one, other) = (one.text.utf8.span, other.text.utf8.span)
    return one.count == other.count && one.indices.allSatisfy { one[$0] == other[$0] }
  }

  public func hash(into hasher: inout Hasher) {
    text.utf8.span.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}

/// A number that is another one each time; read on any thread.
public final class Generation: Sendable {
  private let value = Atomic(0)

  public var number: Int { value.load(ordering: .acquiring) }

  fileprivate func end() { value.add(1, ordering: .releasing) }
}

extension Connection {
  /// Forgets what was found before another connection's last commit.
  public func forgetForeign() throws(SQLiteError) {
    let version = try first("PRAGMA data_version") { row in row.integer(0) }
    known.forget(unless: version ?? -1)
  }

  /// The answer to `question` for `text`, looked up once where answers are kept.
  public func knownText(_ question: Lookup, for text: String) throws(SQLiteError) -> String? {
    if let found = known.answer(to: question, for: text) { return found }
    let found = try self.text(question, for: text)
    if let found { known.keep(found, as: question, for: text) }
    return found
  }

  /// The answer to `question` for `text`, looked up now.
  public func text(_ question: Lookup, for text: String) throws(SQLiteError) -> String? {
    try first(question.sql, .text(text), .text(question.list)) { row in row.text(0) }
  }
}
