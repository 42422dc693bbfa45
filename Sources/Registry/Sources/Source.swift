internal import SQLite

extension Noun {
  /// A document that facts come from.
  public static let source = Noun(
    "source", table: "source", key: "id", find: "id = ?1",
    [
      Field("id", .text, "id", .domain(.source)),
      Field("title", .text, "title"),
      Field("author", .text, "author", .text),
      Field("publisher", .text, "publisher", .text),
      Field("date_from", .text, "date_from"),
      Field("date_to", .text, "date_to"),
      Field("event", .text, "event"),
      Field("url", .text, "url"),
      Field("note", .text, "note"),
    ])
}
