internal import COpenSSL

/// TLS on a link, with whom it says it is: a certificate for the host's name, from an authority that is believed.
///
/// The session reads and writes memory; what it has to send, and what comes, goes through the link.
struct SecureLink: ~Copyable {
  private let link: Link
  private let ssl: OpaquePointer
  private let incoming: OpaquePointer
  private let outgoing: OpaquePointer

  private init(_ link: consuming Link, _ trust: Trust) throws(CallError) {
    guard let ssl = trust.session(), let incoming = BIO_new(BIO_s_mem()),
      let outgoing = BIO_new(BIO_s_mem())
    else { throw .notSecure("no memory") }
    self.link = link
    self.ssl = ssl
    self.incoming = incoming
    self.outgoing = outgoing
    // From here on the SSL frees the BIOs.
    SSL_set_bio(ssl, incoming, outgoing)
    SSL_set_connect_state(ssl)
  }

  /// Speaks TLS on `link` from here on.
  static func securing(
    _ link: consuming Link, to host: String, _ trust: Trust
  ) throws(CallError) -> SecureLink {
    let secure = try SecureLink(link, trust)
    guard expect(host, of: secure.ssl) else { throw .notSecure("the host can't be asked for") }
    try secure.shakeHands()
    return secure
  }

  deinit { SSL_free(ssl) }

  private func shakeHands() throws(CallError) {
    while true {
      ERR_clear_error()
      let code = SSL_do_handshake(ssl)
      // Also what an alert says to the other side.
      try transmit()
      if code == 1 { return }
      guard SSL_get_error(ssl, code) == SSL_ERROR_WANT_READ else { throw failure() }
      guard try arrived() else { throw .noAnswer }
    }
  }

  func send(_ bytes: [UInt8]) throws(CallError) {
    ERR_clear_error()
    var count = 0
    guard SSL_write_ex(ssl, bytes, bytes.count, &count) == 1 else { throw failure() }
    try transmit()
  }

  /// What has come, as soon as something has; empty at the end.
  func receive() throws(CallError) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      ERR_clear_error()
      var count = 0
      let code = SSL_read_ex(ssl, &buffer, buffer.count, &count)
      if code == 1 { return Array(buffer[..<count]) }
      switch SSL_get_error(ssl, code) {
      case SSL_ERROR_ZERO_RETURN: return []
      case SSL_ERROR_WANT_READ:
        try transmit()
        guard try arrived() else { return [] }
      default: throw .noAnswer
      }
    }
  }

  /// False at the end.
  private func arrived() throws(CallError) -> Bool {
    let bytes = try link.receive()
    return !bytes.isEmpty && BIO_write(incoming, bytes, Int32(bytes.count)) == Int32(bytes.count)
  }

  private func transmit() throws(CallError) {
    var bytes = [UInt8](repeating: 0, count: BIO_ctrl_pending(outgoing))
    let count = BIO_read(outgoing, &bytes, Int32(bytes.count))
    if count > 0 { try link.send(Array(bytes[..<Int(count)])) }
  }

  private func failure() -> CallError {
    let verdict = SSL_get_verify_result(ssl)
    if verdict != Int(X509_V_OK) {
      return .notSecure(String(cString: X509_verify_cert_error_string(verdict)))
    }
    let reason = ERR_reason_error_string(ERR_get_error()).map { String(cString: $0) }
    return .notSecure(reason ?? "the handshake ended")
  }
}

// RFC 6066 §3 and RFC 9525 §6: the certificate must name the host itself, which is also asked for by name; the
// subject's common name isn't looked at. False without memory.
private func expect(_ host: String, of ssl: OpaquePointer) -> Bool {
  let http: [UInt8] = [8] + "http/1.1".utf8
  guard SSL_set_alpn_protos(ssl, http, UInt32(http.count)) == 0 else { return false }
  if Address(host) != nil { return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host) == 1 }
  SSL_set_hostflags(
    ssl, UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
  return SSL_set1_host(ssl, host) == 1 && copenssl_set_server_name(ssl, host) == 1
}
