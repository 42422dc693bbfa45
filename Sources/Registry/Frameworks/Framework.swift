internal import SQLite

extension Noun {
  /// A qualifications framework with its levels.
  public static let framework = Noun(
    "framework", table: "framework",
    [
      Field("code", .text, "code", .domain(.framework), sort: "code"),
      Field("country", .text, "country", .domain(.country)),
      Field("also_country", .text, "also_country", .domain(.country)),
      Field("name", .languageMap, "name"),
      Field("acronym", .text, "acronym", .text),
      Field("level_count", .integer, "level_count", .integer),
      Field("eqf_linked_year", .integer, "eqf_linked_year", .integer),
      Field("uri", .text, "uri"),
      Field("verified", .boolean, "verified", .flag),
      Field("note", .text, "note"),
      Field(
        "levels", .json,
        """
        (SELECT json_group_array(json_object('code', code, 'level', level, 'name', json(name),
          'eqf_level', eqf_level, 'eqf_verified', json(iif(eqf_verified, 'true', 'false'))))
        FROM (SELECT * FROM level WHERE level.framework = framework.code ORDER BY position))
        """, detail: true),
    ])

  /// A level of a framework; its EQF level is null where none is stated.
  public static let level = Noun(
    "level", table: "level",
    [
      Field("code", .text, "code", .domain(.level), sort: "code"),
      Field("framework", .text, "framework", .domain(.framework)),
      Field("level", .text, "level", .text),
      Field("name", .languageMap, "name"),
      Field("position", .integer, "position", .integer),
      Field("eqf_level", .integer, "eqf_level", .integer, sort: "eqf_level"),
      Field("eqf_verified", .boolean, "eqf_verified", .flag),
      Field("eqf_source", .text, "eqf_source"),
      Field("uri", .text, "uri"),
    ])
}
