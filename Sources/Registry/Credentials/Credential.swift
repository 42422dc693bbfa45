internal import SQLite

extension Noun {
  /// The definition of a microcredential, or of what it stacks to.
  public static let credential = Noun(
    "credential", table: "credential", key: "number", keyIsNumber: true,
    find: "(id = ?1 OR slug = ?1) AND merged_into IS NULL",
    defaults: [("status", "published")],
    owner: "provider",
    visible: .init(
      sql: "status <> 'draft' OR provider = ?", member: "status", hidden: "draft", owner: "provider"
    ), relations: Relation.ofCredentials,
    credentialFields)
}

// One line a member, in the order in which answers show them; hence the length.
private let credentialFields: [Field] = [
  Field("id", .text, "id"),
  Field("slug", .text, "slug", .text, takes: .slug),
  Field("external_id", .text, "external_id", .text, takes: .text(most: 200)),
  Field("provider", .text, "provider", .domain(.provider), takes: .code(.provider)),
  Field(
    "kind", .text, "kind", .domain(.vocabulary("credential_kind")),
    takes: .code(.vocabulary("credential_kind"))),
  Field(
    "status", .text, "status", .domain(.vocabulary("credential_status")),
    takes: .code(.vocabulary("credential_status"))),
  Field("title", .languageMap, "title", sort: "title_en", takes: .languageMap),
  Field("description", .languageMap, "description", takes: .languageMap),
  Field(
    "awarding_bodies", .json, "awarding_bodies", by: "awarding_body",
    .term("'awarding_body'", .provider, of: .each("provider")),
    takes: .objects([
      .init("provider", .code(.provider)), .init("name", .languageMap),
      .init("country", .code(.country)), .init("joint", .boolean),
    ])),
  Field(
    "countries", .list, "countries", by: "country", .term("'country'", .country),
    takes: .codes(.country)),
  Field(
    "international", .json, "international",
    takes: .object([.init("countries_count", .integer(1...300), required: true, or: "count")])),
  Field("sector", .text, "sector", .domain(.section), takes: .code(.section)),
  Field("nace", .text, "nace", .domain(.division), takes: .code(.division)),
  Field("isced_f", .list, "isced_f", .term("'isced_f'", .field), takes: .codes(.field)),
  Field(
    "occupations", .list, "occupations", by: "occupation", .term("'occupation'", .anyText),
    takes: .uris),
  Field(
    "languages", .list, "languages", by: "language", .term("'language'", .language),
    takes: .codes(.language)),
  Field(
    "learning_outcomes", .json, "learning_outcomes",
    takes: .objects([
      .init("kind", .code(.vocabulary("learning_outcome_kind"))),
      .init("text", .languageMap, required: true), .init("esco", .uris),
    ])),
  Field(
    "workload", .json, "workload", by: "workload_hours",
    .range(low: "hours_min", high: "hours_max"), sort: "hours_min",
    takes: .object([
      .init("hours", .number(0...100_000)), .init("hours_min", .number(0...100_000)),
      .init("hours_max", .number(0...100_000)), .init("days", .number(0...10_000)),
      .init("modules", .number(0...10_000)), .init("months", .number(0...1200)),
    ])),
  Field(
    "credit", .json, "credit", by: "credit_points",
    .range(low: "credit_points", high: "credit_points"), sort: "credit_points",
    takes: .object([
      .init("system", .code(.vocabulary("credit_system")), required: true),
      .init("points", .number(0...1000)),
    ])),
  Field(
    "levels", .json, "levels", by: "level", .term("'level'", .level, of: .levels),
    takes: .objects([
      .init("framework", .code(.framework), required: true),
      .init("level", .text(most: 20), required: true),
    ])),
  Field(
    "participation", .list, "participation",
    .term("'participation'", .vocabulary("participation")),
    takes: .codes(.vocabulary("participation"))),
  Field(
    "assessment_types", .list, "assessment_types", by: "assessment_type",
    .term("'assessment_type'", .vocabulary("assessment_type")),
    takes: .codes(.vocabulary("assessment_type"))),
  Field(
    "assessed_by", .text, "assessed_by", .domain(.vocabulary("assessed_by")),
    takes: .code(.vocabulary("assessed_by"))),
  Field(
    "supervision", .text, "supervision", .domain(.vocabulary("supervision_verification")),
    takes: .code(.vocabulary("supervision_verification"))),
  Field(
    "quality_assurance_types", .list, "quality_assurance_types", by: "quality_assurance_type",
    .term("'quality_assurance_type'", .vocabulary("quality_assurance_type")),
    takes: .codes(.vocabulary("quality_assurance_type"))),
  Field("prerequisites", .languageMap, "prerequisites", takes: .languageMapOrNone),
  Field("entry_requirement", .languageMap, "entry_requirement", takes: .languageMapOrNone),
  Field(
    "target_groups", .list, "target_groups", by: "target_group",
    .term("'target_group'", .vocabulary("target_group")),
    takes: .codes(.vocabulary("target_group"))),
  Field(
    "integration", .text, "integration", .domain(.vocabulary("integration")),
    takes: .code(.vocabulary("integration"))),
  Field("stackable", .boolean, "stackable", .flag),
  Field(
    "rpl_uses", .list, "rpl_uses", by: "rpl_use", .term("'rpl_use'", .vocabulary("rpl_use")),
    takes: .codes(.vocabulary("rpl_use"))),
  Field(
    "validity", .json, "validity",
    takes: .object([.init("months", .integer(1...1200)), .init("renewable", .boolean)])),
  Field(
    "price", .json, "price", by: "price_amount",
    .range(low: "price_amount", high: "price_amount"), sort: "price_amount",
    takes: .object([
      .init("amount", .number(0...10_000_000), required: true),
      .init("currency", .currency, required: true),
    ])),
  Field("homepage", .text, "homepage", takes: .uri),
  Field("highly_targeted", .boolean, "highly_targeted", .flag, takes: .boolean),
  Field("emerging_topics", .boolean, "emerging_topics", .flag, takes: .boolean),
  Field(
    "not_specified", .list, "not_specified", .term("'not_specified'", .anyText),
    takes: .memberNames),
  Field("as_printed", .json, "as_printed", takes: .texts),
  Field("note", .text, "note", takes: .text(most: 2000)),
  Field("source", .json, "source", takes: .source),
  Field("standard_elements", .json, "standard_elements"),
  Field("resemblance", .json, resemblance),
  Field("same_as", .json, "same_as"),
  Field("merged_into", .text, "merged_into"),
  Field("version", .integer, "version"),
  Field("created_at", .instant, "created_at", .instant, sort: "created_at"),
  Field("updated_at", .instant, "updated_at", .instant, sort: "updated_at"),
  Field(
    "credit_system", .hidden, "credit_system", .domain(.vocabulary("credit_system"))),
  Field("resembles", .hidden, resembled, .domain(.resembled), shows: "resemblance"),
  Field(
    "framework", .hidden, "levels", .term("'framework'", .framework, of: .frameworks)),
  Field(
    "eqf_level", .hidden, "levels", .term("'eqf_level'", .eqfLevel, ordered: true, of: .eqfLevels)),
  Field(
    "missing", .hidden, "standard_elements",
    .term("'missing'", .vocabulary("annex1_element"), of: .missing)),
  Field("q", .hidden, "title", .words(.credential)),
]
