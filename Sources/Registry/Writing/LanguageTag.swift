/// The primary language subtag of an RFC 5646 §2.1 tag; nil for what isn't parts of one to eight letters and digits.
func primaryLanguage(ofTag tag: String) -> String? {
  let bytes = tag.utf8
  var length = 0
  for byte in bytes {
    switch byte {
    case UInt8(ascii: "-"):
      if length == 0 { return nil }
      length = 0
    case 48...57, 65...90, 97...122:
      if length == 8 { return nil }
      length += 1
    default: return nil
    }
  }
  if length == 0 { return nil }
  guard let end = bytes.firstIndex(of: UInt8(ascii: "-")) else { return tag }
  return String(tag[..<end])
}
