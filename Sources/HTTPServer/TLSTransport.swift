internal import COpenSSL
internal import Glibc

/// What a session reads from and writes to: a non-blocking socket that somebody else closes.
///
/// OpenSSL's own BIO for sockets writes with write(2), so that a client that has gone raises SIGPIPE, and
/// it asks a socket once more that has just given all it had.
struct TLSTransport {
  let descriptor: Int32
  /// The last read took less than it could: there is no more until the poller says so.
  var isEmptied = false
  /// Where it begins with a capital letter it is a method, since no record does (RFC 8446 §5.1).
  private(set) var beganWithText = false
  private var hasBegun = false
  private var keyUpdates = KeyUpdates()

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// A BIO whose data is to point to a transport.
  static func newBIO() -> OpaquePointer? { BIO_new(method) }

  fileprivate mutating func read(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int32) -> Int {
    if isEmptied {
      errno = EAGAIN
      return -1
    }
    if keyUpdates.areTooMany {
      errno = ECONNABORTED
      return -1
    }
    let taken = recv(descriptor, bytes, Int(count), 0)
    isEmptied = taken < Int(count)
    if !hasBegun, taken > 0, let first = bytes?.pointee {
      hasBegun = true
      beganWithText = (65...90).contains(first)
    }
    return taken
  }

  /// Told of each handshake message that came.
  fileprivate mutating func hear(_ type: UInt8) {
    if type == UInt8(SSL3_MT_KEY_UPDATE) { keyUpdates.count(at: monotonicMilliseconds()) }
  }

  fileprivate func write(_ bytes: UnsafePointer<CChar>?, _ count: Int32) -> Int {
    send(descriptor, bytes, Int(count), Int32(MSG_NOSIGNAL))
  }
}

// It is written once, before anybody reads it.
nonisolated(unsafe) private let method: OpaquePointer = {
  guard let method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "cairn") else {
    fatalError("There is no memory for the first connection.")
  }
  BIO_meth_set_create(method) { bio in
    BIO_set_init(bio, 1)
    return 1
  }
  BIO_meth_set_read(method) { bio, bytes, count in
    attempt(bio, copenssl_retry_read) { $0.read(bytes, count) }
  }
  BIO_meth_set_write(method) { bio, bytes, count in
    attempt(bio, copenssl_retry_write) { $0.write(bytes, count) }
  }
  // Nothing is kept back here, so there is nothing to flush; and nothing else can be asked.
  BIO_meth_set_ctrl(method) { _, command, _, _ in command == BIO_CTRL_FLUSH ? 1 : 0 }
  return method
}()

private func attempt(
  _ bio: OpaquePointer?, _ retry: (OpaquePointer?) -> Void, _ call: (inout TLSTransport) -> Int
) -> Int32 {
  copenssl_no_retry(bio)
  guard let transport = BIO_get_data(bio)?.assumingMemoryBound(to: TLSTransport.self) else {
    return -1
  }
  while true {
    let count = call(&transport.pointee)
    guard count < 0 else { return Int32(count) }
    switch errno {
    case EINTR: continue
    case EAGAIN:
      retry(bio)
      return -1
    default: return -1
    }
  }
}

/// How many changes of keys a client has asked for (RFC 8446 §4.6.3).
///
/// Any number of them is allowed, and each costs the server new keys, and an answer where it is asked for one. So
/// a session may have as many as nobody needs, and one that goes on is ended.
struct KeyUpdates {
  private var since: Int64 = 0
  private var heard = 0
  private(set) var areTooMany = false

  private static let most = 32
  private static let window: Int64 = 60_000

  mutating func count(at now: Int64) {
    if now - since > Self.window { (since, heard) = (now, 0) }
    heard += 1
    if heard > Self.most { areTooMany = true }
  }
}

/// Has OpenSSL tell the session's transport which handshake messages come.
func watchHandshakes(_ context: OpaquePointer) {
  SSL_CTX_set_msg_callback(context) { isSent, _, kind, message, count, _, transport in
    guard isSent == 0, kind == SSL3_RT_HANDSHAKE, count > 0, let message, let transport else {
      return
    }
    let type = message.load(as: UInt8.self)
    transport.assumingMemoryBound(to: TLSTransport.self).pointee.hear(type)
  }
}
