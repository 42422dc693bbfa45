/// Where a call goes: an http or https URL that names its host plainly.
public struct Endpoint: Sendable, Equatable {
  public let isSecure: Bool
  /// In lower case; an IPv6 address without its brackets.
  public let host: String
  public let port: UInt16
  /// What stands in the request line: path and query.
  let target: String

  /// Nil for what isn't such a URL, or has a name and password or a fragment in it.
  public init?(_ url: String) {
    guard url.utf8.count <= 2000, url.utf8.allSatisfy(Self.mayStand) else { return nil }
    guard let scheme = ["https://", "http://"].first(where: url.hasPrefix) else { return nil }
    let rest = url.dropFirst(scheme.count)
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    guard let (host, port) = hostAndPort(authority) else { return nil }
    isSecure = scheme == "https://"
    self.host = host
    self.port = port ?? (isSecure ? 443 : 80)
    let path = rest.dropFirst(authority.count)
    target = path.hasPrefix("/") ? String(path) : "/" + path
  }

  /// What the Host field says (RFC 9110 §7.2).
  var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
  }

  // RFC 3986 §2: what a URL is written in, but for "#" and "@", which have no place here.
  private static func mayStand(_ byte: UInt8) -> Bool {
    byte > 32 && byte < 127 && !"\"#<>@\\^`{|}".utf8.contains(byte)
  }
}

/// A host in lower case, as a name or an address, and the port behind it; nil for anything else.
func hostAndPort(_ text: some StringProtocol) -> (host: String, port: UInt16?)? {
  var host = text.lowercased()
  var port: UInt16?
  let end = host.lastIndex(of: "]").map { host.index(after: $0) } ?? host.firstIndex(of: ":")
  if let end, end != host.endIndex {
    // RFC 3986 §3.2.3: digits alone, and no sign.
    let digits = host[end...].dropFirst()
    guard host[end] == ":", digits.utf8.allSatisfy({ (48...57).contains($0) }),
      let number = UInt16(digits), number > 0
    else { return nil }
    port = number
    host = String(host[..<end])
  }
  if host.hasPrefix("[") {
    host = String(host.dropFirst().dropLast())
    return host.contains(":") && Address(host) != nil ? (host, port) : nil
  }
  return isName(host) ? (host, port) : nil
}

// RFC 1123 §2.1.
private func isName(_ host: String) -> Bool {
  let labels = host.split(separator: ".", omittingEmptySubsequences: false)
  return host.utf8.count <= 253
    && labels.allSatisfy { label in
      (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
        && label.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    }
}
