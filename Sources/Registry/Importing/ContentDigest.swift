internal import Crypto
internal import Synchronization

/// The SHA-256 of a body that comes in pieces.
public final class ContentDigest: Sendable {
  private let stream = Mutex<SHA256Stream?>(SHA256Stream())

  public init() {}

  public func add(_ bytes: [UInt8]) { stream.withLock { $0?.add(bytes) } }

  /// In base64url; asked once, at the end.
  public var sha256: String {
    stream.withLock { stream in
      guard let whole = stream.take() else { preconditionFailure("A digest is asked for once.") }
      return Base64URL.encode(whole.finish())
    }
  }
}
