/// `type/subtype`, its parameters left out, in lower case (RFC 9110 §8.3.1).
public struct MediaType: Sendable, Hashable {
  public let text: String

  /// Nil where the text isn't two tokens with a slash between.
  public init?(_ text: String) {
    // A quotation mark is no token, so one before the semicolon makes this no type whatever it quotes.
    let essence = Substring(text.utf8.prefix { $0 != UInt8(ascii: ";") }).withoutBlanks.utf8
    guard let slash = essence.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    let (type, subtype) = (essence[..<slash], essence[slash...].dropFirst())
    guard !type.isEmpty, !subtype.isEmpty, type.allSatisfy(\.isToken),
      subtype.allSatisfy(\.isToken)
    else { return nil }
    self.text = String(Substring(essence)).lowercasedASCII
  }

  public static let json = known("application/json")
  public static let html = known("text/html")
  /// RFC 9457.
  public static let problem = known("application/problem+json")

  private static func known(_ text: String) -> MediaType {
    guard let type = MediaType(text) else { preconditionFailure("\(text) is no media type.") }
    return type
  }

  /// The first of `offered` that `accept`, an Accept field's value, likes best; nil when it takes none.
  ///
  /// RFC 9110 §12.5.1: the most specific range says a type's weight, and no field means everything.
  public static func preferred(of offered: [MediaType], accept: String?) -> MediaType? {
    guard let accept else { return offered.first }
    let ranges = accept.listMembers.compactMap(weighted)
    var best: (type: MediaType, weight: Double)?
    for type in offered {
      let weight = weight(of: type, in: ranges)
      if weight > best?.weight ?? 0 { best = (type, weight) }
    }
    return best?.type
  }

  private static func weighted(_ member: Substring) -> (range: String, weight: Double)? {
    let parts = member.parts(at: ";")
    guard let type = MediaType(String(parts[0])), let weight = statedWeight(in: parts.dropFirst())
    else {
      return nil
    }
    return (type.text, weight)
  }

  private static func weight(
    of type: MediaType, in ranges: [(range: String, weight: Double)]
  ) -> Double {
    let family = type.text.prefix { $0 != "/" } + "/*"
    for range in [type.text, String(family), "*/*"] {
      if let found = ranges.first(where: { $0.range == range }) { return found.weight }
    }
    return 0
  }
}
