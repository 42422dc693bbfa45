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
  return json.bytes + "\n".utf8
}
