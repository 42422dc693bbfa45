/// Whom a proxy says that it asks for: the values of `Forwarded` (RFC 7239) and `X-Forwarded-For`.
public enum Forwarded {
  /// The address that the nearest proxy saw, as it wrote it, without a port; nil where it wrote none.
  ///
  /// Each proxy adds what it saw to the end of a list, and whatever stands before that may be the
  /// client's own invention. A proxy writes one of the two fields and may pass on the other one as the
  /// client sent it, so where both are there and differ, neither is believed.
  public static func client(_ forwarded: String?, xForwardedFor list: String?) -> String? {
    let first = forwarded.map { lastFor($0) }
    let second = list.map { last($0) }
    guard let first, let second else { return first ?? second ?? nil }
    return first == second ? first : nil
  }

  // Nothing is quoted there, whatever a client may have sent.
  private static func last(_ list: String) -> String? {
    let comma = list.utf8.lastIndex(of: UInt8(ascii: ","))
    return node(list[(comma.map(list.utf8.index(after:)) ?? list.startIndex)...].withoutBlanks)
  }

  // RFC 7239 §4. All of it must be well-formed: a quote that the client left open would otherwise reach
  // into what the proxy has added.
  private static func lastFor(_ text: String) -> String? {
    var rest = Array(text.utf8)[...]
    var name: Substring?
    func take(while condition: (UInt8) -> Bool) -> Substring {
      let taken = rest.prefix(while: condition)
      rest = rest[taken.endIndex...]
      return Substring(decoding: taken, as: UTF8.self)
    }
    while true {
      _ = take(while: \.isBlank)
      let parameter = take(while: \.isToken)
      if !parameter.isEmpty {
        guard rest.popFirst() == UInt8(ascii: "=") else { return nil }
        let isQuoted = rest.first == UInt8(ascii: "\"")
        guard let value = isQuoted ? quoted(&rest) : take(while: isNodeContent), !value.isEmpty
        else { return nil }
        if String(parameter).lowercasedASCII == "for" { name = value }
      }
      _ = take(while: \.isBlank)
      switch rest.popFirst() {
      case nil: return name.flatMap(node)
      case UInt8(ascii: ","): name = nil
      case UInt8(ascii: ";"): continue
      default: return nil
      }
    }
  }

  // Addresses and ports should stand in quotes, and often don't.
  private static func isNodeContent(_ byte: UInt8) -> Bool {
    byte.isToken || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "[")
      || byte == UInt8(ascii: "]")
  }

  // RFC 9110 §5.6.4.
  private static func quoted(_ rest: inout ArraySlice<UInt8>) -> Substring? {
    rest.removeFirst()
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): return Substring(decoding: bytes, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escaped = rest.popFirst() else { return nil }
        bytes.append(escaped)
      default: bytes.append(byte)
      }
    }
    return nil
  }

  /// RFC 7239 §6: an address, in brackets if it is one of IPv6, and a port if there is one.
  private static func node(_ text: Substring) -> String? {
    if text.isEmpty { return nil }
    if text.first == "[" { return String(text.dropFirst().prefix { $0 != "]" }) }
    // An address of IPv6 without brackets has two colons at least, and no port.
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    return String(parts.count == 2 ? parts[0] : text)
  }
}
