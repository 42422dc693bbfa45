internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Registry

func credentialRoutes(_ registry: Registry) -> [Route] {
  [
    listRoute(registry, .credential, "credentials", "listCredentials"),
    Route(.get, "/v1/credentials/aggregate", "aggregateCredentials", on: .worker) { request in
      try registry.aggregateAnswer(.credential, request)
    },
    suggestRoute(registry, .credential, "credentials", "suggestCredentials"),
    itemRoute(registry, .credential, "credentials", "slug", "getCredential"),
    similarRoute(registry),
  ] + writingRoutes(registry, .credential, "credentials", "slug", "Credential")
}

extension Registry {
  fileprivate func aggregateAnswer(_ noun: Noun, _ request: Request) throws -> Response {
    var parameters = try Parameters(request, noun)
    let format = try Format(request, &parameters)
    let question = try parameters.aggregate()
    let viewer = try viewer(of: request)
    let names = question.groups.map(\.parameter) + question.measures.map(\.name)
    let body =
      switch format {
      case .json: try jsonGroups(noun, question, names, viewer)
      case .ndjson: try ndjsonGroups(noun, question, names, viewer)
      case .csv: try csvGroups(noun, question, names, viewer)
      }
    return try formatted(format, body).conditional(request, contentTag(body), viewer)
  }

  private func jsonGroups(
    _ noun: Noun, _ question: Aggregate, _ names: [String], _ viewer: Viewer
  ) throws -> [UInt8] {
    var json = JSONWriter(capacity: 4096)
    json.beginObject()
    json.name("items")
    json.beginArray()
    try aggregate(noun, question, for: viewer) { values in json.object(names, values) }
    json.endArray()
    json.endObject()
    return json.bytes
  }

  private func ndjsonGroups(
    _ noun: Noun, _ question: Aggregate, _ names: [String], _ viewer: Viewer
  ) throws -> [UInt8] {
    var lines: [UInt8] = []
    try aggregate(noun, question, for: viewer) { values in
      var json = JSONWriter()
      json.object(names, values)
      lines += json.bytes + "\n".utf8
    }
    return lines
  }

  private func csvGroups(
    _ noun: Noun, _ question: Aggregate, _ names: [String], _ viewer: Viewer
  ) throws -> [UInt8] {
    var csv = CSVWriter()
    for name in names { csv.cell(name) }
    csv.endRecord()
    try aggregate(noun, question, for: viewer) { values in
      for value in values {
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
