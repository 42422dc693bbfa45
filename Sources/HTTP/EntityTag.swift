/// RFC 9110 §8.8.3.
public struct EntityTag: Sendable, Equatable {
  /// What stands between the quotation marks.
  public let opaque: String
  public let isWeak: Bool

  public init(_ opaque: String, weak: Bool = false) {
    self.opaque = opaque
    isWeak = weak
  }

  /// As the ETag field says it.
  public var text: String { (isWeak ? "W/" : "") + "\"\(opaque)\"" }
}

/// The value of If-Match or If-None-Match (RFC 9110 §13.1.1, §13.1.2).
public enum Precondition: Sendable, Equatable {
  /// `*`: whatever there is.
  case any
  case tags([EntityTag])

  /// Nil where the text is neither.
  public init?(_ text: String) {
    if text[...].withoutBlanks == "*" {
      self = .any
      return
    }
    var tags: [EntityTag] = []
    var rest = Array(text.utf8)[...]
    while true {
      rest = rest.drop { $0.isBlank || $0 == UInt8(ascii: ",") }
      if rest.isEmpty { break }
      guard let tag = Self.takeTag(from: &rest) else { return nil }
      tags.append(tag)
      rest = rest.drop(while: \.isBlank)
      guard rest.isEmpty || rest.first == UInt8(ascii: ",") else { return nil }
    }
    if tags.isEmpty { return nil }
    self = .tags(tags)
  }

  // RFC 9110 §8.8.3: nothing is escaped in it, and no blank stands in it.
  private static func takeTag(from rest: inout ArraySlice<UInt8>) -> EntityTag? {
    let isWeak = rest.starts(with: "W/".utf8)
    if isWeak { rest = rest.dropFirst(2) }
    guard rest.popFirst() == UInt8(ascii: "\""),
      let end = rest.firstIndex(of: UInt8(ascii: "\"")),
      rest[..<end].allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else { return nil }
    defer { rest = rest[(end + 1)...] }
    return EntityTag(String(decoding: rest[..<end], as: UTF8.self), weak: isWeak)
  }

  /// For If-None-Match: the opaque texts are the same (RFC 9110 §8.8.3.2).
  public func matchesWeakly(_ tag: EntityTag) -> Bool {
    switch self {
    case .any: true
    case .tags(let tags): tags.contains { $0.opaque == tag.opaque }
    }
  }

  /// For If-Match: neither is weak.
  public func matchesStrongly(_ tag: EntityTag) -> Bool {
    switch self {
    case .any: true
    case .tags(let tags): !tag.isWeak && tags.contains(tag)
    }
  }
}
