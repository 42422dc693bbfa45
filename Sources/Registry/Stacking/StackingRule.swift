internal import SQLite

extension Noun {
  /// From which groups of components a credential is reached, and by whose rule.
  ///
  /// Every group must be met: by all of its components, by at least so many, or by those of at least so
  /// many credits. A component counts in one group, and once.
  public static let stackingRule = Noun(
    "stacking rule", table: "stacking_rule", key: "number", keyIsNumber: true,
    find: "slug = ?1 OR id = ?1",
    terms:
      "(SELECT 'component' AS member, component AS value, rule AS item FROM stacking_component)",
    defaults: [("status", "active")],
    [
      Field("id", .text, "id"),
      Field("slug", .text, "slug", .text, takes: .slug),
      Field(
        "kind", .text, "kind", .domain(.vocabulary("stacking_kind")),
        takes: .code(.vocabulary("stacking_kind"))),
      Field("status", .text, "status", .domain(.vocabulary("provider_status"))),
      Field("title", .languageMap, "title", takes: .languageMap),
      Field("target", .text, "target", .domain(.credential), takes: .code(.credential)),
      Field(
        "groups", .json, "component_groups",
        takes: .objects([
          .init("components", .codes(.credential), required: true),
          .init("at_least", .integer(1...1000)), .init("credits", .number(0...10_000)),
          .init("system", .code(.vocabulary("credit_system"))),
        ])),
      Field("ordered", .boolean, "ordered", .flag, takes: .boolean),
      Field("max_age_months", .integer, "max_age_months", .integer, takes: .integer(1...1200)),
      Field(
        "overlaps", .json, "overlaps",
        takes: .objects([
          .init("components", .codes(.credential), required: true),
          .init("credits", .number(0...10_000), required: true),
        ])),
      Field(
        "exempts", .json, "exempts",
        takes: .object([
          .init("hours", .number(0...100_000)), .init("credits", .number(0...10_000)),
        ])),
      Field("jurisdiction", .text, "jurisdiction", .domain(.country), takes: .code(.country)),
      Field("legal_basis", .text, "legal_basis", takes: .text(most: 1000)),
      Field("note", .text, "note", takes: .text(most: 2000)),
      Field("source", .json, "source", takes: .source),
      Field("version", .integer, "version"),
      Field("created_at", .instant, "created_at", .instant, sort: "created_at"),
      Field("updated_at", .instant, "updated_at", .instant, sort: "updated_at"),
      Field(
        "component", .hidden, "component_groups",
        .term("'component'", .credential, of: .lists("components"))),
    ])
}

extension Domain {
  /// Those that all may see.
  static let credential = Domain(
    name: "credential",
    lookup: """
      SELECT coalesce(merged_into, slug) FROM credential
      WHERE ?2 = '' AND (slug = ?1 OR id = ?1) AND status <> 'draft'
      """,
    codes: """
      SELECT slug FROM credential WHERE ?2 = '' AND status <> 'draft' ORDER BY number DESC LIMIT 1000
      """, list: "", isLasting: false)
}
