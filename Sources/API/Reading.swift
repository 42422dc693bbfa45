internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Registry
internal import Synchronization

// The routes that every noun has: its list and its items.

/// A list's route; `path` is the noun's plural, as it stands under /v1.
func listRoute(
  _ registry: Registry, _ noun: Noun, _ path: String, _ operation: String
) -> Route {
  Route(.get, "/v1/\(path)", operation, on: .worker) { request in
    try registry.listAnswer(noun, request)
  }
}

/// An item's route; `capture` is what its name in the path is called.
func itemRoute(
  _ registry: Registry, _ noun: Noun, _ path: String, _ capture: String, _ operation: String
) -> Route {
  Route(.get, "/v1/\(path)/{\(capture)}", operation, on: .loop, unless: takesLong) { request in
    try registry.itemAnswer(noun, request.path(capture), request)
  }
}

extension Registry {
  func listAnswer(_ noun: Noun, _ request: Request) throws -> Response {
    var parameters = try Parameters(request, noun, of: self)
    let format = try Format(request, &parameters)
    let languages = parameters.languages()
    let isExport = format.exports && !parameters.isLimited
    let (query, inclusions) = try parameters.query(format)
    let asked = parameters.noun
    let viewer = try viewer(of: request)
    let writer = ListWriter(format, languages, inclusions)
    var body = writer.beginning(query.fields)
    let end = try writer.append(query, of: asked, for: viewer, from: self, to: &body)
    if isExport, let next = end.next {
      return try export(
        asked, query.continued(at: next), viewer, writer, after: body
      ).coded(request)
    }
    body += writer.ending(end)
    var response = formatted(format, body)
    if let next = end.next {
      response.fields[.link] = nextPage(of: request, "cursor", next)
    }
    return try response.conditional(request, contentTag(body), viewer)
  }

  /// All pages from the first one's end on, each read when the one before has gone out: so no client, however
  /// slow, keeps a reading transaction open.
  private func export(
    _ noun: Noun, _ query: Query, _ viewer: Viewer, _ writer: ListWriter, after beginning: [UInt8]
  ) -> Response {
    let rest = Mutex((beginning: beginning, query: query))
    var response = represented(writer.format.contentType, [])
    response.fields[.cacheControl] = viewer == .anyone ? "no-cache" : "private, no-cache"
    response.body = .stream(
      BodySource { piece in
        let page = try rest.withLock { rest in
          if !rest.beginning.isEmpty {
            defer { rest.beginning = [] }
            return (bytes: rest.beginning, hasMore: true)
          }
          var bytes: [UInt8] = []
          let end = try writer.append(rest.query, of: noun, for: viewer, from: self, to: &bytes)
          if let next = end.next { rest.query = rest.query.continued(at: next) }
          return (bytes, end.next != nil)
        }
        piece += page.bytes
        return page.hasMore
      })
    return response
  }

  func itemAnswer(_ noun: Noun, _ id: String, _ request: Request) throws -> Response {
    var parameters = try Parameters(request, noun, of: self)
    let moment = parameters.asOf()
    let (fields, inclusions) = try parameters.item()
    let viewer = try viewer(of: request)
    if let moment {
      let past = try item(noun, id, asOf: moment, for: viewer).showing(fields).bytes
      return try formatted(.json, past).conditional(request, contentTag(past), viewer)
    }
    var (json, version, number) = try item(parameters.noun, id, fields, for: viewer) { record in
      var json = JSONWriter()
      json.beginObject()
      record.writeMembers(to: &json)
      return (json, record.version, record.number)
    }
    if !inclusions.isEmpty {
      json.name("included")
      try write(inclusions, of: number.map { [$0] } ?? [], to: &json)
    }
    json.endObject()
    let body = json.bytes
    // A part of an item, or more than it, is a representation of its own, so it has a tag of its own.
    let tag = fields == nil && inclusions.isEmpty ? version.map(versionTag) : nil
    return try formatted(.json, body).conditional(request, tag ?? contentTag(body), viewer)
  }
}

// The past is put together from all that changed since, and what is around an item is looked up one by one.
private func takesLong(_ request: Request) -> Bool {
  guard request.target.query != nil, let parameters = try? request.target.parameters() else {
    return false
  }
  return parameters.contains { $0.name == "as_of" || $0.name == "include" }
}

extension JSONValue {
  /// The object with these members alone, or as it is.
  fileprivate func showing(_ fields: [Field]?) -> JSONValue {
    guard let fields else { return self }
    return .object(fields.map { .init(name: $0.name, value: self[$0.name] ?? .null) })
  }
}

/// The Link to the next page (RFC 8288 §3): the same question, but that `parameter` says where it begins.
func nextPage(of request: Request, _ parameter: String, _ value: String) -> String {
  // A cursor is base64url or a number, which need no escaping in a query (RFC 3986 §3.4).
  let kept = (request.target.query ?? "").split(separator: "&").filter {
    !$0.hasPrefix(parameter + "=")
  }
  let format = request.target.path.split(separator: ".").last.map { "format=\($0)" }
  let query = kept.filter { $0 != format ?? "" } + ["\(parameter)=\(value)"]
  return "<\(request.target.path)?\(query.joined(separator: "&"))>; rel=\"next\""
}
