import Foundation
import JSON
import Registry
import Synchronization
import Testing
import Wire

/// Imports whose keys end, or change, between two batches.
@Suite struct EndedKeyTests {
  private static let now = Instant("2026-01-01T10:00:00Z")

  private let folder: URL
  private let registry: Registry
  private let admin: Key
  private let made: (key: String, id: String)
  private let owner: Key
  private let moment: Moment

  private final class Moment: Sendable {
    let now: Mutex<Instant>
    init(_ now: Instant) { self.now = Mutex(now) }
  }

  init() throws {
    folder = try temporaryFolder()
    let moment = Moment(try #require(Self.now))
    self.moment = moment
    var environment = Environment.live
    environment.now = { moment.now.withLock { $0 } }
    registry = try Registry(
      path: folder.appending(path: "registry.db").path, environment: environment)
    admin = try registry.makeSchools()
    made = try registry.createKey(
      .provider(slug: "old-school"), label: nil, expiresAt: Instant("2026-01-01T11:00:00Z"))
    owner = try #require(try registry.key(made.key))
  }

  /// An import by the provider's key that has stored some of its rows, and not all.
  private func begun() throws -> ImportRun {
    let file = folder.appending(path: "rows.ndjson")
    let rows = (1...3000).map { #"{"external_id": "\#($0)", "title": "Course \#($0)"}"# }
    try rows.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    let run = try ImportRun(
      Spool(path: file.path, .reading), as: .credential, ImportOptions(format: .ndjson),
      by: owner, into: registry)
    // A batch ends early where others wait to write.
    let others = Others(registry, admin)
    _ = try run.step()
    others.end()
    #expect((1..<3000).contains(run.progress.counts.created))
    return run
  }

  /// What became of the rows that are left, a line each.
  private func rest(_ run: ImportRun) throws -> [String] {
    var lines: [String] = []
    while let more = try run.step() {
      lines += more.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    }
    return lines
  }

  private enum End: CaseIterable { case revoked, expired, withdrawn }

  @Test(arguments: End.allCases)
  private func `a key that has ended writes nothing from the next batch on, and each row says why`(
    end: End
  ) throws {
    let run = try begun()
    let stored = run.progress.counts.created
    switch end {
    case .revoked: try registry.revokeKey(made.id)
    case .expired:
      let later = try #require(Instant("2026-01-01T11:00:00Z"))
      moment.now.withLock { $0 = later }
    case .withdrawn:
      _ = try registry.withdraw(.provider, "old-school", ifAt: { _ in true }, by: admin)
    }
    let lines = try rest(run)
    #expect(lines.count == 3000 - stored)
    #expect(run.progress.isDone && run.progress.counts.created == stored)
    #expect(run.progress.counts.rejected == 3000 - stored)
    let said =
      end == .withdrawn
      ? "The provider old-school was withdrawn: its key reads, and writes nothing more."
      : "The key is revoked or expired: it writes nothing more."
    #expect(lines.allSatisfy { $0.contains(said) }, "\(lines.first ?? "")")
    #expect(throws: RegistryError.self) {
      try registry.item(.credential, "course-3000", for: .admin) { _ in }
    }
  }

  @Test func `a provider that is merged has the rest of its rows by its new name`() throws {
    let run = try begun()
    _ = try registry.merge(
      .provider, "old-school", .object([.init(name: "into", value: "new-school")]),
      ifAt: { _ in true }, by: admin)
    _ = try rest(run)
    #expect(run.progress.counts.created == 3000)
    for number in [1, 3000] {
      let provider = try registry.item(.credential, "course-\(number)", for: .admin) { record in
        record.cell(record.fields.firstIndex { $0.name == "provider" } ?? 0)
      }
      #expect(provider == "new-school", "\(number)")
    }
  }
}
