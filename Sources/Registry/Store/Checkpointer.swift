internal import Dispatch
internal import SQLite
internal import Synchronization

/// Moves the write-ahead log into the database file, beside the writer: a commit waits for its own pages alone.
///
/// The log begins anew where a transaction finds all of it moved and nobody reading it. Where writes never pause
/// that doesn't come by itself, so a log that has become long is moved by the writer, once little is left of it.
final class Checkpointer: Sendable {
  /// Pages of 4 KiB.
  ///
  /// A page that is written again and again is moved once: the more that are moved at once, the fewer are.
  private static let (few, some, most) = (250, 16_000, 32_000)

  private let path: String
  private let queue = DispatchQueue(label: "cairn.checkpoint")
  private let state = Mutex(State())

  private struct State {
    /// How many pages the log had after the last commit.
    var pages = 0
    /// How many of them were in the file already.
    var moved = 0
    /// How often the log began anew.
    var beginnings = 0
    var isAtWork = false
    var failures = 0
    /// Why the last try to move it failed; nil where it didn't.
    var failure: String?

    /// How many pages are still to be moved.
    var left: Int { pages - (moved <= pages ? moved : 0) }

    mutating func follow(_ pages: Int) {
      // A shorter log than before is a new one, and all of the old one was moved.
      if pages < self.pages { (moved, beginnings, failure) = (0, beginnings + 1, nil) }
      self.pages = pages
    }

    /// What was moved of a log that has begun anew meanwhile says nothing of this one.
    mutating func note(_ move: (pages: Int, moved: Int)?, of log: Int) {
      if let move, log == beginnings { moved = move.moved }
      failure = nil
      guard let move else {
        if left >= Checkpointer.most { fail("another connection is moving it") }
        return
      }
      if move.pages - move.moved >= Checkpointer.most {
        fail("somebody has been reading for too long")
      }
    }

    mutating func fail(_ reason: String) {
      failures += 1
      failure = reason
    }
  }

  init(_ path: String) { self.path = path }

  /// Called by the writer after each of its commits.
  func follow(_ writer: borrowing Connection) {
    let pages = writer.log.pages
    let (left, log) = state.withLock { state in
      state.follow(pages)
      return (state.left, state.beginnings)
    }
    let isLong = pages >= Self.most
    // All who write wait meanwhile: the longer the log has become, the more of it they wait for.
    if isLong, left < Self.few * pages / Self.most {
      move(log) { () throws(SQLiteError) in try writer.checkpoint() }
    } else if left >= (isLong ? Self.few : Self.some) {
      begin()
    }
  }

  /// Has all of a log that is long moved, as far as nobody reads it; called by who has much more to write, and whom
  /// nobody waits for: the next transaction begins the log anew.
  func catchUp() {
    guard state.withLock({ $0.pages }) >= Self.some else { return }
    settle()
    begin()
    settle()
  }

  /// Returns once nothing is being moved.
  func settle() { queue.sync {} }

  /// Says how the log is, and whether it can be moved.
  func tell(_ use: inout StoreUse) {
    use.logBytes = Spool.size(DatabaseFile(at: path).log) ?? 0
    (use.checkpointFailures, use.checkpointFailure) = state.withLock { ($0.failures, $0.failure) }
  }

  private func begin() {
    let log: Int? = state.withLock { state in
      if state.isAtWork { return nil }
      state.isAtWork = true
      return state.beginnings
    }
    guard let log else { return }
    queue.async { [self] in
      move(log) { () throws(SQLiteError) in
        let connection = try Connection(path: path)
        let move = try connection.checkpoint()
        sync(connection)
        return move
      }
      state.withLock { $0.isAtWork = false }
    }
  }

  /// Takes note of what `work` moved of a log; what fails will be tried again after the next commit.
  private func move(
    _ log: Int, _ work: () throws(SQLiteError) -> (pages: Int, moved: Int)?
  ) {
    do throws(SQLiteError) {
      let move = try work()
      state.withLock { $0.note(move, of: log) }
    } catch {
      state.withLock { $0.fail(error.message) }
    }
  }

  /// Or else the writer would wait for all that was moved when it moves the rest.
  ///
  /// Where the disk fails, the process ends: pages that couldn't be written count as written to Linux, so what the log has
  /// of them must be moved again before the log begins anew, as the next start does.
  private func sync(_ connection: borrowing Connection) {
    do throws(SQLiteError) { try connection.syncFile() } catch {
      fatalError("\(path) couldn't be synced: \(error). What was acknowledged is in its log.")
    }
  }
}
