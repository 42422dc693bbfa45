internal import Compression
internal import HTTP
internal import Registry
internal import Synchronization

/// Writes a body that is too large to keep into a spool, without its content coding (RFC 9110 §8.4).
final class Intake: Sendable {
  private let spool: Spool
  private let most: Int
  /// Of a body that has a content coding.
  private let decoding: Decoding?

  private final class Decoding: Sendable {
    let coding: ContentCoding
    let inflater: Mutex<Inflater>

    init(_ coding: ContentCoding) throws {
      self.coding = coding
      inflater = Mutex(try Inflater(coding.wrapping))
    }
  }

  init(_ coding: ContentCoding?, _ spool: Spool, most: Int) throws {
    self.spool = spool
    self.most = most
    decoding = try coding.map(Decoding.init)
  }

  func take(_ piece: [UInt8]) throws {
    guard let decoding else { return try add(piece) }
    do {
      try decoding.inflater.withLock { try $0.each(of: piece, add) }
    } catch is CompressionError {
      throw RequestError.badCoding(decoding.coding)
    }
  }

  func finish() throws {
    guard let decoding, !decoding.inflater.withLock({ $0.isDone }) else { return }
    throw RequestError.badCoding(decoding.coding)
  }

  private func add(_ bytes: [UInt8]) throws {
    guard spool.count + bytes.count <= most else { throw Refusal.bodyTooLarge(most: most) }
    try spool.append(bytes)
  }
}
