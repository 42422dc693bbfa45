public import JSON
internal import SQLite

extension Registry {
  /// What a level is in other frameworks, through the EQF: each of `frames` is a framework or a country.
  ///
  /// One level, several, none, or not referenced: whichever it is, it is said as such. A correspondence is
  /// verified where both of its links to the EQF are.
  public func correspondences(
    of level: String, in frames: [String]
  ) throws(RegistryError) -> JSONValue {
    try read { (database) throws(RegistryError) in
      let own = try link(of: level, in: database)
      var violations: [Violation] = []
      var answers: [JSONValue] = []
      try told { () throws(SQLiteError) in
        for frame in frames {
          guard let frameworks = try frameworks(named: frame, in: database) else {
            let refusal = try Domain.framework.refusal(frame, in: database)
            violations.append(
              Violation(.parameter("in"), refusal + " It names no country, either."))
            continue
          }
          if frameworks.isEmpty { answers.append(answer(frame, nil, "no_framework", own, [])) }
          for framework in frameworks {
            let (relation, levels) = try relation(own, framework, in: database)
            answers.append(answer(frame, framework, relation, own, levels))
          }
        }
      }
      guard violations.isEmpty else { throw .badQuery(violations) }
      return .array(answers)
    }
  }

  private func link(
    of level: String, in database: borrowing Connection
  ) throws(RegistryError) -> EQFLink {
    let link = try told { () throws(SQLiteError) in
      try database.first(
        "SELECT eqf_level, eqf_verified FROM level WHERE code = ?1", .text(level)
      ) { row in EQFLink(level: row.optionalInteger(0), isVerified: row.integer(1) == 1) }
    }
    guard let link else { throw .unknown(resource: "level", id: level, nearest: nil) }
    return link
  }

  /// The frameworks that a code stands for: itself, or a country's; nil where it is neither.
  private func frameworks(
    named frame: String, in database: borrowing Connection
  ) throws(SQLiteError) -> [String]? {
    if let framework = try Domain.framework.code(frame, in: database) { return [framework] }
    guard let country = try Domain.country.code(frame, in: database) else { return nil }
    return try database.all(
      "SELECT code FROM framework WHERE ?1 IN (country, also_country) ORDER BY code",
      .text(country)
    ) { row in row.text(0) }
  }

  private func relation(
    _ own: EQFLink, _ framework: String, in database: borrowing Connection
  ) throws(SQLiteError) -> (String, [JSONValue]) {
    let isReferenced = try database.first(
      "SELECT 1 FROM level WHERE framework = ?1 AND eqf_level IS NOT NULL LIMIT 1",
      .text(framework)
    ) { _ in true }
    guard let level = own.level, isReferenced == true else { return ("not_referenced", []) }
    let levels = try database.all(
      """
      SELECT code, level, name, eqf_verified, eqf_source FROM level
      WHERE framework = ?1 AND eqf_level = ?2 ORDER BY position
      """, .text(framework), .integer(level)
    ) { row in
      JSONValue.object([
        .init(name: "code", value: .string(row.text(0))),
        .init(name: "level", value: .string(row.text(1))),
        .init(name: "name", value: row.json(2)),
        .init(name: "verified", value: .bool(own.isVerified && row.integer(3) == 1)),
        .init(name: "eqf_source", value: row.optionalText(4).map(JSONValue.string) ?? .null),
      ])
    }
    switch levels.count {
    case 0: return ("none", [])
    case 1: return ("one", levels)
    default: return ("several", levels)
    }
  }

  private func answer(
    _ frame: String, _ framework: String?, _ relation: String, _ own: EQFLink,
    _ levels: [JSONValue]
  ) -> JSONValue {
    .object([
      .init(name: "asked", value: .string(frame)),
      .init(name: "framework", value: framework.map(JSONValue.string) ?? .null),
      .init(name: "relation", value: .string(relation)),
      .init(name: "eqf_level", value: own.level.map(JSONValue.integer) ?? .null),
      .init(name: "levels", value: .array(levels)),
    ])
  }
}

/// A level's place in the EQF, where it has one.
private struct EQFLink {
  let level: Int64?
  let isVerified: Bool
}
