internal import COpenSSL
internal import Glibc

/// Why the server can't listen; a sentence.
public struct ServerError: Error, Equatable, Sendable, CustomStringConvertible {
  public let description: String

  /// Why a system call for `subject` failed.
  init(_ subject: String, _ code: Int32) { self.init(subject, String(cString: strerror(code))) }

  init(_ subject: String, _ reason: String) { description = "\(subject): \(reason)." }

  init(_ address: ListenAddress, _ code: Int32) {
    let reason = String(cString: strerror(code))
    description =
      switch (address, code) {
      case (.tcp(let host, let port), EADDRINUSE):
        "Port \(port) of \(host) is taken by another program."
      case (.tcp(let host, let port), EACCES): "No permission to listen on port \(port) of \(host)."
      case (.tcp(let host, _), EADDRNOTAVAIL): "This machine has no address \(host)."
      case (.tcp(let host, let port), _): "Can't listen on \(host), port \(port): \(reason)."
      case (.unix(let path), _): "Can't listen on \(path): \(reason)."
      case (.inherited(let descriptor), _): "Can't listen on descriptor \(descriptor): \(reason)."
      }
  }

  /// Why OpenSSL couldn't do it, with `subject`.
  init(openssl subject: String) {
    let error = ERR_get_error()
    ERR_clear_error()
    let reason =
      switch (ERR_GET_LIB(error), ERR_GET_REASON(error)) {
      case (ERR_LIB_SYS, let code): String(cString: strerror(code))
      case (ERR_LIB_PEM, PEM_R_NO_START_LINE), (_, Int32(ERR_R_UNSUPPORTED)):
        "there is none in it that can be read"
      case (_, Int32(ERR_R_INTERRUPTED_OR_CANCELLED)): "it has a passphrase; give one without"
      case (ERR_LIB_X509, X509_R_KEY_VALUES_MISMATCH), (ERR_LIB_SSL, SSL_R_NO_CERTIFICATE_ASSIGNED):
        "it isn't the certificate's"
      default: ERR_reason_error_string(error).map { String(cString: $0) } ?? "unknown error"
      }
    self.init(subject, reason)
  }

  init(unknownAddress host: String) {
    description = "\(host) is no IPv4 or IPv6 address, and not localhost."
  }
}
