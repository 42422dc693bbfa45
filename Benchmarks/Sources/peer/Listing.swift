import Foundation
import GRDB
import HTTPTypes
import Hummingbird

// The same lists as a Swift engineer would write them today: one statement with what was asked, Codable rows, a
// keyset page; facets by GROUP BY, words by FTS5 in the order of the rows. It has the columns' own indexes and
// (sector, kind).

struct Asked {
  var sector, kind, q: String?
  var after: Int64
  var limit: Int
  var facets: Bool

  init(_ parameters: Parameters) {
    sector = parameters["sector"].map(String.init)
    kind = parameters["kind"].map(String.init)
    q = parameters["q"].map(String.init)
    after = parameters["after"].flatMap { Int64($0) } ?? 0
    limit = parameters["limit"].flatMap { Int($0) } ?? 50
    facets = parameters["facets"] != nil
  }
}

struct Page: ResponseEncodable {
  struct Count: Codable, FetchableRecord { var value: String?; var count: Int }
  var items: [Credential]
  var next: Int64?
  var facets: [String: [Count]]?
}

private struct Numbered: FetchableRecord, Decodable {
  var credential: Credential
  var number: Int64

  init(row: Row) throws {
    credential = try Credential(row: row)
    number = row["number"]
  }
}

func list(_ asked: Asked, _ pool: DatabasePool) async throws -> Page {
  try await pool.read { database in
    var sql = "SELECT credential.* FROM credential"
    var conditions = ["status = 'published'"]
    var values: StatementArguments = []
    if let q = asked.q {
      sql += " JOIN credential_text ON credential_text.rowid = number"
      conditions.append("credential_text MATCH ?")
      values += [q]
    }
    for (column, value) in [("sector", asked.sector), ("kind", asked.kind)] {
      guard let value else { continue }
      conditions.append("\(column) = ?")
      values += [value]
    }
    let key = asked.q == nil ? "number" : "credential_text.rowid"
    sql +=
      " WHERE " + conditions.joined(separator: " AND ") + " AND \(key) > ? ORDER BY \(key) LIMIT ?"
    let rows = try Numbered.fetchAll(
      database, sql: sql, arguments: values + [asked.after, asked.limit + 1])
    let page = rows.prefix(asked.limit)
    return Page(
      items: page.map(\.credential), next: rows.count > asked.limit ? page.last?.number : nil,
      facets: asked.facets ? try facets(of: asked.sector, database) : nil)
  }
}

private func facets(of sector: String?, _ database: Database) throws -> [String: [Page.Count]] {
  let rows = "FROM credential WHERE status = 'published'" + (sector == nil ? "" : " AND sector = ?")
  let values: StatementArguments = sector.map { [$0] } ?? []
  var facets: [String: [Page.Count]] = [:]
  for column in ["sector", "stackable"] {
    facets[column] = try Page.Count.fetchAll(
      database,
      sql:
        "SELECT CAST(\(column) AS TEXT) AS value, count(*) AS count \(rows) GROUP BY 1 ORDER BY 2 DESC",
      arguments: values)
  }
  for (member, column) in [("country", "countries"), ("participation", "participation")] {
    facets[member] = try Page.Count.fetchAll(
      database,
      sql: """
        SELECT each.value, count(*) AS count FROM credential, json_each(credential.\(column)) AS each
        WHERE number IN (SELECT number \(rows)) GROUP BY 1 ORDER BY 2 DESC
        """, arguments: values)
  }
  return facets
}
