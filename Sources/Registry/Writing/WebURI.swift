/// RFC 3986 §3, as far as a link in a page needs it: http or https, a host, no space or control.
func isWebURI(_ text: String) -> Bool {
  guard text.utf8.count <= 2000, !text.utf8.contains(where: { isOutsideURIs[Int($0)] }) else {
    return false
  }
  let bytes = text.utf8
  guard let scheme = ["https://", "http://"].first(where: { bytes.starts(with: $0.utf8) }) else {
    return false
  }
  let host = bytes.dropFirst(scheme.utf8.count).prefix { !"/?#".utf8.contains($0) }
  return !host.isEmpty && !host.contains(UInt8(ascii: "@"))
}

/// By byte: what stands in no URI unless it is percent-encoded.
private let isOutsideURIs: [Bool] = (0...255).map { byte in
  byte <= 32 || byte == 127 || "\"<>\\^`{|}".utf8.contains(UInt8(byte))
}
