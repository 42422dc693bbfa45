internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Registry

/// The route of figures about a noun's groups.
func aggregateRoute(
  _ registry: Registry, _ noun: Noun, _ path: String, _ operation: String
) -> Route {
  Route(.get, "/v1/\(path)/aggregate", operation, on: .worker) { request in
    var parameters = try Parameters(request, noun, of: registry)
    let format = try Format(request, &parameters)
    let question = try parameters.aggregate()
    let viewer = try registry.viewer(of: request)
    let names = question.groups.map(\.parameter) + question.measures.map(\.name)
    let rows = try registry.aggregate(parameters.noun, question, for: viewer)
    let body =
      switch format {
      case .json: jsonGroups(names, rows)
      case .ndjson: ndjsonGroups(names, rows)
      case .csv: csvGroups(names, rows)
      }
    return try formatted(format, body).conditional(request, contentTag(body), viewer)
  }
}

private func jsonGroups(_ names: [String], _ rows: [[JSONValue]]) -> [UInt8] {
  var json = JSONWriter(capacity: 4096)
  json.beginObject()
  json.name("items")
  json.beginArray()
  for row in rows { json.object(names, row) }
  json.endArray()
  json.endObject()
  return json.bytes
}

private func ndjsonGroups(_ names: [String], _ rows: [[JSONValue]]) -> [UInt8] {
  var json = JSONWriter()
  for row in rows {
    json.object(names, row)
    json.endLine()
  }
  return json.bytes
}

extension JSONWriter {
  fileprivate mutating func object(_ names: [String], _ values: [JSONValue]) {
    beginObject()
    for (name, value) in zip(names, values) {
      self.name(name)
      self.value(value)
    }
    endObject()
  }
}

private func csvGroups(_ names: [String], _ rows: [[JSONValue]]) -> [UInt8] {
  var csv = CSVWriter()
  for name in names { csv.cell(name) }
  csv.endRecord()
  for row in rows {
    for value in row {
      switch value {
      case .string(let text): csv.cell(text)
      case .null: csv.cell("")
      default: csv.cell(String(decoding: value.bytes, as: UTF8.self), isText: false)
      }
    }
    csv.endRecord()
  }
  return csv.bytes
}
