internal import JSON
internal import SQLite

/// The eight microcredentials that the deck maps.
///
/// "NO" is a stated no, "NS" goes to `not_specified`, a blank cell is simply null; the cells' own words
/// are kept in `as_printed`.
let deckCredentialStep = LoadStep("seed_mapped_credentials.csv") {
  (entry, database) throws(SQLiteError) in
  var document = Document(of: .credential)
  let row = entry["row"] ?? ""
  let number = "mapped-microcredential-\(row)"
  document["slug"] = .string(entry["title"].flatMap(Slug.made) ?? number)
  document["external_id"] = .string("\(entry["source_id"] ?? "")/row-\(row)")
  document["kind"] = "microcredential"
  document["status"] = "published"
  document["title"] = entry["title"].map { .object([.init(name: "en", value: .string($0))]) }
  document["countries"] = entry.codes("countries")
  document["international"] = entry.amount("international_count").map {
    .object([.init(name: "countries_count", value: $0)])
  }
  document["sector"] = entry["sector_nace"].map(JSONValue.string)
  document["workload"] = entry.workload
  document["credit"] = entry["credit_system"].map {
    .object([.init(name: "system", value: .string($0))])
  }
  document["participation"] = entry.codes("participation")
  document["highly_targeted"] = entry.stated("targeted_state")
  document["emerging_topics"] = entry.stated("emerging_state")
  document["not_specified"] = entry.notSpecified
  document["as_printed"] = entry.asPrinted
  document["note"] = entry["note"].map(JSONValue.string)
  document["source"] = try entry.source(in: database)
  try store(document, entry.environment, in: database)
}

extension Entry {
  fileprivate func codes(_ column: String) -> JSONValue? {
    self[column].map { .array($0.split(separator: ";").map { .string(String($0)) }) }
  }

  fileprivate func amount(_ column: String) -> JSONValue? {
    guard let text = self[column] else { return nil }
    return Int64(text).map(JSONValue.integer) ?? Double(text).map(JSONValue.number)
  }

  fileprivate var workload: JSONValue? {
    let (least, most) = (amount("hours_min"), amount("hours_max"))
    let hours: [(String, JSONValue?)] =
      least == most ? [("hours", least)] : [("hours_min", least), ("hours_max", most)]
    let others = ["days", "modules", "months"].map { ($0, amount($0)) }
    let members = (hours + others).compactMap { name, value in
      value.map { JSONValue.Member(name: name, value: $0) }
    }
    return members.isEmpty ? nil : .object(members)
  }

  fileprivate func stated(_ column: String) -> JSONValue? {
    switch self[column] {
    case "stated_yes": true
    case "stated_no": false
    default: nil
    }
  }

  fileprivate var notSpecified: JSONValue? {
    let names = [
      ("workload", "workload_state"), ("highly_targeted", "targeted_state"),
      ("emerging_topics", "emerging_state"),
    ].filter { self[$0.1] == "not_specified" }.map { JSONValue.string($0.0) }
    return names.isEmpty ? nil : .array(names)
  }

  fileprivate var asPrinted: JSONValue? {
    let members = [
      ("sector", "sector_as_printed"), ("countries", "location_as_printed"),
      ("workload", "workload_as_printed"), ("credit", "credit_link_as_printed"),
      ("participation", "mode_as_printed"), ("highly_targeted", "targeted_as_printed"),
      ("emerging_topics", "emerging_as_printed"),
    ].compactMap { name, column in
      self[column].map { JSONValue.Member(name: name, value: .string($0)) }
    }
    return members.isEmpty ? nil : .object(members)
  }

  fileprivate func source(in database: borrowing Connection) throws(SQLiteError) -> JSONValue? {
    let text = try database.first(
      """
      SELECT json_object('id', id, 'title', title, 'publisher', publisher, 'date', date_from,
        'url', url, 'locator', ?2) FROM source WHERE id = ?1
      """, text("source_id"), text("locator")
    ) { row in row.text(0) }
    return text.flatMap { try? JSONValue(parsing: Array($0.utf8)) }
  }
}

/// Inserts the credential, or brings it up to date where the file says something new.
private func store(
  _ document: Document, _ environment: Environment, in database: borrowing Connection
) throws(SQLiteError) {
  let stated = document.values
  let derived = Derived.ofCredential.map { ($0.column, $0.value(document)) }
  let columns = stated + derived
  let moment = environment.now().milliseconds
  let now = Value.integer(moment)
  let number = try database.first(
    "SELECT number FROM credential WHERE provider IS NULL AND external_id = ?1",
    Value(document.text("external_id"))
  ) { row in row.integer(0) }
  if let number {
    let before = try members(of: .credential, number, in: database)
    let same = columns.map { $0.column + "IS ?" }.joined("AND")
    let values = columns.map(\.value)
    try database.run(
      "UPDATE credential SET" + columns.map { $0.column + "= ?" }.joined(",")
        + ", version = version + 1, updated_at = ? WHERE number = ? AND NOT (" + same + ")",
      with: values + [now, .integer(number)] + values)
    guard database.changes > 0 else { return }
    try SideRows.awardingBodies.replace(number, document, database)
    try recordChange(
      .replace, of: .credential, number, from: before,
      to: try members(of: .credential, number, in: database), by: nil, at: moment, in: database)
  } else {
    let own: [(column: SQL, value: Value)] = [
      ("id", .text(environment.newID())), ("version", 1), ("created_at", now), ("updated_at", now),
    ]
    let all = columns + own
    try database.run(
      "INSERT INTO credential (" + all.map(\.column).joined(",") + ") VALUES ("
        + .placeholders(all.count) + ")", with: all.map(\.value))
    let number = database.lastRowID
    try SideRows.awardingBodies.replace(number, document, database)
    try recordCreation(of: .credential, number, by: nil, at: moment, in: database)
  }
}
