internal import JSON
internal import SQLite

/// What a country's sources say of microcredentials in the recognition of prior learning.
struct Recognition {
  private struct Statement {
    let isStated: Bool
    let json: JSONValue
  }

  private var statements: [String: Statement] = [:]
  let country: String?

  init(of country: String?, in database: borrowing Connection) throws(SQLiteError) {
    self.country = country
    guard let country else { return }
    let sql: SQL =
      """
      SELECT value, negated, json_object('statement', s.id, 'country', s.country,
        'verified', json(iif(verified, 'true', 'false')),
        'source', json_object('id', source.id, 'title', source.title,
          'publisher', source.publisher, 'date', source.date_from, 'url', source.url,
          'locator', locator))
      FROM
      """ + Noun.inForce(on: nil)
        + """
        AS s JOIN source ON source.id = s.source
        WHERE s.country = ?1 AND topic = 'rpl_use' AND value IS NOT NULL
        ORDER BY since
        """
    try database.each(sql, [.text(country)]) { row in
      statements[row.text(0)] = Statement(
        isStated: row.integer(1) == 0,
        json: row.json(2))
    }
  }

  /// True, false, or nil where no source says.
  func isStated(_ use: String) -> Bool? { statements[use]?.isStated }

  /// The use as an answer shows it: stated, or not_stated.
  func json(_ use: String, of slugs: [String]) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init(name: "use", value: .string(use)),
      .init(name: "credentials", value: .array(slugs.map(JSONValue.string))),
      .init(name: "status", value: statements[use] == nil ? "not_stated" : "stated"),
    ]
    if case .object(let more)? = statements[use]?.json { members += more }
    return .object(members)
  }

  /// The use of RPL that leads to a credential of this kind.
  static func use(towards kind: String) -> String {
    switch kind {
    case "full_qualification": "full_qualification"
    case "partial_qualification": "partial_qualification"
    case "professional_certificate", "licence": "exemption_from_professional_qualification"
    default: "exemption_from_programme"
    }
  }
}

/// An edge that would lead on, if a source said that it does.
enum PathwayOff: Equatable {
  /// A use of RPL, towards a credential.
  case recognition(String, Int)
  /// A component of a rule, and what isn't stated of it.
  case component(String, Int, String)

  func json(_ graph: PathwayGraph) -> JSONValue {
    switch self {
    case .recognition(let use, let stone):
      .object([
        .init(name: "edge", value: "rpl"), .init(name: "use", value: .string(use)),
        .init(name: "to", value: .string(graph.stones[stone].slug)),
        .init(name: "not_stated", value: "rpl_use"),
      ])
    case .component(let rule, let stone, let member):
      .object([
        .init(name: "edge", value: "rule"), .init(name: "rule", value: .string(rule)),
        .init(name: "from", value: .string(graph.stones[stone].slug)),
        .init(name: "not_stated", value: .string(member)),
      ])
    }
  }
}
