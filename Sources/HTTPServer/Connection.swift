internal import HTTP

/// What a loop knows of one connection; buffers are empty while it idles.
final class Connection {
  let socket: Socket
  let token: UInt64
  let peer: String
  /// Bytes that came and aren't used yet.
  var input: [UInt8] = []
  var parser: RequestParser
  var body: Body?
  /// Bytes the socket hasn't taken yet, from `sent` on.
  var output: [UInt8] = []
  var sent = 0
  /// A worker has the request; nothing is read until its answer is there.
  var isWaiting = false
  /// The poller said so, and reading hasn't shown otherwise.
  var isReadable = false
  var hasEnded = false
  var phase = Phase.open
  /// In milliseconds of the loop's clock.
  var deadline: Int64 = 0
  /// When the first byte of a head came whose last one hasn't.
  var headBegan: Int64?
  /// The second in whose bucket of deadlines it stands.
  var bucket = Int64.max

  enum Phase {
    case open
    /// Closed once the output is sent.
    case closing
    /// All is sent; what still comes is thrown away, so that the answer isn't lost to a reset
    /// (RFC 9112 §9.6).
    case lingering
    case closed
  }

  struct Body {
    let head: RequestHead
    var bytes: [UInt8] = []
    /// Nil where the length is known.
    var chunks: ChunkedDecoder?
    let began: Int64
  }

  init(_ socket: Socket, _ token: UInt64, peer: String, _ limits: Limits) {
    self.socket = socket
    self.token = token
    self.peer = peer
    parser = RequestParser(limits)
  }

  var hasOutput: Bool { sent < output.count }
}
