internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Registry
internal import Synchronization

/// As many bytes as a page has when it ends before its limit: one change may be as large as a thousand others.
private let fullPage = 1 << 20

/// The same of a piece of a stream.
let fullPiece = 64 << 10

func changeRoutes(_ registry: Registry, _ live: LiveChanges) -> [Route] {
  [
    Route(.get, "/v1/changes", "listChanges", on: .worker) { request in
      try registry.feedAnswer(request, live)
    }
  ]
}

/// The route of an item's history; `capture` is what its name in the path is called.
func historyRoute(
  _ registry: Registry, _ noun: Noun, _ path: String, _ capture: String, _ operation: String
) -> Route {
  Route(.get, "/v1/\(path)/{\(capture)}/history", operation, on: .worker) { request in
    try registry.historyAnswer(noun, request.path(capture), request)
  }
}

extension Registry {
  fileprivate func feedAnswer(_ request: Request, _ live: LiveChanges) throws -> Response {
    var parameters = try Parameters(request, .change)
    if Format.prefers(eventStreamType, to: [.json, .ndjson], request) {
      if parameters.isLimited { parameters.refuse("limit", "What comes live has no pages.") }
      let (query, place) = try parameters.feed()
      if query.before != nil {
        parameters.refuse("sort", "What comes live comes in the order of commits.")
        throw RequestError.badParameters(parameters.violations)
      }
      return try eventsAnswer(query, from: place, request, live)
    }
    let format = try Format(request, &parameters, offering: [.json, .ndjson])
    let isExport = format.exports && !parameters.isLimited
    let (query, place) = try parameters.feed()
    let viewer = try viewer(of: request)
    let newest = try newestPlace(for: place)
    if isExport { return try export(query, viewer).coded(request) }
    let (body, end) = try page(format) { hasRoom, visit throws(RegistryError) in
      try changes(query, for: viewer, while: hasRoom, visit: visit)
    } ending: {
      feedEnding($0, of: newest)
    }
    var response = formatted(format, body)
    if end.hasMore {
      let name = query.before == nil ? "since" : "before"
      response.fields[.link] = nextPage(of: request, name, newest.at(end.last).text)
    }
    return try response.conditional(request, contentTag(body), viewer)
  }

  /// The place behind the last change, for somebody who is at `place`.
  ///
  /// Whoever was in another feed, or further than the registry has come, knows changes that were lost, and must not take
  /// the next ones for what follows. Who only says a number is believed.
  func newestPlace(for place: FeedPlace?) throws -> FeedPlace {
    let newest = try newestPlace
    guard let place else { return newest }
    if let here = newest.feed, let feed = place.feed, feed != here {
      throw RequestError.otherFeed(here: here)
    }
    if place.sequence > newest.sequence { throw RequestError.ahead(newest: newest.sequence) }
    return newest
  }

  fileprivate func historyAnswer(_ noun: Noun, _ id: String, _ request: Request) throws -> Response
  {
    var parameters = try Parameters(request, .change)
    let format = try Format(request, &parameters, offering: [.json, .ndjson])
    let (limit, before) = try parameters.history()
    let viewer = try viewer(of: request)
    let (body, next) = try page(format) { hasRoom, visit throws(RegistryError) in
      try history(
        noun, id, before: before, limit: limit, for: viewer, while: hasRoom, visit: visit)
    } ending: {
      ",\"next\":\($0.map { "\"\($0)\"" } ?? "null")}"
    }
    var response = formatted(format, body)
    if let next { response.fields[.link] = nextPage(of: request, "cursor", String(next)) }
    return try response.conditional(request, contentTag(body), viewer)
  }

  /// The changes that `read` lends, and what it says of the page's end.
  private func page<End>(
    _ format: Format,
    _ read: (_ hasRoom: () -> Bool, _ visit: (Change) -> Void) throws(RegistryError) -> End,
    ending: (End) -> String
  ) throws -> ([UInt8], End) {
    guard format == .json else {
      var lines: [UInt8] = []
      let end = try read({ lines.count < fullPage }, { lines += line($0) })
      return (lines, end)
    }
    var json = JSONWriter(capacity: 4096)
    json.beginArray()
    let end = try read({ json.bytes.count < fullPage }, { json.change($0) })
    json.endArray()
    return ("{\"items\":".utf8 + json.bytes + ending(end).utf8, end)
  }

  /// All changes to the last one, piece by piece.
  private func export(_ query: FeedQuery, _ viewer: Viewer) throws -> Response {
    let rest = Mutex(query)
    var response = represented(Format.ndjson.contentType, [])
    response.fields[.cacheControl] = viewer == .anyone ? "no-cache" : "private, no-cache"
    response.body = .stream(
      BodySource { piece in
        let (bytes, hasMore) = try rest.withLock { query in
          var bytes: [UInt8] = []
          let end = try self.changes(query, for: viewer, while: { bytes.count < fullPiece }) {
            bytes += line($0)
          }
          if query.before == nil { query.since = end.last } else { query.before = end.last }
          return (bytes, end.hasMore)
        }
        piece += bytes
        return hasMore
      })
    return response
  }
}

/// What a page of a feed has behind its items; `place` is one of the same feed.
private func feedEnding(_ end: FeedEnd, of place: FeedPlace) -> String {
  let next = end.hasMore ? "\"\(place.at(end.last).text)\"" : "null"
  let feed = place.feed.map { "\"\($0)\"" } ?? "null"
  return ",\"next\":\(next),\"last\":\(end.last),\"feed\":\(feed)}"
}
