internal import COpenSSL
internal import Glibc

/// Why the server can't listen; a sentence.
public struct ServerError: Error, Equatable, Sendable, CustomStringConvertible {
  public let description: String

  init(_ call: String, _ code: Int32) {
    description = "\(call): \(String(cString: strerror(code)))"
  }

  init(_ address: ListenAddress, _ code: Int32) {
    description =
      switch code {
      case EADDRINUSE: "Port \(address.port) of \(address.host) is taken by another program."
      case EACCES: "No permission to listen on port \(address.port) of \(address.host)."
      case EADDRNOTAVAIL: "This machine has no address \(address.host)."
      default:
        "Can't listen on \(address.host), port \(address.port): \(String(cString: strerror(code)))."
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
    description = "\(subject): \(reason)."
  }

  init(unknownAddress host: String) {
    description = "\(host) is no IPv4 or IPv6 address, and not localhost."
  }
}
