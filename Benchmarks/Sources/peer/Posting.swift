import Foundation
import GRDB
import Hummingbird

// The same POST as a Swift engineer would write it today: Codable in, one transaction of GRDB's writer a request,
// the same rows in the same tables, the stored item out. It checks less than Cairn does: types, and no code.

struct Posted: Codable {
  var title: [String: String]
  var description: [String: String]?
  var external_id: String?
  var countries, isced_f, languages, participation: [String]?
  var sector, integration, homepage: String?
  var learning_outcomes: [Credential.Outcome]?
  var workload: Credential.Workload?
  var credit: Credential.Credit?
  var levels: [Credential.Level]?
}

func post(_ posted: Posted, _ pool: DatabasePool) async throws -> Credential {
  try await pool.write { database in
    func json(_ value: (some Encodable)?) throws -> String? {
      try value.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
    }
    let now = Int64(Date().timeIntervalSince1970 * 1000)
    let id = UUID().uuidString.lowercased()
    try database.execute(
      sql: """
        INSERT INTO credential
          (id, slug, external_id, kind, status, title, description, countries, sector, isced_f, languages,
           learning_outcomes, workload, credit, levels, participation, integration, homepage,
           title_en, hours_min, hours_max, credit_system, credit_points,
           standard_elements, version, created_at, updated_at)
        VALUES (?, ?, ?, 'microcredential', 'published', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
          '{"stated":8,"of":13,"missing":["awarding_body"]}', 1, ?, ?)
        """,
      arguments: [
        id, "posted-\(id)", posted.external_id, json(posted.title), json(posted.description),
        json(posted.countries), posted.sector, json(posted.isced_f), json(posted.languages),
        json(posted.learning_outcomes), json(posted.workload), json(posted.credit),
        json(posted.levels), json(posted.participation), posted.integration, posted.homepage,
        posted.title["en"], posted.workload?.hours, posted.workload?.hours, posted.credit?.system,
        posted.credit?.points, now, now,
      ])
    let number = database.lastInsertedRowID
    try database.execute(
      sql: """
        INSERT INTO credential_text (rowid, title, description, learning_outcomes) VALUES (?, ?, ?, ?)
        """,
      arguments: [
        number, posted.title.values.joined(separator: " "),
        posted.description?.values.joined(separator: " "),
        posted.learning_outcomes?.flatMap(\.text.values).joined(separator: " "),
      ])
    guard
      let stored = try Credential.fetchOne(
        database, sql: "SELECT * FROM credential WHERE number = ?", arguments: [number])
    else { throw HTTPError(.internalServerError) }
    return stored
  }
}
