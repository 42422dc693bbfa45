internal import SQLite

extension Noun {
  /// A country with all that is known of it: its statements by topic, its frameworks and their levels, the
  /// five uses of RPL, figures, and what nobody states.
  static func countryProfile(on day: CivilDate?) -> Noun {
    let date: SQL =
      day.map { "date(" + .number($0.daysSince1970 * 86_400) + ", 'unixepoch')" } ?? "NULL"
    return countryNoun(
      on: day, dated: { day in countryProfile(on: day) },
      counts: .init(member: "figures") { (registry, code, database) throws(RegistryError) in
        try registry.figures(of: code, in: database)
      },
      membersOfCountry(on: day) + [
        Field("as_of", .text, date),
        Field("parts", .list, parts),
        Field("topics", .json, topics(on: day)),
        Field("rpl", .json, rpl(on: day)),
        Field("frameworks", .json, frameworks),
        Field("figures", .json, Noun.counted),
        Field("not_stated", .json, notStated(on: day)),
      ])
  }

  private static func topics(on day: CivilDate?) -> SQL {
    let topics: [SQL] = [
      "'policy_stage'", "'modularisation'", "'rpl_use'", "'nqf_inclusion'", "'stacking'", "'trust'",
      "'quality_assurance'", "'credit'",
    ]
    let lists = topics.map { $0 + ", json(" + statements(on: day, about: $0) + ")" }
    return "json_object(" + lists.joined(",") + ")"
  }

  private static func rpl(on day: CivilDate?) -> SQL {
    """
    (SELECT json_group_array(json_object('use', use, 'label', json(label),
      'stated', json(CASE WHEN id IS NULL THEN 'null' WHEN negated THEN 'false' ELSE 'true' END),
      'statement', id))
    FROM (SELECT u.code AS use, u.label, s.id, s.negated FROM vocabulary_value AS u LEFT JOIN
    """ + inForce(on: day)
      + """
      AS s ON s.topic = 'rpl_use' AND s.value = u.code AND s.country = country.code
        WHERE u.vocabulary = 'rpl_use' ORDER BY u.position))
      """
  }

  private static func notStated(on day: CivilDate?) -> SQL {
    let isSilent =
      "NOT EXISTS (SELECT 1 FROM" + inForce(on: day) + "AS s WHERE s.country = country.code AND"
    return """
      (SELECT json_group_array(name) FROM (
        SELECT v.code AS name FROM vocabulary_value AS v
        WHERE v.vocabulary = 'statement_topic' AND v.code <> 'rpl_use' AND
      """ + isSilent
        + """
        s.topic = v.code)
          UNION ALL SELECT 'rpl_use.' || v.code FROM vocabulary_value AS v
          WHERE v.vocabulary = 'rpl_use' AND
        """ + isSilent
          + """
          s.topic = 'rpl_use' AND s.value = v.code)
            UNION ALL SELECT 'frameworks' WHERE NOT EXISTS (
              SELECT 1 FROM framework WHERE country.code IN (framework.country, also_country))
            UNION ALL SELECT level.code || '.eqf_level'
            FROM framework JOIN level ON level.framework = framework.code
            WHERE country.code IN (framework.country, also_country) AND eqf_level IS NULL))
          """
  }
}

private let parts: SQL = """
  (SELECT json_group_array(part.code) FROM country AS part WHERE part.parent = country.code)
  """

private let frameworks: SQL = """
  (SELECT json_group_array(json_object('code', f.code, 'name', json(f.name), 'acronym', f.acronym,
    'eqf_linked_year', f.eqf_linked_year, 'verified', json(iif(f.verified, 'true', 'false')),
    'uri', f.uri, 'levels', json((
      SELECT json_group_array(json_object('code', code, 'level', level, 'name', json(name),
        'eqf_level', eqf_level, 'eqf_verified', json(iif(eqf_verified, 'true', 'false'))))
      FROM (SELECT * FROM level WHERE level.framework = f.code ORDER BY position)))))
  FROM framework AS f WHERE country.code IN (f.country, f.also_country))
  """
