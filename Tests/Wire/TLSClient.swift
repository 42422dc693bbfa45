internal import COpenSSL

/// A TLS client's side without a socket: what it sends and receives goes through memory, so that a test
/// decides which bytes travel when.
public final class TLSClient {
  private let ssl: OpaquePointer
  private let (incoming, outgoing): (OpaquePointer?, OpaquePointer?)

  public enum Version: Int32, Sendable { case tls11 = 0x0302, tls12, tls13 }

  /// What a later connection can be begun with.
  public final class Session {
    fileprivate let pointer: OpaquePointer?
    fileprivate init(_ pointer: OpaquePointer?) { self.pointer = pointer }
    deinit { SSL_SESSION_free(pointer) }
  }

  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  public enum Opened {
    case bytes([UInt8])
    case ended
    case nothing
  }

  /// Takes any certificate; speaks TLS 1.2 and 1.3, or one version alone.
  public init(
    only version: Version? = nil, protocols: [String] = ["http/1.1"], session: Session? = nil
  ) throws {
    guard let context = SSL_CTX_new(TLS_client_method()) else { throw failure() }
    defer { SSL_CTX_free(context) }
    // Otherwise the library wouldn't offer TLS 1.1 at all.
    SSL_CTX_set_security_level(context, 0)
    let lowest = (version ?? .tls12).rawValue
    let highest = (version ?? .tls13).rawValue
    guard copenssl_set_versions(context, lowest, highest) == 1, let ssl = SSL_new(context) else {
      throw failure()
    }
    self.ssl = ssl
    (incoming, outgoing) = (BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()))
    SSL_set_bio(ssl, incoming, outgoing)
    SSL_set_connect_state(ssl)
    let names = protocols.flatMap { [UInt8($0.utf8.count)] + $0.utf8 }
    if !names.isEmpty { SSL_set_alpn_protos(ssl, names, UInt32(names.count)) }
    if let session { SSL_set_session(ssl, session.pointer) }
  }

  deinit { SSL_free(ssl) }

  /// False while it waits for more from the server.
  public func handshake() throws -> Bool {
    ERR_clear_error()
    let code = SSL_do_handshake(ssl)
    if code != 1, SSL_get_error(ssl, code) != SSL_ERROR_WANT_READ { throw failure() }
    return code == 1
  }

  public func seal(_ bytes: [UInt8]) throws -> [UInt8] {
    ERR_clear_error()
    var count = 0
    guard SSL_write_ex(ssl, bytes, bytes.count, &count) == 1 else { throw failure() }
    return sealed()
  }

  /// What the session has to say by itself.
  public func sealed() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: BIO_ctrl_pending(outgoing))
    let count = BIO_read(outgoing, &bytes, Int32(bytes.count))
    return Array(bytes.prefix(Int(max(0, count))))
  }

  /// Its close_notify.
  public func sealedEnd() -> [UInt8] {
    SSL_shutdown(ssl)
    return sealed()
  }

  /// Asks the server for new keys, too (RFC 8446 §4.6.3).
  public func sealedKeyUpdate() -> [UInt8] {
    SSL_key_update(ssl, SSL_KEY_UPDATE_REQUESTED)
    SSL_do_handshake(ssl)
    return sealed()
  }

  public func arrived(_ bytes: ArraySlice<UInt8>) {
    bytes.withUnsafeBytes { _ = BIO_write(incoming, $0.baseAddress, Int32($0.count)) }
  }

  public func open() throws -> Opened {
    ERR_clear_error()
    var bytes = [UInt8](repeating: 0, count: 1 << 14)
    var count = 0
    let code = SSL_read_ex(ssl, &bytes, bytes.count, &count)
    if code == 1 { return .bytes(Array(bytes[..<count])) }
    switch SSL_get_error(ssl, code) {
    case SSL_ERROR_ZERO_RETURN: return .ended
    case SSL_ERROR_WANT_READ: return .nothing
    default: throw failure()
    }
  }

  public var version: Version? { Version(rawValue: SSL_version(ssl)) }
  public var isResumed: Bool { SSL_session_reused(ssl) == 1 }
  public var session: Session { Session(SSL_get1_session(ssl)) }
  public var suite: String { String(cString: SSL_CIPHER_get_name(SSL_get_current_cipher(ssl))) }

  /// What was agreed to be spoken; empty without ALPN.
  public var chosenProtocol: String {
    var name: UnsafePointer<UInt8>?
    var count: UInt32 = 0
    SSL_get0_alpn_selected(ssl, &name, &count)
    return String(decoding: UnsafeBufferPointer(start: name, count: Int(count)), as: UTF8.self)
  }

  /// The subject of the server's certificate.
  public var subject: String {
    guard let certificate = SSL_get1_peer_certificate(ssl) else { return "" }
    defer { X509_free(certificate) }
    guard let text = X509_NAME_oneline(X509_get_subject_name(certificate), nil, 0) else {
      return ""
    }
    defer { CRYPTO_free(text, #file, #line) }
    return String(cString: text)
  }
}

private func failure() -> TLSClient.Failure {
  .init(
    description: ERR_reason_error_string(ERR_get_error()).map { String(cString: $0) } ?? "ended")
}
