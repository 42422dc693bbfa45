internal import JSON
internal import Logging
internal import Registry
internal import Synchronization

// A webhook's share of the feed, message by message: what is taken moves it on, what isn't is its next.

/// Changes are delivered for so long, in milliseconds, before what was delivered is kept: each time is a
/// commit, for which others wait.
private let mostAtOnce: Int64 = 1000
/// So many changes that nobody wants may be looked at once more after a crash.
private let mostPassed: Int64 = 10_000

private struct Message {
  let type: String
  /// Its number.
  let change: Int64
  let id: String
  let body: [UInt8]

  init(_ change: Change, for webhook: Webhook) {
    type = change.type
    self.change = change.sequence
    // With its moment: after a restore from a backup another change comes to have this number.
    id = "msg_\(webhook.id)_\(change.sequence)_\(change.at.milliseconds)"
    body = webhookBody(change.type, at: change.at) { $0.change(change) }
  }
}

extension WebhookDeliveries {
  /// Delivers from behind `start` on what is due, for a while, and says how far that is.
  func deliver(_ work: WebhookWork, from start: Int64) throws -> Int64 {
    let webhook = work.webhook
    var progress = WebhookProgress(webhook)
    if let test = work.test {
      let body = webhookBody("webhook.test", at: environment.now()) { json in
        json.value(.object([.init(name: "webhook", value: .string(webhook.id))]))
      }
      let attempt = call(work, test, "webhook.test", nil, 1, body)
      if let attempt { progress.tried.append(attempt) }
    }
    if webhook.state == .enabled, webhook.nextAttemptAt.map({ $0 <= environment.now() }) ?? true {
      let end = environment.now().milliseconds + mostAtOnce
      progress.position = max(progress.position, start)
      while try deliverPage(work, until: end, &progress) {}
    }
    if !progress.tried.isEmpty || progress.nextAttemptAt != webhook.nextAttemptAt
      || progress.position - webhook.position > mostPassed
    {
      try registry.note(progress, of: work)
    }
    return progress.position
  }

  /// Delivers what comes next, and says whether there is more for the webhook as it was, and time.
  private func deliverPage(
    _ work: WebhookWork, until moment: Int64, _ progress: inout WebhookProgress
  ) throws -> Bool {
    var messages: [Message] = []
    var bytes = 0
    // As they are sent, so it is known what they hold: a change may be a megabyte.
    let end = try registry.webhookPage(work, after: progress.position) {
      bytes < fullPiece
    } visit: { change in
      let message = Message(change, for: work.webhook)
      messages.append(message)
      bytes += message.body.count
    }
    guard let end else { return false }
    for message in messages {
      if isStopping || environment.now().milliseconds > moment { return false }
      if !deliver(message, of: work, &progress) { return false }
    }
    // What was to be tried again may not be wanted any more.
    (progress.position, progress.attempts, progress.nextAttemptAt) = (end.last, 0, nil)
    return end.hasMore
  }

  /// False where it isn't taken.
  private func deliver(
    _ message: Message, of work: WebhookWork, _ progress: inout WebhookProgress
  ) -> Bool {
    guard
      var attempt = call(
        work, message.id, message.type, message.change, progress.attempts + 1, message.body)
    else { return false }
    let isTaken = progress.note(&attempt, chance: environment.random(1)[0])
    progress.tried.append(attempt)
    if !isTaken, progress.state != .enabled { tell(work.webhook, has: progress.state) }
    return isTaken
  }

  /// One attempt; nil where it was broken off because the server stops.
  private func call(
    _ work: WebhookWork, _ message: String, _ type: String, _ change: Int64?, _ number: Int,
    _ body: [UInt8]
  ) -> WebhookAttempt? {
    let at = environment.now()
    let fields =
      [("content-type", "application/json"), ("user-agent", "Cairn")]
      + work.signature.fields(message, at: at, body)
    var (status, failure): (Int?, String?)
    do {
      status = try outbound.post(work.webhook.url, fields, body) { [self] in isStopping }
    } catch {
      if isStopping { return nil }
      failure = "\(error)"
    }
    let isTaken = status.map { (200..<300).contains($0) } ?? false
    if isTaken {
      counts.taken.add(1, ordering: .relaxed)
    } else {
      counts.failed.add(1, ordering: .relaxed)
    }
    return WebhookAttempt(
      message: message, type: type, change: change, attempt: number, at: at,
      milliseconds: max(0, environment.now().milliseconds - at.milliseconds), status: status,
      error: failure)
  }

  private func tell(_ webhook: Webhook, has state: Webhook.State) {
    counts.givenUp.add(1, ordering: .relaxed)
    logger.error(
      "webhook ended", metadata: ["webhook.id": "\(webhook.id)", "state": "\(state.rawValue)"])
  }
}

extension WebhookProgress {
  /// Moves on behind what was taken, and sets a time for what wasn't; false for that.
  fileprivate mutating func note(_ attempt: inout WebhookAttempt, chance: UInt8) -> Bool {
    if let status = attempt.status, (200..<300).contains(status), let change = attempt.change {
      (position, attempts, nextAttemptAt) = (change, 0, nil)
      return true
    }
    // The Standard Webhooks specification has 410 mean that nothing is wanted any more.
    if attempt.status == 410 {
      (attempts, nextAttemptAt, state) = (0, nil, .gone)
      return false
    }
    guard let delay = Backoff.delay(after: attempt.attempt, chance: chance) else {
      (attempts, nextAttemptAt, state) = (0, nil, .failing)
      return false
    }
    attempts = attempt.attempt
    nextAttemptAt = Instant(milliseconds: attempt.at.milliseconds + attempt.milliseconds + delay)
    attempt.nextAttemptAt = nextAttemptAt
    return false
  }
}
