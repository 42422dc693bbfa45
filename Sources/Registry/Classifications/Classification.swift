internal import SQLite

extension Noun {
  /// A section or division of NACE, revision 2.
  public static let sector = Noun(
    "sector", table: "sector",
    [
      Field("code", .text, "code", .text, sort: "code"),
      Field("level", .text, "level", .text),
      Field("parent", .text, "parent", .domain(.section)),
      Field("name", .languageMap, "name"),
      Field("verified", .boolean, "verified", .flag),
    ])

  /// A field of education and training, ISCED-F 2013.
  public static let field = Noun(
    "field", table: "field",
    [
      Field("code", .text, "code", .domain(.field), sort: "code"),
      Field("level", .text, "level", .text),
      Field("parent", .text, "parent", .domain(.field)),
      Field("name", .languageMap, "name"),
      Field("uri", .text, "uri"),
    ])

  /// A group of occupations, ISCO-08, with ESCO's URI.
  public static let occupation = Noun(
    "occupation", table: "occupation",
    [
      Field("code", .text, "code", .text, sort: "code"),
      Field("level", .text, "level", .text),
      Field("parent", .text, "parent", .text),
      Field("name", .languageMap, "name"),
      Field("uri", .text, "uri"),
    ])

  /// A language that has an ISO 639-1 code.
  public static let language = Noun(
    "language", table: "language",
    [
      Field("code", .text, "code", .domain(.language), sort: "code"),
      Field("iso639_3", .text, "iso639_3", .text),
      Field("name", .languageMap, "name"),
      Field("eu_official", .boolean, "eu_official", .flag),
      Field("uri", .text, "uri"),
    ])
}
