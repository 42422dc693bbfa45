internal import SQLite
internal import Synchronization

/// What this process knows of imports beside what the database says; a restart begins it anew.
final class ImportWork: Sendable {
  private struct State {
    var uploads: [String: Upload] = [:]
    var waits: [String: ImportWait] = [:]
    /// Imports by their authors' keys of which the database doesn't know yet.
    var arriving: [String: Int] = [:]
  }

  private let state = Mutex(State())

  /// The upload `id`, which `open` opens where it isn't open yet.
  func upload(
    _ id: String, open: () throws(RegistryError) -> Upload
  ) throws(RegistryError) -> Upload {
    try state.withLock { (state) throws(RegistryError) in
      if let upload = state.uploads[id] { return upload }
      let upload = try open()
      state.uploads[id] = upload
      return upload
    }
  }

  /// The upload `id` where it is open.
  func upload(_ id: String) -> Upload? { state.withLock { $0.uploads[id] } }

  func close(_ id: String) { state.withLock { _ = $0.uploads.removeValue(forKey: id) } }

  func wait(_ id: String) -> ImportWait? { state.withLock { $0.waits[id] } }

  /// Why the import `id` waits; nil where it goes on.
  func set(_ wait: ImportWait?, _ id: String) { state.withLock { $0.waits[id] = wait } }

  /// Counts one more import of the key that is on its way, and says how many these are.
  func arrive(_ author: String) -> Int {
    state.withLock { state in
      state.arriving[author, default: 0] += 1
      return state.arriving[author] ?? 0
    }
  }

  func leave(_ author: String) {
    state.withLock { state in
      let rest = (state.arriving[author] ?? 1) - 1
      state.arriving[author] = rest == 0 ? nil : rest
    }
  }
}

/// Why an import stands still though rows of it are left.
public struct ImportWait: Sendable {
  public let reason: String
  public let since: Instant
  public let nextTry: Instant
}

/// The right to one import at a time of those that a key may have, until it is let go.
public final class ImportPass: Sendable {
  private let work: ImportWork
  private let author: String
  private let isOver = Atomic(false)
  /// Where the key stands with its rows, before those of this import; nil where it may import any number.
  public let standing: ImportQuota.Standing?

  init(_ work: ImportWork, _ author: String, _ standing: ImportQuota.Standing?) {
    self.work = work
    self.author = author
    self.standing = standing
  }

  deinit { leave() }

  /// From here on the database knows of the import, or there is none.
  public func leave() {
    if !isOver.exchange(true, ordering: .relaxed) { work.leave(author) }
  }
}

extension Registry {
  /// Lets the key of `order` begin an import, before anything of it has come.
  ///
  /// `isCounted` is false where the answer may be that of an earlier request, which nothing used up since changes.
  public func admit(_ order: ImportOrder, isCounted: Bool) throws(RegistryError) -> ImportPass {
    let author = order.author.id
    // Counted before it is looked at, so that of two at once one sees the other.
    let arriving = work.arrive(author)
    do throws(RegistryError) {
      let standing = try read { (database) throws(RegistryError) in
        if let most = order.quota.atOnce {
          let known = try told { () throws(SQLiteError) in
            try database.first(
              "SELECT count(*) FROM import WHERE author = ?1 AND state IN ('receiving', 'applying')",
              .text(author)
            ) { row in Int(row.integer(0)) } ?? 0
          }
          if known + arriving > most { throw .tooManyImports(most: most) }
        }
        guard isCounted, !order.options.isDryRun else { return ImportQuota.Standing?.none }
        return try admit(0, by: order.author, order.quota, in: database)
      }
      return ImportPass(work, author, standing)
    } catch {
      work.leave(author)
      throw error
    }
  }
}
