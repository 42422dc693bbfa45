internal import SQLite

extension Noun {
  /// Who offers and awards credentials.
  public static let provider = Noun(
    "provider", table: "provider", key: "number", keyIsNumber: true,
    find: "(slug = ?1 OR id = ?1) AND merged_into IS NULL", defaults: [("status", "active")],
    owner: "slug",
    relations: Relation.ofProviders,
    [
      Field("id", .text, "id"),
      Field("slug", .text, "slug", .text, takes: .slug),
      Field("external_id", .text, "external_id", .text, takes: .text(most: 200)),
      Field(
        "kind", .text, "kind", .domain(.vocabulary("provider_kind")),
        takes: .code(.vocabulary("provider_kind"))),
      Field(
        "status", .text, "status", .domain(.vocabulary("provider_status")),
        takes: .word(["active", "withdrawn"])),
      Field("name", .languageMap, "name", sort: "name_en", takes: .languageMap),
      Field("country", .text, "country", .domain(.country), takes: .code(.country)),
      Field("homepage", .text, "homepage", takes: .uri),
      Field(
        "identifiers", .json, "identifiers",
        takes: .objects([
          .init("scheme", .code(.vocabulary("identifier_scheme")), required: true),
          .init("value", .text(most: 200), required: true),
        ])),
      Field(
        "quality_assurance", .json, "quality_assurance",
        takes: .objects([
          .init("type", .code(.vocabulary("quality_assurance_type")), required: true),
          .init("agency", .text(most: 200)), .init("valid_until", .date),
        ])),
      Field(
        "verification", .json, "verification",
        takes: .object([
          .init("state", .code(.vocabulary("verification_state")), required: true),
          .init("by", .text(most: 200)), .init("on", .date),
        ])),
      Field("source", .json, "source", takes: .source),
      Field("same_as", .json, "same_as"),
      Field("merged_into", .text, "merged_into"),
      Field("version", .integer, "version"),
      Field("created_at", .instant, "created_at", .instant, sort: "created_at"),
      Field("updated_at", .instant, "updated_at", .instant, sort: "updated_at"),
      Field(
        "verification_state", .hidden, "verification_state",
        .domain(.vocabulary("verification_state"))),
      Field("q", .hidden, "name", .words(.provider)),
    ])
}
