internal import HTTP

/// What a loop knows of one connection; buffers are empty while it idles.
final class Connection {
  var socket: Socket
  let token: UInt64
  let peer: String
  /// Bytes that came and aren't used yet.
  var input: [UInt8] = []
  var parser: RequestParser
  var body: Body?
  var stream: Stream?
  var closesAfterAnswer = false
  /// Bytes the socket hasn't taken yet, from `sent` on.
  var output: [UInt8] = []
  var sent = 0
  /// A worker has the request or a piece of a body; nothing is read until it has answered.
  var isWaiting = false
  /// The body of its last request is taken as it comes: what is done with it may wait for others' writing.
  var isIntake = false
  /// Since when, where a body's deadline depends on it.
  var waitingSince: Int64 = 0
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

  /// A body on its way in.
  struct Body {
    let head: RequestHead
    /// How long it may be.
    let most: Int
    /// What has come of it, or of a streamed one what no worker has taken yet.
    var bytes: [UInt8] = []
    var received = 0
    /// Nil where the length is known.
    var chunks: ChunkedDecoder?
    /// When it began, put off by the time that the server took itself.
    var began: Int64
    var intake = Intake.whole

    enum Intake {
      /// Kept until it is complete.
      case whole
      /// A worker is asked who takes it.
      case opening
      case taker(BodyTaker)
    }
  }

  /// An answer on its way out whose body is made as it goes.
  struct Stream {
    let source: BodySource
    /// False where the head said its length, and for HTTP/1.0, where the connection's end is the body's.
    let isChunked: Bool
    /// It waits for the bell; no worker has it.
    var isParked = false
    /// It has been silent for so long that it says something whatever comes.
    var isDue = false
  }

  /// `isSecure` where its client may ask for https URIs.
  init(
    _ socket: consuming Socket, _ token: UInt64, peer: String, _ limits: Limits, isSecure: Bool
  ) {
    self.socket = socket
    self.token = token
    self.peer = peer
    parser = RequestParser(limits, isSecure: isSecure)
  }

  var hasOutput: Bool { sent < output.count }

  /// False while an earlier request of the connection isn't answered to its end.
  var takesRequests: Bool { phase == .open && !isWaiting && stream == nil }

  /// Nothing of a request is there, and nothing of an answer is to be sent.
  var isIdle: Bool { takesRequests && !hasOutput && body == nil && input.isEmpty }
}
