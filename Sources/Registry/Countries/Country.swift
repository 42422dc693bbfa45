internal import SQLite

extension Noun {
  /// A country, or a part of one with education laws of its own.
  ///
  /// Its policy stage and RPL uses are its statements': null where no source states any.
  public static let country = Noun(
    "country", table: "country", find: "code = ?1 OR cedefop_code = ?1", terms: "country_term",
    [
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
        "policy_stage", .text,
        """
        (SELECT value FROM statement WHERE statement.country = country.code
          AND topic = 'policy_stage' ORDER BY as_of DESC LIMIT 1)
        """, .domain(.vocabulary("policy_stage"))),
      Field(
        "policy_stage_as_of", .text,
        """
        (SELECT as_of FROM statement WHERE statement.country = country.code
          AND topic = 'policy_stage' ORDER BY as_of DESC LIMIT 1)
        """),
      Field(
        "rpl_uses", .list,
        """
        (SELECT json_group_array(value) FROM statement WHERE statement.country = country.code
          AND topic = 'rpl_use' HAVING count(*) > 0)
        """, by: "rpl_use", .term("'rpl_use'", .vocabulary("rpl_use"))),
      Field("uri", .text, "uri"),
      Field("note", .text, "note"),
      Field(
        "statements", .json,
        """
        (SELECT json_group_array(json_object('id', s.id, 'topic', topic, 'aspect', aspect,
          'value', value, 'text', json(text), 'details', json(details), 'as_of', as_of,
          'indicative_example', json(iif(indicative_example, 'true', 'false')),
          'verified', json(iif(verified, 'true', 'false')),
          'source', json_object('id', source.id, 'title', source.title,
            'publisher', source.publisher, 'date', source.date_from, 'url', source.url,
            'locator', locator)))
        FROM (SELECT * FROM statement ORDER BY topic, as_of, id) AS s
        JOIN source ON source.id = s.source
        WHERE s.country = country.code)
        """, detail: true),
    ])
}
