internal import COpenSSL

/// One connection's TLS: an SSL and its one owner.
///
/// Reading and writing carry the handshake on. Either may wait for either direction of the socket, so
/// after `wouldBlock` both are to be tried at whatever the poller tells.
struct TLSSession: ~Copyable {
  private let ssl: OpaquePointer
  private let transport: UnsafeMutablePointer<TLSTransport>

  init?(_ context: OpaquePointer, on descriptor: Int32) {
    guard let ssl = SSL_new(context) else { return nil }
    guard let bio = TLSTransport.newBIO() else {
      SSL_free(ssl)
      return nil
    }
    transport = .allocate(capacity: 1)
    transport.initialize(to: TLSTransport(descriptor: descriptor))
    BIO_set_data(bio, transport)
    // From here on the SSL frees the BIO.
    SSL_set_bio(ssl, bio, bio)
    SSL_set_accept_state(ssl)
    copenssl_watch(ssl, transport)
    self.ssl = ssl
  }

  deinit {
    SSL_free(ssl)
    transport.deallocate()
  }

  func read(into buffer: inout [UInt8]) -> Socket.Outcome {
    transport.pointee.isEmptied = false
    ERR_clear_error()
    var count = 0
    let code = buffer.withUnsafeMutableBytes { SSL_read_ex(ssl, $0.baseAddress, $0.count, &count) }
    return code == 1 ? .bytes(count) : outcome(code)
  }

  /// False where only an event can bring more; a record at a time is read, and several may have come.
  var mayHaveMore: Bool { !transport.pointee.isEmptied || SSL_has_pending(ssl) == 1 }

  /// After `wouldBlock` the same bytes must come again, and may be followed by more.
  func write(_ bytes: [UInt8], from start: Int) -> Socket.Outcome {
    ERR_clear_error()
    var count = 0
    let code = bytes.withUnsafeBytes {
      SSL_write_ex(ssl, $0.baseAddress?.advanced(by: start), $0.count - start, &count)
    }
    return code == 1 ? .bytes(count) : outcome(code)
  }

  /// Says that nothing more will be sent (RFC 8446 §6.1, close_notify); false where the socket takes
  /// nothing now.
  func finish() -> Bool {
    // A session that hasn't begun has no end.
    guard SSL_in_init(ssl) == 0, SSL_get_shutdown(ssl) & SSL_SENT_SHUTDOWN == 0 else { return true }
    ERR_clear_error()
    let code = SSL_shutdown(ssl)
    return code >= 0 || SSL_get_error(ssl, code) != SSL_ERROR_WANT_WRITE
  }

  private func outcome(_ code: Int32) -> Socket.Outcome {
    switch SSL_get_error(ssl, code) {
    case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .wouldBlock
    case SSL_ERROR_ZERO_RETURN: return .ended
    default:
      if transport.pointee.beganWithText { return .withoutTLS }
      // After an error nothing may be sent, not even the end.
      SSL_set_quiet_shutdown(ssl, 1)
      return .ended
    }
  }
}
