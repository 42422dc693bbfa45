/// The part of a URL that people read.
enum Slug {
  static func isOne(_ text: String) -> Bool {
    // The words that stand where slugs do, as in /v1/credentials/aggregate; and so do ids.
    (1...80).contains(text.utf8.count)
      && text.utf8.first != UInt8(ascii: "-")
      && text.utf8.allSatisfy {
        (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
      }
      && text != "aggregate" && text != "suggest" && !hasFormOfID(text)
  }

  private static func hasFormOfID(_ text: String) -> Bool {
    guard text.utf8.count == 36 else { return false }
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return parts.map(\.count) == [8, 4, 4, 4, 12]
      && parts.joined().allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  /// A slug for `title`: its ASCII letters and digits, lower-cased, or nil when it has none.
  static func made(from title: String) -> String? {
    var slug: [UInt8] = []
    for scalar in title.unicodeScalars {
      if let byte = UInt8(exactly: scalar.value), byte < 0x80 {
        append(byte, to: &slug)
        continue
      }
      for scalar in scalar.properties.lowercaseMapping.unicodeScalars {
        if let plain = folded[scalar] {
          slug += plain.utf8
        } else {
          append(UInt8(exactly: scalar.value) ?? UInt8(ascii: "-"), to: &slug)
        }
      }
    }
    slug.removeLast(max(0, slug.count - 60))
    while slug.last == UInt8(ascii: "-") { slug.removeLast() }
    let text = String(decoding: slug, as: UTF8.self)
    return isOne(text) ? text : nil
  }

  // A letter or digit; anything else parts words.
  private static func append(_ byte: UInt8, to slug: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      slug.append(byte)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): slug.append(byte | 0x20)
    default:
      if let last = slug.last, last != UInt8(ascii: "-") { slug.append(UInt8(ascii: "-")) }
    }
  }

  private static let folded: [Unicode.Scalar: String] = {
    var folded: [Unicode.Scalar: String] = [
      "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d",
    ]
    for (plain, letters) in [
      ("a", "àáâãäåāăą"), ("c", "çćč"), ("d", "ďð"), ("e", "èéêëēėęě"), ("g", "ğģ"),
      ("i", "ìíîïīįı"),
      ("k", "ķ"), ("l", "ļľĺ"), ("n", "ñńņň"), ("o", "òóôõöōő"), ("r", "řŕ"), ("s", "śšşș"),
      ("t", "ťțţ"), ("u", "ùúûüūůűų"), ("y", "ýÿ"), ("z", "źżž"),
    ] {
      for letter in letters.unicodeScalars { folded[letter] = plain }
    }
    return folded
  }()
}
