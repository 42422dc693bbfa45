internal import JSON
internal import SQLite

extension SideRows {
  /// Whose credential it is beside its provider's: columns in memory aren't where a provider's change looks.
  static let awardingBodies = SideRows(
    name: "awarding bodies", width: 1,
    into: "INSERT OR IGNORE INTO credential_awarding_body (provider, credential)",
    delete: "DELETE FROM credential_awarding_body WHERE credential = ?1",
    kept: "SELECT provider FROM credential_awarding_body WHERE credential = ?1",
    said: { document in
      document.items("awarding_bodies").compactMap { $0["provider"]?.string }
        .filter { $0 != document.text("provider") }.map { [.text($0)] }
    })
}
