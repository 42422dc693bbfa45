internal import Registry

/// Who is served now, and who waits for that, in the order in which they came.
///
/// An owner has a few of the places at most: so whose receivers hang keeps his own webhooks waiting, and nobody
/// else's.
struct WebhookTurns {
  private static let places = 16
  private static let placesOfOwner = 4

  /// By the ids of webhooks; an admin's is of the owner nil.
  private var owners: [String: String?] = [:]
  private var waiting: [String] = []

  /// Gives places to those of `due` who have waited longest; the others wait on.
  mutating func begin(_ due: [WebhookWork]) -> [WebhookWork] {
    let places = Dictionary(uniqueKeysWithValues: waiting.enumerated().map { ($1, $0) })
    let free = due.filter { !owners.keys.contains($0.webhook.id) }
    let inOrder = free.enumerated().sorted { one, other in
      (places[one.element.webhook.id] ?? .max, one.offset)
        < (places[other.element.webhook.id] ?? .max, other.offset)
    }.map(\.element)
    let begun = inOrder.filter { take($0.webhook) }
    waiting = inOrder.map(\.webhook.id).filter { !owners.keys.contains($0) }
    return begun
  }

  mutating func end(_ webhook: Webhook) { owners.removeValue(forKey: webhook.id) }

  /// False where all the places are taken that it may have.
  private mutating func take(_ webhook: Webhook) -> Bool {
    guard owners.count < Self.places,
      owners.values.count(where: { $0 == webhook.owner }) < Self.placesOfOwner
    else { return false }
    owners.updateValue(webhook.owner, forKey: webhook.id)
    return true
  }
}
