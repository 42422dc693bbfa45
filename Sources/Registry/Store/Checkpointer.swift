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
  private let isAtWork = Atomic(false)
  /// How many pages of the log were in the file already.
  private let moved = Atomic(0)
  /// How many it had after the last commit.
  private let last = Atomic(0)

  init(_ path: String) { self.path = path }

  /// Called by the writer after each of its commits.
  func follow(_ writer: borrowing Connection) {
    let pages = writer.log.pages
    // A shorter log than before is a new one.
    if pages < last.exchange(pages, ordering: .relaxed) { moved.store(0, ordering: .relaxed) }
    let moved = moved.load(ordering: .relaxed)
    let left = pages - (moved <= pages ? moved : 0)
    let isLong = pages >= Self.most
    // All who write wait meanwhile: the longer the log has become, the more of it they wait for.
    if isLong, left < Self.few * pages / Self.most {
      // What fails here will be tried again after the next commit.
      if let moved = try? writer.moveLog() { self.moved.store(moved, ordering: .relaxed) }
    } else if left >= (isLong ? Self.few : Self.some) {
      begin()
    }
  }

  /// Has all of a log that is long moved, as far as nobody reads it; called by who has much more to write, and whom
  /// nobody waits for: the next transaction begins the log anew.
  func catchUp() {
    guard last.load(ordering: .relaxed) >= Self.some else { return }
    settle()
    begin()
    settle()
  }

  /// Returns once nothing is being moved.
  func settle() { queue.sync {} }

  private func begin() {
    guard isAtWork.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged
    else { return }
    queue.async { [self] in
      do throws(SQLiteError) {
        let connection = try Connection(path: path)
        let pages = try connection.moveLog()
        sync(connection)
        moved.store(pages, ordering: .relaxed)
      } catch {
        // It will be tried again after the next commit.
      }
      isAtWork.store(false, ordering: .relaxed)
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
