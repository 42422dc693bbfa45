internal import Dispatch
internal import SQLite

/// A run of which the registry keeps note: what is done and what became of it is stored with the rows
/// themselves, so a crash between two batches is a pause.
public final class KeptImport: Sendable {
  public let id: String
  private let run: ImportRun
  private let spool: Spool
  private let work: ImportWork

  /// One after another: they would only wait for each other's transactions.
  private static let background = DispatchQueue(label: "cairn.imports")
  /// Seconds between two tries of one that fails; they double from one to the next.
  private static let longestWait = 60

  init(_ id: String, _ run: ImportRun, _ spool: Spool, _ work: ImportWork) {
    self.id = id
    self.run = run
    self.spool = spool
    self.work = work
  }

  /// Applies the next batch and says what became of its rows; nil once all is done.
  public func step() throws(RegistryError) -> [UInt8]? {
    guard let lines = try run.step(keep) else { return nil }
    if run.progress.isDone { spool.remove() }
    return lines
  }

  private func keep(
    _ registry: Registry, _ lines: [UInt8], _ progress: ImportRun.Progress
  ) throws(RegistryError) {
    let counts = progress.counts
    let state: Import.State =
      !progress.isDone ? .applying : progress.isRefused ? .refused : .done
    try registry.write { (database) throws(RegistryError) in
      try told { () throws(SQLiteError) in
        try database.run(
          """
          UPDATE import SET state = ?2, offset = ?3, line = ?4, created = ?5, updated = ?6,
            unchanged = ?7, skipped = ?8, rejected = ?9, updated_at = ?10 WHERE id = ?1
          """, .text(id), .text(state.rawValue), .integer(Int64(progress.bytes)),
          .integer(Int64(progress.line + 1)), .integer(Int64(counts.created)),
          .integer(Int64(counts.updated)), .integer(Int64(counts.unchanged)),
          .integer(Int64(counts.skipped)), .integer(Int64(counts.rejected)),
          .integer(registry.environment.now().milliseconds))
        for part in Self.parts(of: lines) {
          try database.run(
            """
            INSERT INTO import_result (import, part, lines)
            SELECT ?1, coalesce(max(part) + 1, 0), ?2 FROM import_result WHERE import = ?1
            """, .text(id), .text(String(decoding: part, as: UTF8.self)))
        }
      }
    }
  }

  /// The lines in parts of a megabyte or so: whoever reads what became of an import holds one at a time.
  private static func parts(of lines: [UInt8]) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = 0
    while start < lines.count {
      let end = lines.newline(from: min(start + 1 << 20, lines.count)).map { $0 + 1 } ?? lines.count
      parts.append(lines[start..<end])
      start = end
    }
    return parts
  }

  /// Brings it to its end while nobody waits.
  ///
  /// Where the registry fails (the disk is full, a page is damaged), it waits and tries again, as long as it takes;
  /// `failed` is told each time.
  public func continueInBackground(_ failed: @escaping @Sendable (RegistryError) -> Void) {
    Self.background.async { self.goOn(wait: 1, failed) }
  }

  private func goOn(wait seconds: Int, _ failed: @escaping @Sendable (RegistryError) -> Void) {
    let before = run.progress.counts
    do throws(RegistryError) {
      while try step() != nil { work.set(nil, id) }
    } catch {
      // What got on before it failed again begins with short waits again.
      let seconds = run.progress.counts == before ? seconds : 1
      let now = Instant.current()
      let since = work.wait(id)?.since ?? now
      let next = Instant(milliseconds: now.milliseconds + Int64(seconds) * 1000)
      work.set(ImportWait(reason: error.description, since: since, nextTry: next), id)
      failed(error)
      Self.background.asyncAfter(deadline: .now() + .seconds(seconds)) {
        self.goOn(wait: min(2 * seconds, Self.longestWait), failed)
      }
    }
  }
}
