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

  init(unknownAddress host: String) {
    description = "\(host) is no IPv4 or IPv6 address, and not localhost."
  }
}
