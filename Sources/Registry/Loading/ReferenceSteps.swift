internal import SQLite

/// Sources, vocabularies, countries, frameworks and classifications.
let referenceSteps: [LoadStep] = [
  LoadStep("seed_sources.csv") { (entry, database) throws(SQLiteError) in
    try database.run(
      """
      INSERT INTO source (id, title, author, publisher, date_from, date_to, event, url, note)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      ON CONFLICT (id) DO UPDATE SET title = excluded.title, author = excluded.author,
        publisher = excluded.publisher, date_from = excluded.date_from,
        date_to = excluded.date_to, event = excluded.event, url = excluded.url,
        note = excluded.note
      """, entry.text("source_id"), entry.text("title"), entry.text("author"),
      entry.text("publisher"), entry.text("date_from"), entry.text("date_to"),
      entry.text("event"), entry.text("url"), entry.text("note"))
  },
  LoadStep("vocabularies.csv") { (entry, database) throws(SQLiteError) in
    try upsertValue(
      entry.text("vocabulary"), entry, uri: entry.text("uri"), verified: entry.flag("uri_seen"),
      database)
  },
  LoadStep("vocabularies_cairn.csv") { (entry, database) throws(SQLiteError) in
    try upsertValue(
      entry.text("vocabulary"), entry, uri: entry.text("elm_uri"), verified: 1, database)
  },
  LoadStep("annex1_elements.csv") { (entry, database) throws(SQLiteError) in
    try upsertValue("annex1_element", entry, uri: nil, verified: entry.flag("verified"), database)
  },
  LoadStep("countries.csv") { (entry, database) throws(SQLiteError) in
    try database.run(
      """
      INSERT INTO country (code, iso_code, alpha3, kind, parent, name, cedefop_code, eu_member,
        eea, candidate, uri, note)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
      ON CONFLICT (code) DO UPDATE SET iso_code = excluded.iso_code, alpha3 = excluded.alpha3,
        kind = excluded.kind, parent = excluded.parent, name = excluded.name,
        cedefop_code = excluded.cedefop_code, eu_member = excluded.eu_member,
        eea = excluded.eea, candidate = excluded.candidate, uri = excluded.uri,
        note = excluded.note
      """, entry.text("code"), entry.text("iso_code"), entry.text("alpha3"), entry.text("kind"),
      entry.text("parent"), entry.languageMap("name"), entry.text("cedefop_code"),
      entry.flag("eu_member"), entry.flag("eea"), entry.flag("candidate"),
      entry.text("eu_authority_uri"), entry.text("note"))
  },
  LoadStep("frameworks.csv") { (entry, database) throws(SQLiteError) in
    try database.run(
      """
      INSERT INTO framework (code, country, also_country, name, acronym, level_count,
        eqf_linked_year, uri, verified, note)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
      ON CONFLICT (code) DO UPDATE SET country = excluded.country,
        also_country = excluded.also_country, name = excluded.name, acronym = excluded.acronym,
        level_count = excluded.level_count, eqf_linked_year = excluded.eqf_linked_year,
        uri = excluded.uri, verified = excluded.verified, note = excluded.note
      """, entry.text("code"), entry.text("country"), entry.text("also_country"),
      entry.languageMap("name"), entry.text("acronym"), entry.integer("level_count"),
      entry.integer("eqf_linked_year"), entry.text("uri"), entry.verified("uri_seen"),
      entry.text("note"))
  },
  LoadStep("framework_levels.csv") { (entry, database) throws(SQLiteError) in
    let code = "\(entry["framework_code"] ?? "")-\(entry["level_code"] ?? "")"
    try database.run(
      """
      INSERT INTO level (code, framework, level, name, position, eqf_level, eqf_verified,
        eqf_source, uri)
      VALUES (?1, ?2, ?3, json_object('en', ?4), ?5, ?6, ?7, ?8, ?9)
      ON CONFLICT (code) DO UPDATE SET name = excluded.name, position = excluded.position,
        eqf_level = excluded.eqf_level, eqf_verified = excluded.eqf_verified,
        eqf_source = excluded.eqf_source, uri = excluded.uri
      """, .text(code), entry.text("framework_code"), entry.text("level_code"),
      entry.text("level_name"), entry.integer("position"), entry.integer("eqf_level"),
      entry.verified("eqf_level_verified"), entry.text("eqf_level_source"), entry.text("uri"))
  },
  LoadStep("nace_rev2.csv") { (entry, database) throws(SQLiteError) in
    try database.run(
      """
      INSERT INTO sector (code, level, parent, name, verified) VALUES (?1, ?2, ?3, ?4, ?5)
      ON CONFLICT (code) DO UPDATE SET level = excluded.level, parent = excluded.parent,
        name = excluded.name, verified = excluded.verified
      """, entry.text("code"), entry.text("level"), entry.text("parent_code"),
      entry.languageMap("name"), entry.verified("title_seen"))
  },
  LoadStep("isced_f_2013.csv") { (entry, database) throws(SQLiteError) in
    try database.run(
      """
      INSERT INTO field (code, level, parent, name, uri) VALUES (?1, ?2, ?3, ?4, ?5)
      ON CONFLICT (code) DO UPDATE SET level = excluded.level, parent = excluded.parent,
        name = excluded.name, uri = excluded.uri
      """, entry.text("code"), entry.text("level"), entry.text("parent_code"),
      entry.languageMap("name"), entry.text("uri"))
  },
  LoadStep("isco08.csv") { (entry, database) throws(SQLiteError) in
    try database.run(
      """
      INSERT INTO occupation (code, level, parent, name, uri) VALUES (?1, ?2, ?3, ?4, ?5)
      ON CONFLICT (code) DO UPDATE SET level = excluded.level, parent = excluded.parent,
        name = excluded.name, uri = excluded.uri
      """, entry.text("code"), entry.text("level"), entry.text("parent_code"),
      entry.languageMap("name"), entry.text("esco_uri"))
  },
  LoadStep("languages.csv") { (entry, database) throws(SQLiteError) in
    try database.run(
      """
      INSERT INTO language (code, iso639_3, name, eu_official, uri) VALUES (?1, ?2, ?3, ?4, ?5)
      ON CONFLICT (code) DO UPDATE SET iso639_3 = excluded.iso639_3, name = excluded.name,
        eu_official = excluded.eu_official, uri = excluded.uri
      """, entry.text("iso639_1"), entry.text("iso639_3"), entry.languageMap("name"),
      entry.flag("eu_official"), entry.text("eu_authority_uri"))
  },
]

extension Entry {
  /// True only where the column says yes: "part" and "no" are both not verified.
  fileprivate func verified(_ column: String) -> Value { self[column] == "yes" ? 1 : 0 }
}

private func upsertValue(
  _ vocabulary: Value, _ entry: Entry, uri: Value, verified: Value,
  _ database: borrowing Connection
) throws(SQLiteError) {
  try database.run(
    """
    INSERT INTO vocabulary_value (vocabulary, code, position, label, uri, verified)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (vocabulary, code) DO UPDATE SET position = excluded.position,
      label = excluded.label, uri = excluded.uri, verified = excluded.verified
    """, vocabulary, entry.text("code"), .integer(Int64(entry.position)),
    entry.languageMap("label"), uri, verified == 1 ? 1 : 0)
}
