internal import SQLite

extension Noun {
  /// What a source says of a country, or of all of them.
  ///
  /// A list shows those that hold today, or that held on the day that `as_of` names.
  public static let statement = Noun(
    "statement", table: "dated_statement AS statement", key: "id", find: "id = ?1",
    defaults: [("superseded", "false")],
    dated: { day in
      Noun(
        "statement", table: inForce(on: day) + "AS statement", key: "id", find: "id = ?1",
        statementFields)
    }, statementFields)

  /// The statements that held on a day, or hold today.
  static func inForce(on day: CivilDate?) -> SQL {
    guard let day else { return "(SELECT * FROM dated_statement WHERE until IS NULL)" }
    let date = "date(" + SQL.number(day.daysSince1970 * 86_400) + ", 'unixepoch')"
    return "(SELECT * FROM dated_statement WHERE (since IS NULL OR since <=" + date
      + ") AND (until IS NULL OR until >" + date + "))"
  }
}

private let statementFields: [Field] = [
  Field("id", .text, "id"),
  Field("country", .text, "country", .domain(.country), sort: "country", takes: .code(.country)),
  Field(
    "topic", .text, "topic", .domain(.vocabulary("statement_topic")),
    takes: .code(.vocabulary("statement_topic"))),
  Field("aspect", .text, "aspect", .text, takes: .text(most: 100)),
  Field("value", .text, "value", .text, takes: .text(most: 100)),
  Field("negated", .boolean, "negated", .flag, takes: .boolean),
  Field("text", .languageMap, "text", takes: .languageMap),
  Field(
    "details", .json, "details",
    takes: .object([
      .init("subject", .text(most: 500)), .init("trusted_by", .code(.vocabulary("trust_group"))),
      .init("because", .text(most: 1000)), .init("quality_assurance", .text(most: 1000)),
      .init("target", .text(most: 500)), .init("stand_alone_use", .boolean),
      .init("legal_basis", .text(most: 500)), .init("since_year", .integer(1900...2200)),
      .init("eqf_level_min", .integer(1...8)), .init("eqf_level_max", .integer(1...8)),
      .init("min_credits", .number(0...1000)), .init("system", .code(.vocabulary("credit_system"))),
      .init("hours_per_credit_min", .number(0...1000)),
      .init("hours_per_credit_max", .number(0...1000)),
    ])),
  Field("as_of", .text, "as_of", sort: "as_of", takes: .date),
  Field("indicative_example", .boolean, "indicative_example", .flag),
  Field("verified", .boolean, "verified", .flag),
  Field("superseded", .boolean, "(superseded_by IS NOT NULL)", .flag),
  Field("supersedes", .text, "supersedes", .text, takes: .text(most: 200)),
  Field("superseded_by", .text, "superseded_by", .text),
  Field("recorded_at", .instant, "recorded_at", .instant),
  Field(
    "source", .json,
    """
    (SELECT json_object('id', source.id, 'title', source.title, 'publisher', source.publisher,
      'date', source.date_from, 'url', source.url, 'locator', statement.locator)
    FROM source WHERE source.id = statement.source)
    """, takes: .source),
]
