internal import SQLite

extension Noun {
  /// What a source says of a country, or of all of them.
  public static let statement = Noun(
    "statement", table: "statement", key: "id", find: "id = ?1",
    [
      Field("id", .text, "id"),
      Field("country", .text, "country", .domain(.country), sort: "country"),
      Field("topic", .text, "topic", .domain(.vocabulary("statement_topic"))),
      Field("aspect", .text, "aspect", .text),
      Field("value", .text, "value", .text),
      Field("text", .languageMap, "text"),
      Field("details", .json, "details"),
      Field("as_of", .text, "as_of", sort: "as_of"),
      Field("indicative_example", .boolean, "indicative_example", .flag),
      Field("verified", .boolean, "verified", .flag),
      Field(
        "source", .json,
        """
        (SELECT json_object('id', source.id, 'title', source.title, 'publisher', source.publisher,
          'date', source.date_from, 'url', source.url, 'locator', statement.locator)
        FROM source WHERE source.id = statement.source)
        """),
    ])
}
