internal import JSON
internal import SQLite

/// The deck's figures, findings and questions.
let observationSteps: [LoadStep] = [
  LoadStep("seed_observations.csv") { (entry, database) throws(SQLiteError) in
    // A range of levels is printed where a figure stands elsewhere: "2..5".
    let bounds = entry["value"]?.split(separator: ".").compactMap { Double($0) } ?? []
    let range = entry["value"]?.contains("..") == true ? bounds : []
    try database.run(
      upsert, .text(identifier("figure", entry["indicator"], entry["dimension"])), "figure",
      entry.text("indicator"), entry.text("dimension"), entry.text("population"),
      .integer(Int64(entry.position)), range.isEmpty ? entry.real("value") : nil,
      Value(range.first), Value(range.last), entry.text("unit"), entry.integer("count"),
      entry.integer("base"), entry.integer("year"), nil, entry.text("note"),
      entry.text("source_id"), entry.text("locator"))
  },
  LoadStep("seed_added_value.csv") { (entry, database) throws(SQLiteError) in
    try words(
      entry, "added_value", of: entry["stakeholder"], entry.text("position"),
      entry.languageMap("statement"), population: entry.text("stakeholder"), database)
  },
  LoadStep("seed_drivers.csv") { (entry, database) throws(SQLiteError) in
    try words(
      entry, "driver", of: entry["topic"], entry.text("topic"), entry.languageMap("statement"),
      database)
  },
  LoadStep("seed_features.csv") { (entry, database) throws(SQLiteError) in
    try words(
      entry, "feature", of: entry["topic"], entry.text("topic"), entry.languageMap("statement"),
      database)
  },
  LoadStep("seed_findings.csv") { (entry, database) throws(SQLiteError) in
    try words(
      entry, entry["kind"] ?? "finding", of: entry["topic"], entry.text("topic"),
      entry.languageMap("statement"), database)
  },
  LoadStep("seed_questions.csv") { (entry, database) throws(SQLiteError) in
    let isOpen = entry["kind"] == "open"
    try words(
      entry, isOpen ? "open_question" : "research_question", of: entry["kind"],
      isOpen ? nil : entry.text("kind"), entry.languageMap("question"), database)
  },
]

private let upsert: SQL = """
  INSERT INTO observation (id, kind, indicator, dimension, population, position, value,
    value_min, value_max, unit, count, base, year, text, note, source, locator)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
  ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, indicator = excluded.indicator,
    dimension = excluded.dimension, population = excluded.population,
    position = excluded.position, value = excluded.value, value_min = excluded.value_min,
    value_max = excluded.value_max, unit = excluded.unit, count = excluded.count,
    base = excluded.base, year = excluded.year, text = excluded.text, note = excluded.note,
    source = excluded.source, locator = excluded.locator
  """

private func words(
  _ entry: Entry, _ kind: String, of topic: String?, _ dimension: Value, _ text: Value,
  population: Value = nil, _ database: borrowing Connection
) throws(SQLiteError) {
  let position = entry["position"].flatMap { Int64($0) } ?? Int64(entry.position)
  try database.run(
    upsert, .text(identifier(kind, topic, String(position))), .text(kind), nil,
    kind == "added_value" ? nil : dimension, population, .integer(position), nil, nil, nil, nil,
    nil, nil, nil, text, entry.text("note"), entry.text("source_id"), entry.text("locator"))
}

private func identifier(_ parts: String?...) -> String {
  let text = parts.compactMap(\.self).joined(separator: "-")
  return Slug.made(from: text) ?? text
}

/// JSON made of one text.
enum JSONText {
  /// `text` as a language map in English.
  static func languageMap(_ text: String) -> String {
    JSONValue.object([.init(name: "en", value: .string(text))]).text
  }
}
