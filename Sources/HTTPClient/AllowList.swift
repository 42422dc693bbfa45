/// The hosts that may be called, and no others.
public struct AllowList: Sendable, Equatable {
  private let entries: [Entry]

  struct Entry: Sendable, Equatable {
    let host: String
    /// Nil for the scheme's own.
    let port: UInt16?
    /// The one address that isn't public which the host may have.
    let address: Address?
  }

  public struct BadEntry: Error, Equatable, CustomStringConvertible {
    let entry: String
    public var description: String {
      "\(entry): a host to call is a name or an address, as in hooks.example.org, hooks.example.org:8443, "
        + "or hooks.internal=10.0.0.5 where its address isn't public."
    }
  }

  /// Reads entries that are separated by commas: `HOST`, `HOST:PORT`, either with `=ADDRESS` behind it.
  public init(_ text: String) throws(BadEntry) {
    var entries: [Entry] = []
    for part in text.split(separator: ",") {
      let parts = part.split(separator: "=", omittingEmptySubsequences: false)
      let address = parts.count == 2 ? Address(String(parts[1])) : nil
      guard parts.count <= 2, let (host, port) = hostAndPort(parts[0]),
        parts.count == 1 || address != nil
      else { throw BadEntry(entry: String(part)) }
      entries.append(Entry(host: host, port: port, address: address))
    }
    self.entries = entries
  }

  public var isEmpty: Bool { entries.isEmpty }

  /// Why this URL is not called, as a sentence; nil where it may be.
  public func refusal(of url: String) -> String? {
    guard let endpoint = Endpoint(url) else {
      return "This isn't an https URL with a host, without a password or a fragment."
    }
    return refusal(of: endpoint)
  }

  func refusal(of endpoint: Endpoint) -> String? {
    guard let entry = entry(for: endpoint) else {
      return "This server doesn't call \(endpoint.authority): whoever runs it lists whom it calls."
    }
    // Without TLS a body crosses no network.
    guard endpoint.isSecure || entry.isLoopback else {
      return "Only https is called; http only on this very machine."
    }
    return nil
  }

  func entry(for endpoint: Endpoint) -> Entry? {
    entries.first { entry in
      entry.host == endpoint.host
        && endpoint.port == entry.port ?? (endpoint.isSecure ? 443 : 80)
    }
  }
}

extension AllowList.Entry {
  /// True where the entry itself says that it is this machine: RFC 6761 §6.3, or a loopback address.
  fileprivate var isLoopback: Bool { host == "localhost" || Address(host)?.isLoopback == true }

  /// True for the addresses of the Internet, and for one that the entry names.
  func admits(_ address: Address) -> Bool {
    address.isPublic || self.address == address || Address(host) == address
      || host == "localhost" && address.isLoopback
  }
}
