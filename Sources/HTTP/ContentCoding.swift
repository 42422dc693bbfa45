/// How a representation is coded (RFC 9110 §8.4.1).
public enum ContentCoding: String, Sendable, CaseIterable {
  case gzip, deflate

  /// By the name that a Content-Encoding field gives it; gzip's old one is x-gzip (RFC 9110 §8.4.1.3).
  public init?(named name: String) {
    let name = name.lowercasedASCII
    self.init(rawValue: name == "x-gzip" ? "gzip" : name)
  }

  /// The coding that an Accept-Encoding field's value likes best; nil for none, as without the field.
  ///
  /// RFC 9110 §12.5.3: between equals it's gzip; identity wins where it is liked better than either.
  public static func preferred(_ acceptEncoding: String?) -> ContentCoding? {
    guard let acceptEncoding else { return nil }
    var weights: [String: Double] = [:]
    for member in acceptEncoding.listMembers {
      let parts = member.parts(at: ";")
      guard let name = parts.first, let weight = statedWeight(in: parts.dropFirst()) else {
        continue
      }
      weights[String(name).lowercasedASCII] = weight
    }
    let others = weights["*"] ?? 0
    let gzip = weights["gzip"] ?? weights["x-gzip"] ?? others
    let deflate = weights["deflate"] ?? others
    let identity = weights["identity"] ?? 0
    let best = max(gzip, deflate)
    guard best > 0, best >= identity else { return nil }
    return gzip == best ? .gzip : .deflate
  }
}

extension EntityTag {
  /// The tag of the same version in that coding: other bytes, so another tag (RFC 9110 §8.8.3.3).
  public func coded(_ coding: ContentCoding?) -> EntityTag {
    coding.map { EntityTag("\(opaque)-\($0.rawValue)", weak: isWeak) } ?? self
  }
}

extension Precondition {
  /// For If-Match: the client's copy is of this version, whatever coding it came in.
  public func matchesAnyCoding(of tag: EntityTag) -> Bool {
    matchesStrongly(tag) || ContentCoding.allCases.contains { matchesStrongly(tag.coded($0)) }
  }
}
