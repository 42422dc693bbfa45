internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Registry

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
  Route(.get, "/v1/\(path)/{\(capture)}", operation, on: .loop) { request in
    try registry.itemAnswer(noun, request.path(capture), request)
  }
}

extension Registry {
  func listAnswer(_ noun: Noun, _ request: Request) throws -> Response {
    var parameters = try Parameters(request, noun)
    let format = try Format(request, &parameters)
    let languages = parameters.languages()
    let query = try parameters.query(format)
    let viewer = try viewer(of: request)
    let (page, next) =
      switch format {
      case .json: try jsonList(noun, query, viewer)
      case .csv: try csvList(noun, query, viewer, languages)
      }
    var response = page
    if let next { response.fields[.link] = "<\(nextPage(of: request, next))>; rel=\"next\"" }
    return response.conditional(request, contentTag(response.body), viewer)
  }

  private func jsonList(
    _ noun: Noun, _ query: Query, _ viewer: Viewer
  ) throws -> (Response, next: String?) {
    var json = JSONWriter(capacity: 4096)
    json.beginObject()
    json.name("items")
    json.beginArray()
    let end = try list(noun, query, for: viewer) { record in record.write(to: &json) }
    json.endArray()
    json.name("next")
    if let next = end.next { json.string(next) } else { json.null() }
    if let total = end.total {
      json.name("total")
      json.integer(Int64(total))
    }
    json.endObject()
    return (formatted(.json, json.bytes), end.next)
  }

  private func csvList(
    _ noun: Noun, _ query: Query, _ viewer: Viewer, _ languages: [String]
  ) throws -> (Response, next: String?) {
    var csv = CSVWriter()
    for field in query.fields { csv.cell(field.name) }
    csv.endRecord()
    let end = try list(noun, query, for: viewer) { record in
      for (index, field) in record.fields.enumerated() {
        csv.cell(
          record.cell(index, languages: languages),
          isText: field.kind != .integer && field.kind != .number)
      }
      csv.endRecord()
    }
    return (formatted(.csv, csv.bytes), end.next)
  }

  func itemAnswer(_ noun: Noun, _ id: String, _ request: Request) throws -> Response {
    var parameters = try Parameters(request, noun)
    let fields = try parameters.item()
    let viewer = try viewer(of: request)
    let (body, version) = try item(noun, id, fields, for: viewer) { record in
      var json = JSONWriter()
      record.write(to: &json)
      return (json.bytes, record.version)
    }
    // A part of an item is a representation of its own, so it has a tag of its own.
    let tag = fields == nil ? version.map(versionTag) : nil
    return formatted(.json, body).conditional(request, tag ?? contentTag(body), viewer)
  }
}

/// An answer in a format; JSON ends its line, for those who read it in a terminal.
func formatted(_ format: Format, _ body: [UInt8]) -> Response {
  var body = body
  if format == .json { body.append(UInt8(ascii: "\n")) }
  return Response(
    .ok, [.contentType: format.contentType, .vary: "Accept, Authorization"], body: body)
}

/// Where the next page is: the same question with its cursor.
private func nextPage(of request: Request, _ cursor: String) -> String {
  // A cursor is base64url, which needs no escaping in a query (RFC 3986 §3.4).
  let kept = (request.target.query ?? "").split(separator: "&").filter { !$0.hasPrefix("cursor=") }
  let suffix = request.target.path.hasSuffix(".csv")
  let query = kept.filter { !(suffix && $0 == "format=csv") } + ["cursor=\(cursor)"]
  return request.target.path + "?" + query.joined(separator: "&")
}

func versionTag(_ version: Int64) -> EntityTag { EntityTag(String(version)) }

/// A tag that changes with the bytes: FNV-1a, 64 bits.
func contentTag(_ body: [UInt8]) -> EntityTag {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in body { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  return EntityTag(String(hash, radix: 16))
}

extension Response {
  /// This answer with its tag, or 304 where the client has it already (RFC 9110 §13.1.2, §15.4.5).
  func conditional(_ request: Request, _ tag: EntityTag, _ viewer: Viewer) -> Response {
    var response = self
    response.fields[.eTag] = tag.text
    // Kept, but asked for each time: what is withdrawn must not be shown from a cache.
    response.fields[.cacheControl] = viewer == .anyone ? "no-cache" : "private, no-cache"
    guard let condition = request[.ifNoneMatch].flatMap(Precondition.init),
      condition.matchesWeakly(tag)
    else { return response }
    response.status = .notModified
    response.fields[.contentType] = nil
    response.body = []
    return response
  }
}
