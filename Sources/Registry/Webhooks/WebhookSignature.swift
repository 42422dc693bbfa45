internal import Crypto

/// What tells a receiver that a message is the registry's, and fresh: the fields of the Standard Webhooks
/// specification.
public struct WebhookSignature: Sendable {
  private let secrets: [[UInt8]]

  /// The latest secret first; each of them signs.
  public init(_ secrets: [[UInt8]]) { self.secrets = secrets }

  public func fields(
    _ message: String, at moment: Instant, _ body: [UInt8]
  ) -> [(name: String, value: String)] {
    let seconds = moment.milliseconds / 1000
    let signed = Array("\(message).\(seconds).".utf8) + body
    let signatures = secrets.map {
      "v1," + Base64.encode(HMACSHA256.code(of: signed, key: $0))
    }
    return [
      ("webhook-id", message), ("webhook-timestamp", String(seconds)),
      ("webhook-signature", signatures.joined(separator: " ")),
    ]
  }
}
