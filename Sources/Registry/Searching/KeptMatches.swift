internal import SQLite
internal import Synchronization

/// Which rows hold the words of searches that were asked before, a bit each, at one revision.
///
/// FTS5 tells the rows of a word one after another, which takes a millisecond for some 15,000. Who asks for
/// the same words with another filter, or counts them, needs no walk again.
final class KeptMatches: Sendable {
  /// An FTS5 table, and what it is asked for.
  struct Question: Hashable, Sendable {
    let table: SQL
    let expression: String
  }

  private struct Matches {
    var rows: RowSet
    /// Rows that were written since, to be looked up.
    var open: [Int64] = []
  }

  /// A bit for each row, so 8 MB of a million rows.
  private static let most = 64
  private static let mostOpen = 64

  private struct State {
    var matches: [Question: Matches] = [:]
    /// Those of `matches`, the oldest first.
    var order: [Question] = []
  }

  private let state: Mutex<State>

  init() { state = Mutex(State()) }

  private init(_ state: State) { self.state = Mutex(state) }

  /// The same at the next revision, in which these rows are others.
  func followed(by numbers: [Int64]) -> KeptMatches {
    var next = State()
    state.withLock { state in
      for question in state.order {
        guard var matches = state.matches[question] else { continue }
        matches.open = Set(matches.open + numbers).sorted()
        guard matches.open.count <= Self.mostOpen else { continue }
        next.matches[question] = matches
        next.order.append(question)
      }
    }
    return KeptMatches(next)
  }

  /// The rows that match; nil where nobody has walked through them.
  func rows(
    _ question: Question, in database: borrowing Connection
  ) throws(SQLiteError) -> RowSet? {
    guard var matches = state.withLock({ $0.matches[question] }) else { return nil }
    guard !matches.open.isEmpty else { return matches.rows }
    let sql: SQL =
      "SELECT 1 FROM" + question.table + "WHERE" + question.table + "MATCH ?1 AND rowid = ?2"
    for number in matches.open {
      let isIn = try database.first(sql, .text(question.expression), .integer(number)) { _ in true }
      matches.rows.set(number, to: isIn ?? false)
    }
    matches.open = []
    let mended = matches
    state.withLock { state in
      if state.matches[question] != nil { state.matches[question] = mended }
    }
    return mended.rows
  }

  func keep(_ rows: RowSet, for question: Question) {
    state.withLock { state in
      if state.matches.updateValue(Matches(rows: rows), forKey: question) == nil {
        state.order.append(question)
      }
      if state.order.count > Self.most {
        state.matches[state.order.removeFirst()] = nil
      }
    }
  }

  /// All rows that match, walked through where they aren't known.
  func allRows(
    _ question: Question, in database: borrowing Connection
  ) throws(SQLiteError) -> RowSet {
    if let known = try rows(question, in: database) { return known }
    var found = RowSet()
    let sql: SQL =
      "SELECT rowid FROM" + question.table + "WHERE" + question.table + "MATCH ?"
    try database.each(sql, [.text(question.expression)]) { row in found.insert(row.integer(0)) }
    keep(found, for: question)
    return found
  }
}
