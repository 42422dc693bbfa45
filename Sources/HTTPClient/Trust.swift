internal import COpenSSL

/// Whose certificates are believed, and what is agreed to: an SSL_CTX and its one owner.
final class Trust: Sendable {
  // Written before anyone else knows it; what sessions share of it OpenSSL locks by itself.
  nonisolated(unsafe) private let context: OpaquePointer

  /// The system's authorities, those of SSL_CERT_FILE where that is set, and those in `file`.
  init(authorities file: String?) throws(CallError) {
    guard let context = SSL_CTX_new(TLS_client_method()) else { throw .notSecure("no memory") }
    self.context = context
    guard copenssl_set_versions(context, TLS1_2_VERSION, TLS1_3_VERSION) == 1,
      SSL_CTX_set_default_verify_paths(context) == 1,
      file.map({ SSL_CTX_load_verify_file(context, $0) }) ?? 1 == 1
    else { throw .notSecure("the authorities can't be read") }
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
    SSL_CTX_set_security_level(context, 2)
  }

  deinit { SSL_CTX_free(context) }

  func session() -> OpaquePointer? { SSL_new(context) }
}
