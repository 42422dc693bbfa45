internal import SQLite

extension Noun {
  /// A figure or a finding of a survey.
  public static let observation = Noun(
    "observation", table: "observation", key: "id", find: "id = ?1",
    [
      Field("id", .text, "id"),
      Field("kind", .text, "kind", .domain(.vocabulary("observation_kind"))),
      Field("indicator", .text, "indicator", .text),
      Field("dimension", .text, "dimension", .text),
      Field("population", .text, "population", .text),
      Field("position", .integer, "position", .integer, sort: "position"),
      Field("value", .number, "value", .range(low: "value", high: "value"), sort: "value"),
      Field("value_min", .number, "value_min"),
      Field("value_max", .number, "value_max"),
      Field("unit", .text, "unit", .text),
      Field("count", .integer, "count", .integer, sort: "count"),
      Field("base", .integer, "base", .integer),
      Field("year", .integer, "year", .integer, sort: "year"),
      Field("text", .languageMap, "text"),
      Field("note", .text, "note"),
      Field(
        "source", .json,
        """
        (SELECT json_object('id', source.id, 'title', source.title, 'publisher', source.publisher,
          'date', source.date_from, 'url', source.url, 'locator', observation.locator)
        FROM source WHERE source.id = observation.source)
        """),
    ])
}
