internal import COpenSSL

#if canImport(Glibc)
  internal import Glibc
#endif

/// Certificate, key and what the server agrees to: an SSL_CTX and its one owner.
struct TLSContext: ~Copyable, @unchecked Sendable {
  // Written while one thread alone knows it; sessions are made of it under OpenSSL's own locks.
  private let context: OpaquePointer

  private init() throws(ServerError) {
    guard let context = SSL_CTX_new(TLS_server_method()) else {
      throw ServerError(openssl: "OpenSSL")
    }
    self.context = context
  }

  static func reading(_ files: TLSFiles) throws(ServerError) -> TLSContext {
    let context = try TLSContext()
    try context.agree()
    try context.load(files)
    return context
  }

  deinit { SSL_CTX_free(context) }

  func session(on descriptor: Int32) -> TLSSession? { TLSSession(context, on: descriptor) }

  /// When the leaf's validity ends (RFC 5280 §4.1.2.5), in seconds since 1970; nil of a date that can't be read.
  var end: Int? {
    var date = tm()
    guard let leaf = SSL_CTX_get0_certificate(context),
      ASN1_TIME_to_tm(X509_get0_notAfter(leaf), &date) == 1
    else { return nil }
    return timegm(&date)
  }

  // RFC 9325 §3 and §4: TLS 1.2 and 1.3, forward secrecy and AEAD alone, neither compression nor
  // renegotiation.
  private func agree() throws(ServerError) {
    // All suites are strong, so the order is one of speed: AES-128 before AES-256, and ChaCha20 before
    // both for a client that puts it first, since it has no AES in hardware.
    let suites = "TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384"
    let suites12 = ["AES128-GCM-SHA256", "CHACHA20-POLY1305", "AES256-GCM-SHA384"]
      .flatMap { ["ECDHE-ECDSA-" + $0, "ECDHE-RSA-" + $0] }.joined(separator: ":")
    guard copenssl_set_versions(context, TLS1_2_VERSION, TLS1_3_VERSION) == 1,
      SSL_CTX_set_ciphersuites(context, suites) == 1,
      SSL_CTX_set_cipher_list(context, suites12) == 1
    else { throw ServerError(openssl: "OpenSSL") }
    SSL_CTX_set_security_level(context, 2)
    SSL_CTX_set_options(
      context,
      copenssl_no_compression | copenssl_no_renegotiation | copenssl_server_preference
        | copenssl_prioritize_chacha)
    // Sessions are resumed from tickets, which the client keeps; the server keeps none.
    copenssl_set_session_cache(context, Int(SSL_SESS_CACHE_OFF))
    // As send(2) does: a record at a time, from wherever the bytes are by then. An idle session gives
    // its buffers back.
    copenssl_set_mode(
      context,
      SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
        | SSL_MODE_RELEASE_BUFFERS)
    copenssl_read_ahead(context)
    watchHandshakes(context)
    SSL_CTX_set_alpn_select_cb(context, chooseProtocol, nil)
    // Otherwise the library would ask the terminal for a passphrase.
    SSL_CTX_set_default_passwd_cb(context) { _, _, _, _ in -1 }
  }

  private func load(_ files: TLSFiles) throws(ServerError) {
    ERR_clear_error()
    guard SSL_CTX_use_certificate_chain_file(context, files.certificate) == 1 else {
      throw ServerError(openssl: "The certificate, \(files.certificate)")
    }
    guard SSL_CTX_use_PrivateKey_file(context, files.key, SSL_FILETYPE_PEM) == 1,
      SSL_CTX_check_private_key(context) == 1
    else { throw ServerError(openssl: "The key, \(files.key)") }
  }
}

/// RFC 7301 §3.2: http/1.1 where the client offers it; otherwise no connection, but for a client that
/// offers nothing, which isn't asked about here.
private func chooseProtocol(
  _: OpaquePointer?, _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
  _ length: UnsafeMutablePointer<UInt8>?, _ offer: UnsafePointer<UInt8>?, _ count: UInt32,
  _: UnsafeMutableRawPointer?
) -> Int32 {
  let offered = UnsafeBufferPointer(start: offer, count: Int(count))
  var start = 0
  while start < offered.count {
    let name = offered[(start + 1)...].prefix(Int(offered[start]))
    if name.elementsEqual("http/1.1".utf8) {
      chosen?.pointee = offer?.advanced(by: start + 1)
      length?.pointee = offered[start]
      return SSL_TLSEXT_ERR_OK
    }
    start = name.endIndex
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL
}
