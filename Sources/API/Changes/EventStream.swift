internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Registry
internal import Synchronization

let eventStreamType = "text/event-stream"

extension Registry {
  /// Follows the changes from now on, or from where the client says he was, as server-sent events (HTML §9.2).
  func eventsAnswer(
    _ query: FeedQuery, since: Int64?, for viewer: Viewer, _ request: Request, _ live: LiveChanges
  ) throws -> Response {
    var query = query
    query.limit = 100
    // HTML §9.2.4: a client that comes back says the id of the last event it had, whatever its URL says.
    query.since = try lastEvent(request) ?? since ?? newestChange
    let filters = try request.target.parameters().filter { $0.name != "since" }
      .map { "\($0.name)=\($0.value)" }.sorted()
    let question = query
    let place = Mutex(LiveChanges.Place(viewer: viewer, filters: filters, since: query.since))
    var response = represented(eventStreamType, [])
    response.fields[.cacheControl] = "no-store"
    response.body = .stream(
      BodySource(pulse: Array(": here\n\n".utf8)) { piece in
        let batch = try place.withLock { place in
          let batch = try live.batch(at: place) {
            try self.events(question, since: place.since, for: viewer)
          }
          place.since = batch.last
          return batch
        }
        piece += batch.events
        return batch.rest
      })
    return response
  }

  private func events(
    _ question: FeedQuery, since: Int64, for viewer: Viewer
  ) throws -> LiveChanges.Batch {
    var query = question
    query.since = since
    var events: [UInt8] = []
    let end = try changes(query, for: viewer, while: { events.count < fullPiece }) { change in
      events += "id: \(change.sequence)\ndata: ".utf8 + line(change) + "\n".utf8
    }
    return .init(events: events, last: end.last, rest: end.hasMore ? .more : .later)
  }

  private func lastEvent(_ request: Request) throws(RequestError) -> Int64? {
    guard let text = request[.lastEventID], !text.isEmpty else { return nil }
    guard let number = Int64(text), number >= 0 else {
      throw .badField("Last-Event-ID", rule: "It is the id of an event that came from here.")
    }
    return number
  }
}
