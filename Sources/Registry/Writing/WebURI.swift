/// RFC 3986 §3, as far as a link in a page needs it: http or https, a host, no space or control.
func isWebURI(_ text: String) -> Bool {
  guard text.utf8.count <= 2000, !text.utf8.contains(where: { isOutsideURIs[Int($0)] }) else {
    return false
  }
  for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
    let host = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
    return !host.isEmpty && !host.contains("@")
  }
  return false
}

/// By byte: what stands in no URI unless it is percent-encoded.
private let isOutsideURIs: [Bool] = (0...255).map { byte in
  byte <= 32 || byte == 127 || "\"<>\\^`{|}".utf8.contains(UInt8(byte))
}
