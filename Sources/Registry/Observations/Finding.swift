internal import SQLite

extension Noun {
  /// What a survey found, in words: a finding, a question, a feature, an added value for someone.
  public static let finding = Noun(
    "finding", table: "finding", key: "id", find: "id = ?1",
    [
      Field("id", .text, "id"),
      Field("kind", .text, "kind", .domain(.vocabulary("observation_kind"))),
      Field("topic", .text, "topic", .text),
      Field("stakeholder", .text, "stakeholder", .text),
      Field("position", .integer, "position", .integer, sort: "position"),
      Field("text", .languageMap, "text"),
      Field("note", .text, "note"),
      Field(
        "source", .json,
        """
        (SELECT json_object('id', source.id, 'title', source.title, 'publisher', source.publisher,
          'date', source.date_from, 'url', source.url, 'locator', finding.locator)
        FROM source WHERE source.id = finding.source)
        """),
    ])
}
