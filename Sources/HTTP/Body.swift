/// What an answer carries behind its head.
public enum ResponseBody: Sendable {
  case bytes([UInt8])
  /// Made as the client takes it.
  case stream(BodySource)

  /// How long it is; nil where that isn't known.
  public var count: Int? {
    switch self {
    case .bytes(let bytes): bytes.count
    case .stream(let source): source.count
    }
  }
}

/// Makes a body piece by piece: a worker is asked for the next one when the last has gone out, so a client
/// that takes nothing costs one piece.
public struct BodySource: Sendable {
  /// What comes behind a piece.
  public enum Rest: Sendable {
    case more
    case nothing
    /// Nothing for now: the source is asked again when the server's bell rings.
    case later
  }

  /// Appends the next piece, some tens of KiB, and says what comes behind it.
  ///
  /// An error ends the connection without the body's end, so that nobody takes a part for the whole
  /// (RFC 9112 §8).
  public let next: @Sendable (_ piece: inout [UInt8]) throws -> Rest
  /// What goes out where there has been nothing for long, so that both sides know that the other is there.
  public let pulse: @Sendable () -> [UInt8]

  /// True for a body that waits for news between its pieces.
  public let isFollowing: Bool

  /// How many bytes all pieces come to; nil where that isn't known beforehand.
  public let count: Int?

  private init(
    _ count: Int?, isFollowing: Bool, _ pulse: @escaping @Sendable () -> [UInt8],
    _ next: @escaping @Sendable (_ piece: inout [UInt8]) throws -> Rest
  ) {
    self.next = next
    self.pulse = pulse
    self.isFollowing = isFollowing
    self.count = count
  }

  /// The same, of which `tell` is told why it breaks off.
  public func telling(_ tell: @escaping @Sendable (any Error) -> Void) -> BodySource {
    BodySource(count, isFollowing: isFollowing, pulse) { [next] piece in
      do { return try next(&piece) } catch {
        tell(error)
        throw error
      }
    }
  }

  /// A body whose pieces are there when they are asked for; `next` says whether there is another.
  public init(
    count: Int? = nil, next: @escaping @Sendable (_ piece: inout [UInt8]) throws -> Bool
  ) {
    self.init(count, isFollowing: false, { [] }) { piece in try next(&piece) ? .more : .nothing }
  }

  /// A body that waits for news between its pieces.
  public init(
    pulse: @escaping @Sendable () -> [UInt8],
    following next: @escaping @Sendable (_ piece: inout [UInt8]) throws -> Rest
  ) {
    self.init(nil, isFollowing: true, pulse, next)
  }
}

/// Takes a request's body piece by piece, as it comes; then answers.
///
/// Nothing waits in it for the client: each piece is a worker's job of its own.
public struct BodySink: Sendable {
  /// Takes the next piece; an error is the answer, and ends the connection.
  public let take: @Sendable (_ piece: [UInt8]) throws -> Void
  /// The answer, once all has come.
  public let finish: @Sendable () throws -> Response

  public init(
    take: @escaping @Sendable (_ piece: [UInt8]) throws -> Void,
    finish: @escaping @Sendable () throws -> Response
  ) {
    self.take = take
    self.finish = finish
  }
}

/// What came of a streamed request's head.
public enum OpenedBody: Sendable {
  case taken(by: BodyTaker)
  /// The body isn't wanted: this is the answer.
  case refused(Response)
}

/// A sink whose errors have become answers.
public struct BodyTaker: Sendable {
  /// Takes a piece; an answer means that no more is wanted.
  public let take: @Sendable (_ piece: [UInt8]) -> Response?
  public let finish: @Sendable () -> Response

  public init(
    take: @escaping @Sendable (_ piece: [UInt8]) -> Response?,
    finish: @escaping @Sendable () -> Response
  ) {
    self.take = take
    self.finish = finish
  }
}
