internal import JSON

/// What became of a row.
enum RowResult {
  case created(RowItem)
  case updated(RowItem)
  case unchanged(RowItem)
  case skipped(RowItem)
  case rejected([Violation], externalID: String?)

  /// Adds it as a line of JSON.
  func write(_ number: Int, to json: inout JSONWriter) {
    json.beginObject()
    json.name("line")
    json.integer(Int64(number))
    json.name("result")
    switch self {
    case .created(let item): item.write("created", to: &json)
    case .updated(let item): item.write("updated", to: &json)
    case .unchanged(let item): item.write("unchanged", to: &json)
    case .skipped(let item): item.write("skipped", to: &json)
    case .rejected(let violations, let externalID):
      json.string("rejected")
      json.name("external_id")
      json.optional(externalID)
      json.name("errors")
      json.beginArray()
      for violation in violations { violation.write(to: &json) }
      json.endArray()
    }
    json.endObject()
    json.endLine()
  }
}

/// The item of a row, as the row leaves it.
struct RowItem: Sendable {
  /// Nil for one that a dry run would have made.
  let id: String?
  let slug: String
  let externalID: String?
  let version: Int64

  fileprivate func write(_ result: String, to json: inout JSONWriter) {
    json.string(result)
    json.name("id")
    json.optional(id)
    json.name("slug")
    json.string(slug)
    json.name("external_id")
    json.optional(externalID)
    json.name("version")
    json.integer(version)
  }
}

extension JSONWriter {
  fileprivate mutating func optional(_ text: String?) {
    if let text { string(text) } else { null() }
  }
}
