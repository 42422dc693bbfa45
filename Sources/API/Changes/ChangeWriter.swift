internal import JSON
internal import Registry

extension JSONWriter {
  mutating func change(_ change: Change) {
    beginObject()
    name("sequence")
    integer(change.sequence)
    name("at")
    string(change.at.text)
    name("action")
    string(change.action.rawValue)
    name("noun")
    string(change.noun)
    name("id")
    string(change.id)
    name("slug")
    string(change.slug)
    name("provider")
    value(change.provider.map(JSONValue.string) ?? .null)
    name("version")
    integer(change.version)
    name("by")
    value(
      change.author.map {
        .object([
          .init(name: "key", value: .string($0.key)), .init(name: "role", value: .string($0.role)),
        ])
      } ?? .null)
    name("before")
    value(change.before ?? .null)
    name("after")
    value(change.after ?? .null)
    endObject()
  }
}

/// The change as a line of NDJSON.
func line(_ change: Change) -> [UInt8] {
  var json = JSONWriter()
  json.change(change)
  json.endLine()
  return json.bytes
}

let csvHeaderOfChanges = csvRecord([
  "sequence", "at", "action", "noun", "id", "slug", "provider", "version", "key", "role", "before",
  "after",
])

/// The change as a record of CSV; what it changed stays JSON.
func csvRecord(_ change: Change) -> [UInt8] {
  csvRecord([
    String(change.sequence), change.at.text, change.action.rawValue, change.noun, change.id,
    change.slug, change.provider ?? "", String(change.version), change.author?.key ?? "",
    change.author?.role ?? "", text(change.before), text(change.after),
  ])
}

private func csvRecord(_ cells: [String]) -> [UInt8] {
  var csv = CSVWriter()
  for cell in cells { csv.cell(cell) }
  csv.endRecord()
  return csv.bytes
}

private func text(_ value: JSONValue?) -> String {
  value.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
}
