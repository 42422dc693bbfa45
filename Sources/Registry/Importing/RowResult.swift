internal import JSON

/// What became of a row.
enum RowResult {
  case created(slug: String)
  case updated(Written)
  case unchanged(Written)
  case skipped(slug: String)
  case rejected([Violation])

  /// Adds it as a line of JSON.
  func write(_ number: Int, to json: inout JSONWriter) {
    json.beginObject()
    json.name("line")
    json.integer(Int64(number))
    json.name("result")
    switch self {
    case .created(let slug): json.result("created", slug, version: 1)
    case .updated(let written): json.result("updated", written.slug, version: written.version)
    case .unchanged(let written): json.result("unchanged", written.slug, version: written.version)
    case .skipped(let slug):
      json.string("skipped")
      json.name("slug")
      json.string(slug)
    case .rejected(let violations):
      json.string("rejected")
      json.name("errors")
      json.beginArray()
      for violation in violations { violation.write(to: &json) }
      json.endArray()
    }
    json.endObject()
    json.endLine()
  }
}

extension JSONWriter {
  fileprivate mutating func result(_ result: String, _ slug: String, version: Int64) {
    string(result)
    name("slug")
    string(slug)
    name("version")
    integer(version)
  }
}
