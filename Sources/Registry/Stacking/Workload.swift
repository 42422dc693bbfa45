public import JSON
internal import SQLite

extension Registry {
  /// A credential's workload and credit as they are stated, side by side, and what stated rules make of them.
  ///
  /// Hours and credits are converted by a country's or a framework's rule alone, as a range that names its
  /// source; where no rule is stated, that is said.
  public func workload(of id: String, for viewer: Viewer) throws(RegistryError) -> JSONValue {
    try read { (database) throws(RegistryError) in
      let names = ["slug", "countries", "workload", "credit"]
      let fields = names.compactMap(Noun.credential.field)
      let row = try item(.credential, id, fields, for: viewer, in: database) { record in
        var json = JSONWriter()
        record.write(to: &json)
        return (try? JSONValue(parsing: json.bytes)) ?? .null
      }
      let stated = StatedWork(row)
      let found = try told { () throws(SQLiteError) in try rules(for: stated, in: database) }
      return .object([
        .init(name: "credential", value: row["slug"] ?? .null),
        .init(name: "workload", value: row["workload"] ?? .null),
        .init(name: "credit", value: row["credit"] ?? .null),
        .init(name: "conversions", value: .array(found.compactMap(stated.converted))),
        .init(name: "not_stated", value: .array(stated.missing(found).map(JSONValue.string))),
      ])
    }
  }

  private func rules(
    for work: StatedWork, in database: borrowing Connection
  ) throws(SQLiteError) -> [CreditRule] {
    guard work.system != "none" else { return [] }
    let sql: SQL =
      """
      SELECT s.id, s.country, s.verified, details ->> '$.system',
        details ->> '$.hours_per_credit_min', details ->> '$.hours_per_credit_max',
        json_object('id', source.id, 'title', source.title, 'publisher', source.publisher,
          'date', source.date_from, 'url', source.url, 'locator', locator)
      FROM
      """ + Noun.inForce(on: nil)
        + """
        AS s JOIN source ON source.id = s.source
        WHERE topic = 'credit' AND (?1 IS NULL OR details ->> '$.system' = ?1)
        ORDER BY s.country, s.id
        """
    return try database.all(sql, Value(work.system)) { row in
      CreditRule(
        statement: row.text(0), country: row.optionalText(1), isVerified: row.integer(2) == 1,
        system: row.text(3), hours: row.real(4)...row.real(5),
        source: row.json(6))
    }.filter { $0.country.map(work.countries.contains) ?? true }
  }
}

/// So many hours of a learner's work stand for one credit.
private struct CreditRule {
  let statement: String
  let country: String?
  let isVerified: Bool
  let system: String
  let hours: ClosedRange<Double>
  let source: JSONValue
}

private struct StatedWork {
  let countries: [String]
  let hours: ClosedRange<Double>?
  let system: String?
  let points: Double?

  init(_ row: JSONValue) {
    if case .array(let items)? = row["countries"] {
      countries = items.compactMap { if case .string(let code) = $0 { code } else { nil } }
    } else {
      countries = []
    }
    let least = row["workload"]?["hours"]?.real ?? row["workload"]?["hours_min"]?.real
    let most = row["workload"]?["hours"]?.real ?? row["workload"]?["hours_max"]?.real
    if let least, let most { hours = least...most } else { hours = nil }
    if case .string(let name)? = row["credit"]?["system"] { system = name } else { system = nil }
    points = row["credit"]?["points"]?.real
  }

  func converted(by rule: CreditRule) -> JSONValue? {
    var members: [JSONValue.Member] = [.init(name: "system", value: .string(rule.system))]
    if let points {
      let hours = points * rule.hours.lowerBound...points * rule.hours.upperBound
      members.append(.init(name: "hours", value: range(hours)))
    } else if let hours, rule.hours.lowerBound > 0 {
      let points =
        hours.lowerBound / rule.hours.upperBound...hours.upperBound / rule.hours.lowerBound
      members.append(.init(name: "points", value: range(points)))
    } else {
      return nil
    }
    members += [
      .init(name: "country", value: rule.country.map(JSONValue.string) ?? .null),
      .init(name: "statement", value: .string(rule.statement)),
      .init(name: "verified", value: .bool(rule.isVerified)),
      .init(name: "source", value: rule.source),
    ]
    return .object(members)
  }

  func missing(_ rules: [CreditRule]) -> [String] {
    var missing: [String] = []
    if hours == nil { missing.append("workload.hours") }
    if system == nil { missing.append("credit") }
    if let system, system != "none" {
      if points == nil { missing.append("credit.points") }
      if rules.isEmpty { missing.append("hours_per_credit.\(system)") }
    }
    return missing
  }

  private func range(_ numbers: ClosedRange<Double>) -> JSONValue {
    // Hundredths are finer than any source states.
    func rounded(_ number: Double) -> JSONValue { .number((number * 100).rounded() / 100) }
    return .object([
      .init(name: "min", value: rounded(numbers.lowerBound)),
      .init(name: "max", value: rounded(numbers.upperBound)),
    ])
  }
}
