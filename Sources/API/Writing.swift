internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Registry

/// POST, PUT, PATCH and DELETE of a noun, which write through `writes`; operations are named after `name`, as in
/// `createProvider`.
func writingRoutes(
  _ registry: Registry, _ writes: Registry, _ kind: Writable, _ path: String, _ capture: String,
  _ name: String
) -> [Route] {
  let item = "/v1/\(path)/{\(capture)}"
  let create: @Sendable (Request) throws -> Response = { request in
    try writes.createAnswer(path, request) { body, language, author, once in
      try writes.create(kind, body, language: language, by: author, once: once)
    }
  }
  let routes = [
    Route(
      .post, "/v1/\(path)", "create\(name)", on: .together,
      ahead: kind.isPreparedAhead ? createAhead(registry, writes, kind, path, or: create) : nil,
      handle: create),
    Route(.put, item, "replace\(name)", on: .together) { request in
      let author = try writes.author(of: request)
      let body = try jsonBody(request, ["application/json"], .acceptPost)
      return answer(
        try writes.replace(
          kind, request.path(capture), body, language: statedLanguage(request),
          ifAt: try versionCondition(request), by: author))
    },
    Route(.patch, item, "patch\(name)", on: .together) { request in
      let author = try writes.author(of: request)
      let types = ["application/merge-patch+json", "application/json"]
      let body = try jsonBody(request, types, .acceptPatch)
      return answer(
        try writes.patch(
          kind, request.path(capture), body, language: statedLanguage(request),
          ifAt: try versionCondition(request), by: author))
    },
    Route(.delete, item, "withdraw\(name)", on: .together) { request in
      let author = try writes.author(of: request)
      return answer(
        try writes.withdraw(
          kind, request.path(capture), ifAt: try versionCondition(request), by: author))
    },
  ]
  return kind.canMerge ? routes + [mergeRoute(writes, kind, path, capture, name)] : routes
}

/// Checks a new item before its turn, and stores it then; where the check doesn't hold any more, `create` does
/// it all.
private func createAhead(
  _ registry: Registry, _ writes: Registry, _ kind: Writable, _ path: String,
  or create: @escaping @Sendable (Request) throws -> Response
) -> Route.Ahead {
  { request in
    let creation = try registry.creation(of: request) { body, language, author, once in
      try registry.prepare(kind, body, language: language, by: author, once: once)
    }
    return {
      guard let written = try writes.create(creation) else {
        let response = try create(request)
        return { response }
      }
      return { created(written, path) }
    }
  }
}

private func mergeRoute(
  _ writes: Registry, _ kind: Writable, _ path: String, _ capture: String, _ name: String
) -> Route {
  Route(.post, "/v1/\(path)/{\(capture)}:merge", "merge\(name)", on: .together) { request in
    let author = try writes.author(of: request)
    let body = try jsonBody(request, ["application/json"], .acceptPost)
    let matches = request[.ifMatch] == nil ? { _ in true } : try versionCondition(request)
    let survivor = try writes.merge(
      kind, request.path(capture), body, ifAt: matches, by: author)
    var response = answer(survivor)
    response.fields[.contentLocation] = "/v1/\(path)/\(survivor.slug)"
    return response
  }
}

extension Registry {
  /// The answer to a POST that makes an item of `path`.
  func createAnswer(
    _ path: String, _ request: Request,
    _ create: (JSONValue, String, Key, IdempotencyKey?) throws -> Written
  ) throws -> Response {
    created(try creation(of: request, create), path)
  }

  /// What `create` makes of a POST that makes an item.
  fileprivate func creation<T>(
    of request: Request, _ create: (JSONValue, String, Key, IdempotencyKey?) throws -> T
  ) throws -> T {
    let author = try author(of: request)
    let body = try jsonBody(request, ["application/json"], .acceptPost)
    let once = try idempotencyKey(request)
    return try create(body, statedLanguage(request), author, once)
  }
}

private func created(_ written: Written, _ path: String) -> Response {
  var response = answer(written)
  response.status = .created
  response.fields[.location] = "/v1/\(path)/\(written.slug)"
  if written.isRepeated { response.fields[.idempotencyReplayed] = "true" }
  return response
}

private func answer(_ written: Written) -> Response {
  Response(
    .ok,
    [
      .contentType: Format.json.contentType, .eTag: versionTag(written.version).text,
      .cacheControl: "private, no-cache",
    ], body: written.body + "\n".utf8)
}

func jsonBody(
  _ request: Request, _ types: [String], _ field: HTTPField.Name
) throws(RequestError) -> JSONValue {
  guard let type = request[.contentType].flatMap(MediaType.init), types.contains(type.text) else {
    throw .unsupportedMediaType(taken: types.joined(separator: ", "), field)
  }
  do throws(JSONError) {
    return try JSONValue(parsing: request.body)
  } catch {
    throw .notJSON(pointer: error.pointer, offset: error.offset, reason: error.reason)
  }
}

/// The language of bare strings (RFC 9110 §8.5), its primary subtag; English where none is stated.
func statedLanguage(_ request: Request) -> String {
  let first = request[.contentLanguage]?.prefix { $0 != "-" && $0 != "," } ?? "en"
  return String(first).lowercasedASCII
}

func versionCondition(_ request: Request) throws(RequestError) -> (Int64) -> Bool {
  guard let text = request[.ifMatch] else { throw .noPrecondition }
  guard Precondition(text) != nil else {
    throw .badField(
      "If-Match", rule: "It is * or entity tags in quotation marks (RFC 9110 §13.1.1).")
  }
  return { request.verdict(at: versionTag($0)) == .perform }
}

extension Request {
  func idempotencyText() throws(RequestError) -> String? {
    guard let text = self[.idempotencyKey] else { return nil }
    guard (1...255).contains(text.utf8.count) else {
      throw .badField("Idempotency-Key", rule: "It has 1 to 255 characters.")
    }
    return text
  }
}

private func idempotencyKey(_ request: Request) throws(RequestError) -> IdempotencyKey? {
  guard let text = try request.idempotencyText() else { return nil }
  let asked = "\(request.target.path)\n\(statedLanguage(request))\n"
  return IdempotencyKey(text, request: asked.utf8 + request.body)
}
