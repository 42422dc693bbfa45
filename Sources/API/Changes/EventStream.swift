internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Registry
internal import Synchronization

let eventStreamType = "text/event-stream"

/// Somebody who is told of changes as they come.
private struct Follower {
  /// What he asks for, and how far he is.
  var query: FeedQuery
  /// Somewhere in the feed that he follows.
  let place: FeedPlace
  let filters: [String]
  /// What came with his key; nil for who has none, so that nothing is kept for him.
  let keyed: Request?
  var isNew = true

  /// Where he is, for when he comes back: an event without data is none, and its id counts (HTML §9.2.6).
  var mark: [UInt8] { Array("id: \(place.at(query.since).text)\n\n".utf8) }
}

extension Registry {
  /// Follows the changes from now on, or from where the client says he was, as server-sent events (HTML §9.2).
  func eventsAnswer(
    _ query: FeedQuery, from place: FeedPlace?, _ request: Request, _ live: LiveChanges
  ) throws -> Response {
    _ = try viewer(of: request)
    var query = query
    query.limit = 100
    // HTML §9.2.4: a client that comes back says the id of the last event it had, whatever its URL says.
    let place = try lastEvent(request) ?? place
    let newest = try newestPlace(for: place)
    query.since = (place ?? newest).sequence
    let filters = try request.target.parameters().filter { Noun.change.filter($0.name) != nil }
      .map { "\($0.name)=\($0.value)" }.sorted()
    let keyed = request[.authorization] == nil ? nil : request
    var response = represented(eventStreamType, [])
    response.fields[.cacheControl] = "no-store"
    // nginx gathers a proxied answer otherwise, until a buffer is full.
    response.fields[.xAccelBuffering] = "no"
    response.body = try .stream(
      live.reader(beside: self)
        .events(for: Follower(query: query, place: newest, filters: filters, keyed: keyed), live))
    return response
  }

  private func events(for follower: Follower, _ live: LiveChanges) -> BodySource {
    let follower = Mutex(follower)
    return BodySource(pulse: { follower.withLock { $0.mark } }) { piece in
      try follower.withLock { try self.tell(&$0, live, in: &piece) }
    }
  }

  /// Appends what the follower wasn't told yet.
  private func tell(
    _ follower: inout Follower, _ live: LiveChanges, in piece: inout [UInt8]
  ) throws -> BodySource.Rest {
    guard let viewer = try viewer(now: follower.keyed) else { return .nothing }
    if follower.isNew { piece += follower.mark }
    follower.isNew = false
    let (query, place) = (follower.query, follower.place)
    let stand = LiveChanges.Place(viewer: viewer, filters: follower.filters, since: query.since)
    let batch = try live.batch(at: stand) { try events(query, in: place, for: viewer) }
    follower.query.since = batch.last
    piece += batch.events
    return batch.rest
  }

  /// Who follows by the key that came with `request`, as it stands now; nil where it stands no more.
  private func viewer(now request: Request?) throws -> Viewer? {
    do { return try request.map(viewer(of:)) ?? .anyone } catch RequestError.badKey { return nil }
  }

  private func events(
    _ query: FeedQuery, in place: FeedPlace, for viewer: Viewer
  ) throws -> LiveChanges.Batch {
    var events: [UInt8] = []
    let end = try changes(query, for: viewer, while: { events.count < fullPiece }) {
      events += "id: \(place.at($0.sequence).text)\ndata: ".utf8 + line($0) + "\n".utf8
    }
    return .init(events: events, last: end.last, rest: end.hasMore ? .more : .later)
  }

  private func lastEvent(_ request: Request) throws(RequestError) -> FeedPlace? {
    guard let text = request[.lastEventID], !text.isEmpty else { return nil }
    guard let place = FeedPlace(text) else {
      throw .badField("Last-Event-ID", rule: "It is the id of an event that came from here.")
    }
    return place
  }
}
