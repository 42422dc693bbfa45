/// RFC 3986 §3, as far as a link in a page needs it: http or https, a host, no space or control.
func isWebURI(_ text: String) -> Bool {
  let bytes = text.utf8.span
  guard bytes.count <= 2000, !bytes.indices.contains(where: { isOutsideURIs(bytes[$0]) }),
    let scheme = ["https://", "http://"].first(where: { begins(bytes, with: $0) })
  else { return false }
  var end = scheme.utf8.count
  while end < bytes.count, !isBehindHost(bytes[end]) { end += 1 }
  return isHostAndPort(bytes.extracting(scheme.utf8.count..<end))
}

/// A web URI with its scheme in small letters (RFC 3986 §6.2.2.1); nil where it is already.
func withSmallScheme(_ uri: String) -> String? {
  guard uri.utf8.prefix(5).contains(where: { (65...90).contains($0) }) else { return nil }
  let scheme = uri.prefix { $0 != ":" }
  return scheme.lowercased() + uri.dropFirst(scheme.count)
}

// §3.1: a scheme has no case.
private func begins(_ bytes: Span<UInt8>, with scheme: String) -> Bool {
  let scheme = scheme.utf8.span
  guard bytes.count >= scheme.count else { return false }
  return scheme.indices.allSatisfy { index in
    bytes[index] == scheme[index]
      || (97...122).contains(scheme[index]) && bytes[index] == scheme[index] - 32
  }
}

/// §3.2.2 and §3.2.3; nobody's name is taken before the host.
private func isHostAndPort(_ bytes: Span<UInt8>) -> Bool {
  var index = 0
  if !bytes.isEmpty, bytes[0] == UInt8(ascii: "[") {
    index = 1
    while index < bytes.count, isInIPv6(bytes[index]) { index += 1 }
    guard index > 2, index < bytes.count, bytes[index] == UInt8(ascii: "]") else { return false }
    index += 1
  } else {
    while index < bytes.count, bytes[index] != UInt8(ascii: ":") {
      if isOutsideHosts(bytes[index]) { return false }
      index += 1
    }
    if index == 0 { return false }
  }
  if index == bytes.count { return true }
  guard bytes[index] == UInt8(ascii: ":") else { return false }
  return (index + 1..<bytes.count).allSatisfy { (48...57).contains(bytes[$0]) }
}

private func isBehindHost(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
}

private func isOutsideHosts(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "@") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
}

private func isInIPv6(_ byte: UInt8) -> Bool {
  switch byte {
  case 48...58, 65...70, 97...102, UInt8(ascii: "."): true
  default: false
  }
}

/// True of what stands in no URI unless it is percent-encoded.
private func isOutsideURIs(_ byte: UInt8) -> Bool {
  switch byte {
  case 0...32, 127, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"),
    UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
    true
  default: false
  }
}
