internal import SQLite

extension Noun {
  /// A closed list of codes; each value has a label and, where the ELM has one, a URI.
  public static let vocabulary = Noun(
    "vocabulary",
    table: """
      (SELECT vocabulary AS name, count(*) AS value_count,
        json_group_array(json_object('code', code, 'label', json(label), 'uri', uri,
          'verified', json(iif(verified, 'true', 'false')))) AS listed
      FROM (SELECT * FROM vocabulary_value ORDER BY vocabulary, position) GROUP BY vocabulary)
      """,
    key: "name", find: "name = ?1",
    [
      Field("name", .text, "name", .domain(.vocabularyName)),
      Field("value_count", .integer, "value_count", .integer),
      Field("values", .json, "listed"),
    ])
}
