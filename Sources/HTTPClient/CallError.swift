/// Why a call brought no answer; told in words that give nothing away of the network it was made from.
public enum CallError: Error, Equatable, Sendable, CustomStringConvertible {
  case refused(String)
  case unknownHost
  case privateAddress
  case noConnection
  /// What OpenSSL says of the certificate or the handshake.
  case notSecure(String)
  case tooLate
  /// The connection ended, or the answer isn't one.
  case noAnswer
  /// Whoever asked for the call wants it no more.
  case stopped

  public var description: String {
    switch self {
    case .refused(let reason): reason
    case .unknownHost: "The host's name has no address."
    case .privateAddress: "The host's address isn't public, and the list of hosts doesn't name it."
    case .noConnection: "The host takes no connection."
    case .notSecure(let reason): "TLS: \(reason)."
    case .tooLate: "The host took too long."
    case .noAnswer: "The host gave no HTTP answer."
    case .stopped: "The server was stopped."
    }
  }
}
