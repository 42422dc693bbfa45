/// RFC 3986 §3, as far as a link in a page needs it: http or https, a host, no space or control.
func isWebURI(_ text: String) -> Bool {
  let bytes = text.utf8.span
  guard bytes.count <= 2000, !bytes.indices.contains(where: { isOutsideURIs(bytes[$0]) }) else {
    return false
  }
  guard let scheme = ["https://", "http://"].first(where: { text.utf8.starts(with: $0.utf8) })
  else {
    return false
  }
  var index = scheme.utf8.count
  while index < bytes.count {
    switch bytes[index] {
    case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): return index > scheme.utf8.count
    case UInt8(ascii: "@"): return false
    default: index += 1
    }
  }
  return index > scheme.utf8.count
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
