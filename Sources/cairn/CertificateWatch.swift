internal import HTTPServer
internal import Logging
internal import Registry

/// Has the certificate read again, and tells when it ends.
struct CertificateWatch {
  let server: Server
  let logger: Logger
  /// From so long before the end on, in seconds, it is a warning.
  private static let notice = 14 * 86_400

  func reload() {
    do {
      try server.reloadTLS()
      logger.info("certificate read again")
    } catch {
      logger.error("certificate not read again; the old one stays", metadata: ["cause": "\(error)"])
    }
    tellEnd()
  }

  /// Says nothing where there is no certificate.
  func tellEnd() {
    guard let end = server.certificateEnd else { return }
    let left = end - Int(Instant.current().milliseconds / 1000)
    let level: Logger.Level = left <= 0 ? .error : left <= Self.notice ? .warning : .info
    logger.log(
      level: level, left <= 0 ? "the certificate has ended" : "the certificate ends",
      metadata: ["at": "\(Instant(milliseconds: Int64(end) * 1000).text)"])
  }
}
