internal import SQLite

extension Noun {
  /// A country, or a part of one with education laws of its own.
  ///
  /// Its policy stage and RPL uses are its statements': null where no source states any.
  public static let country = country(on: nil)

  /// Countries as the statements of a day have them, or today's.
  static func country(on day: CivilDate?) -> Noun {
    countryNoun(
      on: day, dated: { day in country(on: day) }, whole: { countryProfile(on: day) },
      membersOfCountry(on: day) + [Field("statements", .json, statements(on: day), detail: true)])
  }

  static func countryNoun(
    on day: CivilDate?, dated: @escaping @Sendable (CivilDate) -> Noun,
    whole: (@Sendable () -> Noun)? = nil, counts: Counts? = nil, _ fields: [Field]
  ) -> Noun {
    Noun(
      "country", table: "country", find: "code = ?1 OR cedefop_code = ?1",
      terms: "(SELECT 'rpl_use' AS member, value, country AS item FROM" + inForce(on: day)
        + "WHERE topic = 'rpl_use' AND NOT negated AND value IS NOT NULL AND country IS NOT NULL)",
      dated: dated, whole: whole, counts: counts, fields)
  }

  /// What is known of a country itself, and in short of its policy.
  static func membersOfCountry(on day: CivilDate?) -> [Field] {
    let stated = inForce(on: day) + "AS s WHERE s.country = country.code AND topic ="
    let stage = "FROM" + stated + "'policy_stage' ORDER BY since DESC LIMIT 1)"
    return [
      Field("code", .text, "code", .domain(.country), sort: "code"),
      Field("iso_code", .text, "iso_code"),
      Field("alpha3", .text, "alpha3", .text),
      Field("cedefop_code", .text, "cedefop_code", .text),
      Field("kind", .text, "kind", .text),
      Field("parent", .text, "parent", .domain(.country)),
      Field("name", .languageMap, "name"),
      Field("eu_member", .boolean, "eu_member", .flag),
      Field("eea", .boolean, "eea", .flag),
      Field("candidate", .boolean, "candidate", .flag),
      Field(
        "policy_stage", .text, "(SELECT value" + stage, .domain(.vocabulary("policy_stage"))),
      Field("policy_stage_as_of", .text, "(SELECT as_of" + stage),
      Field(
        "rpl_uses", .list,
        "(SELECT json_group_array(value) FROM" + stated
          + "'rpl_use' AND NOT negated AND value IS NOT NULL HAVING count(*) > 0)",
        by: "rpl_use", .term("'rpl_use'", .vocabulary("rpl_use"))),
      Field("uri", .text, "uri"),
      Field("note", .text, "note"),
    ]
  }

  /// A country's statements, each with its source, as a JSON array.
  static func statements(on day: CivilDate?, about topic: SQL? = nil) -> SQL {
    let topics: SQL = topic.map { "AND topic =" + $0 } ?? ""
    return "(SELECT json_group_array(" + statementObject + ") FROM (SELECT * FROM"
      + inForce(on: day) + "WHERE country = country.code" + topics
      + "ORDER BY topic, as_of, id) AS s JOIN source ON source.id = s.source)"
  }
}

private let statementObject: SQL = """
  json_object('id', s.id, 'topic', topic, 'aspect', aspect, 'value', value,
    'negated', json(iif(negated, 'true', 'false')), 'text', json(text), 'details', json(details),
    'as_of', as_of, 'indicative_example', json(iif(indicative_example, 'true', 'false')),
    'verified', json(iif(verified, 'true', 'false')),
    'source', json_object('id', source.id, 'title', source.title,
      'publisher', source.publisher, 'date', source.date_from, 'url', source.url,
      'locator', locator))
  """
