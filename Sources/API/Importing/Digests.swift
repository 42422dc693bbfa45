internal import HTTP
internal import HTTPTypes
internal import Registry

extension Request {
  /// The SHA-256 that Content-Digest or Repr-Digest states (RFC 9530 §2, §3), in base64url; nil without the field.
  ///
  /// RFC 9530 lets a digest of an algorithm that isn't known go unread. Whoever sends one relies on its being
  /// checked, so it is refused.
  func statedSHA256(_ name: HTTPField.Name) throws(RequestError) -> String? {
    guard let value = self[name] else { return nil }
    for member in value.split(separator: ",") {
      let parts = member.split(separator: "=", maxSplits: 1)
        .map { $0.filter { $0 != " " && $0 != "\t" } }
      guard parts.count == 2, parts[0] == "sha-256" else { continue }
      let bytes = parts[1]
      guard bytes.count > 2, bytes.first == ":", bytes.last == ":" else { break }
      return String(
        bytes.dropFirst().dropLast().compactMap { digit -> Character? in
          switch digit {
          case "+": "-"
          case "/": "_"
          case "=": nil
          default: digit
          }
        })
    }
    throw .badField(
      name.rawName, rule: "It has the SHA-256, as in sha-256=:base64: (RFC 9530 §2).")
  }
}

/// What came must be what was said of it.
func hold(_ digest: String, to stated: String?, _ name: HTTPField.Name) throws(RequestError) {
  if let stated, stated != digest { throw .otherDigest(name) }
}
