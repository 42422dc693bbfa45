internal import Dispatch
internal import SQLite

/// A run of which the registry keeps note: what is done and what became of it is stored with the rows
/// themselves, so a crash between two batches is a pause.
public final class KeptImport: Sendable {
  public let id: String
  private let run: ImportRun
  private let spool: Spool

  /// One after another: they would only wait for each other's transactions.
  private static let background = DispatchQueue(label: "cairn.imports")

  init(_ id: String, _ run: ImportRun, _ spool: Spool) {
    self.id = id
    self.run = run
    self.spool = spool
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
    let (counts, state) = (
      progress.counts,
      progress.isRefused ? Import.State.refused : progress.isDone ? .done : .applying
    )
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
        guard !lines.isEmpty else { return }
        try database.run(
          """
          INSERT INTO import_result (import, part, lines)
          SELECT ?1, coalesce(max(part) + 1, 0), ?2 FROM import_result WHERE import = ?1
          """, .text(id), .text(String(decoding: lines, as: UTF8.self)))
      }
    }
  }

  /// Brings it to its end while nobody waits; where the registry fails, it is the next start's to go on.
  public func continueInBackground(_ failed: @escaping @Sendable (RegistryError) -> Void) {
    Self.background.async {
      do throws(RegistryError) { while try self.step() != nil {} } catch { failed(error) }
    }
  }
}
