internal import JSON

/// What became of a row.
enum RowResult {
  case created(Written)
  case updated(Written)
  case unchanged(Written)
  case skipped(slug: String)
  case rejected([Violation])

  /// As a line of JSON.
  func line(_ number: Int) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.name("line")
    json.integer(Int64(number))
    json.name("result")
    switch self {
    case .created(let written): json.result("created", written)
    case .updated(let written): json.result("updated", written)
    case .unchanged(let written): json.result("unchanged", written)
    case .skipped(let slug):
      json.string("skipped")
      json.name("slug")
      json.string(slug)
    case .rejected(let violations):
      json.string("rejected")
      json.name("errors")
      json.beginArray()
      for violation in violations { json.violation(violation) }
      json.endArray()
    }
    json.endObject()
    return json.bytes + "\n".utf8
  }
}

extension JSONWriter {
  fileprivate mutating func result(_ result: String, _ written: Written) {
    string(result)
    name("slug")
    string(written.slug)
    name("version")
    integer(written.version)
  }

  fileprivate mutating func violation(_ violation: Violation) {
    beginObject()
    if case .pointer(let pointer) = violation.place {
      name("pointer")
      string(pointer)
    }
    name("detail")
    string(violation.detail)
    endObject()
  }
}
