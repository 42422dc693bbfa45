internal import JSON
internal import SQLite

/// What of a credential is compared: of each list its first twenty, so that none costs too much.
struct Profile {
  private static let most = 20

  struct Outcome {
    let texts: [String]
    let esco: Set<String>
  }

  struct Workload {
    /// The middle, where a range is stated.
    let hours: Double?
    let system: String?
    let points: Double?

    var json: JSONValue {
      let members: [(String, JSONValue?)] = [
        ("hours", hours.map(JSONValue.number)), ("credit_system", system.map(JSONValue.string)),
        ("credit_points", points.map(JSONValue.number)),
      ]
      return .object(
        members.compactMap { name, value in value.map { .init(name: name, value: $0) } })
    }
  }

  let titles: [String]
  let outcomes: [Outcome]
  /// ISCED-F codes.
  let fields: [String]
  let sector: String?
  let division: String?
  let workload: Workload?
  /// Codes such as IE-NFQ-6.
  let levels: [String]
  let eqf: [Int]
  let countries: [String]

  static let columns: [SQL] = [
    "title", "learning_outcomes", "isced_f", "sector", "nace", "(hours_min + hours_max) / 2",
    "credit_system", "credit_points", "levels", "countries",
    """
    (SELECT json_group_array(eqf_level) FROM (
      SELECT DISTINCT CAST(level.eqf_level AS TEXT) AS eqf_level
      FROM json_each(credential.levels) AS stated JOIN level
        ON level.code = (stated.value ->> '$.framework') || '-' || (stated.value ->> '$.level')
      WHERE level.eqf_level IS NOT NULL ORDER BY 1))
    """,
  ]

  /// `row` has `columns` from `first` on.
  init(_ row: borrowing Row, from first: Int) {
    let json = [0, 1, 2, 8, 9, 10].reduce(into: [Int: JSONValue]()) { json, column in
      json[column] = try? JSONValue(parsing: Array(row.text(first + column).utf8))
    }
    titles = Array((json[0]?.texts ?? []).prefix(Self.most))
    outcomes = (json[1]?.elements ?? []).prefix(Self.most).map { outcome in
      Outcome(
        texts: Array((outcome["text"]?.texts ?? []).prefix(Self.most)),
        esco: Set(outcome["esco"]?.elements.strings ?? []))
    }
    fields = Array((json[2]?.elements.strings ?? []).prefix(Self.most))
    sector = row.optionalText(first + 3)
    division = row.optionalText(first + 4)
    let points = row.isNull(first + 7) ? nil : row.real(first + 7)
    let hours = row.isNull(first + 5) ? nil : row.real(first + 5)
    workload =
      hours == nil && points == nil
      ? nil
      : Workload(
        hours: hours, system: points == nil ? nil : row.optionalText(first + 6), points: points)
    levels = (json[8]?.elements ?? []).prefix(Self.most).compactMap { level in
      guard case .string(let framework)? = level["framework"],
        case .string(let name)? = level["level"]
      else { return nil }
      return "\(framework)-\(name)"
    }
    countries = json[9]?.elements.strings ?? []
    eqf = (json[10]?.elements.strings ?? []).compactMap { Int($0) }
  }
}

extension JSONValue {
  /// The texts of a language map.
  fileprivate var texts: [String] {
    guard case .object(let members) = self else { return [] }
    return members.map(\.value).strings
  }

  fileprivate var elements: [JSONValue] { if case .array(let items) = self { items } else { [] } }
}

extension [JSONValue] {
  fileprivate var strings: [String] {
    compactMap { if case .string(let text) = $0 { text } else { nil } }
  }
}
