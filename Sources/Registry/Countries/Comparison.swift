public import JSON
internal import SQLite

/// Countries side by side, point by point.
public struct Comparison: Sendable {
  public let countries: [String]
  public fileprivate(set) var points: [Point] = []

  /// One row of the table.
  public struct Point: Sendable {
    /// A topic of statements, `frameworks`, or one use of RPL: `rpl_use.full_qualification`.
    public let name: String
    /// A language map.
    public let label: JSONValue
    /// In the order of the countries.
    public let cells: [Cell]
  }

  public struct Cell: Sendable {
    public let country: String
    /// What the sources say, in short; nil where none says anything.
    public let summary: String?
    /// False where something of it isn't verified; nil where nothing is stated.
    public let isVerified: Bool?
    /// The ids of the statements.
    public let statements: [String]
    public let sources: [JSONValue]
  }
}

extension Registry {
  /// Compares what is stated of countries, today or on a day; `codes` are ISO's or Cedefop's.
  public func compare(_ codes: [String], asOf day: String?) throws(RegistryError) -> Comparison {
    try read { (database) throws(RegistryError) in
      let day = try day.map { (text) throws(RegistryError) in try self.day(asked: text) }
      let countries = try known(codes, in: database)
      let stated = try told { () throws(SQLiteError) in
        try facts(of: Set(countries), on: day, in: database)
      }
      var comparison = Comparison(countries: countries)
      comparison.points = try told { () throws(SQLiteError) in
        try points(in: database) { name, label in
          let cells = countries.map { country in
            cell(country, stated.filter { $0.country == country && $0.point == name })
          }
          return Comparison.Point(name: name, label: label, cells: cells)
        }
      }
      return comparison
    }
  }

  private func known(
    _ codes: [String], in database: borrowing Connection
  ) throws(RegistryError) -> [String] {
    var known: [String] = []
    var violations: [Violation] = []
    try told { () throws(SQLiteError) in
      for code in codes {
        if let country = try Domain.country.code(code, in: database) {
          if !known.contains(country) { known.append(country) }
        } else {
          violations.append(
            Violation(.parameter("countries"), try Domain.country.refusal(code, in: database)))
        }
      }
    }
    if known.isEmpty, violations.isEmpty {
      violations = [
        Violation(.parameter("countries"), "Name countries, with commas between them: EE,IE.")
      ]
    }
    guard violations.isEmpty else { throw .badQuery(violations) }
    return known
  }

  private func points(
    in database: borrowing Connection, _ make: (String, JSONValue) -> Comparison.Point
  ) throws(SQLiteError) -> [Comparison.Point] {
    try database.all(
      """
      SELECT iif(vocabulary = 'rpl_use', 'rpl_use.' || code, code) AS point, label
      FROM vocabulary_value
      WHERE vocabulary = 'rpl_use' OR (vocabulary = 'statement_topic' AND code <> 'rpl_use')
      UNION ALL SELECT 'frameworks', '{"en":"Qualifications frameworks"}'
      ORDER BY 1
      """
    ) { row in
      make(row.text(0), row.json(1))
    }
  }
}

/// What one statement, or one framework, says of a point.
private struct Fact {
  let country: String
  let point: String
  let summary: String
  let isVerified: Bool
  let statement: String?
  let source: JSONValue
}

private func cell(_ country: String, _ facts: [Fact]) -> Comparison.Cell {
  var sources: [JSONValue] = []
  for fact in facts where !sources.contains(fact.source) { sources.append(fact.source) }
  return Comparison.Cell(
    country: country,
    summary: facts.isEmpty ? nil : facts.map(\.summary).joined(separator: "; "),
    isVerified: facts.isEmpty ? nil : facts.allSatisfy(\.isVerified),
    statements: facts.compactMap(\.statement), sources: sources)
}

private func facts(
  of countries: Set<String>, on day: CivilDate?, in database: borrowing Connection
) throws(SQLiteError) -> [Fact] {
  let statements: SQL =
    """
    SELECT s.country, iif(topic = 'rpl_use', 'rpl_use.' || value, topic),
      CASE topic WHEN 'rpl_use' THEN iif(negated, 'no', 'yes')
        WHEN 'stacking' THEN CASE value WHEN 'true' THEN 'yes' WHEN 'false' THEN 'no'
          ELSE coalesce(text ->> '$.en', value) END
          || coalesce(', to: ' || (details ->> '$.target'), '')
        WHEN 'trust' THEN value || coalesce(' by ' || (details ->> '$.trusted_by'), '')
          || coalesce(' of ' || (details ->> '$.subject'), '')
          || coalesce(': ' || (details ->> '$.because'), '')
        ELSE coalesce(value, text ->> '$.en', '') END,
      verified, s.id, json_object('id', source.id, 'title', source.title,
        'publisher', source.publisher, 'date', source.date_from, 'url', source.url,
        'locator', locator)
    FROM
    """ + Noun.inForce(on: day)
      + """
      AS s JOIN source ON source.id = s.source WHERE s.country IS NOT NULL
      UNION ALL SELECT c.code, 'frameworks', f.code || ', ' || f.level_count || ' levels'
        || coalesce(', linked to the EQF in ' || f.eqf_linked_year, ''), f.verified, NULL,
        json_object('id', NULL, 'title', f.name ->> '$.en', 'publisher', NULL, 'date', NULL,
          'url', f.uri, 'locator', NULL)
      FROM framework AS f JOIN country AS c ON c.code IN (f.country, f.also_country)
      ORDER BY 1, 2, 5
      """
  return try database.all(statements) { row in
    guard countries.contains(row.text(0)) else { return nil }
    return Fact(
      country: row.text(0), point: row.text(1), summary: row.text(2),
      isVerified: row.integer(3) == 1, statement: row.optionalText(4),
      source: row.json(5))
  }.compactMap(\.self)
}
