internal import Synchronization

/// Where a server's certificate and its key are kept: PEM files, the chain's leaf first.
public struct TLSFiles: Sendable, Equatable {
  public var certificate: String
  public var key: String

  public init(certificate: String, key: String) {
    self.certificate = certificate
    self.key = key
  }
}

/// What new connections are secured with; all loops share it.
final class TLS: Sendable {
  private let files: TLSFiles
  private let context: Mutex<TLSContext>

  init(_ files: TLSFiles) throws(ServerError) {
    self.files = files
    context = Mutex(try .reading(files))
  }

  /// Reads the files again; where they are no good, what there was stays.
  ///
  /// A connection keeps what it began with. Tickets of before aren't taken any more, since the keys that
  /// sealed them go with the old context.
  func reload() throws(ServerError) {
    var fresh: TLSContext? = try .reading(files)
    context.withLock { if let fresh = fresh.take() { $0 = fresh } }
  }

  /// When the certificate ends, in seconds since 1970.
  var end: Int? { context.withLock { $0.end } }

  /// The server's side of a session on that socket; nil without memory.
  func session(on descriptor: Int32) -> TLSSession? {
    context.withLock { $0.session(on: descriptor) }
  }
}
