/// The part of a URL that people read.
enum Slug {
  static func isOne(_ text: String) -> Bool {
    // The one word that stands where slugs do: /v1/credentials/aggregate.
    text != "aggregate" && (1...80).contains(text.utf8.count)
      && text.utf8.first != UInt8(ascii: "-")
      && text.utf8.allSatisfy {
        (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
      }
  }

  /// A slug for `title`: its ASCII letters and digits, lower-cased, or nil when it has none.
  static func made(from title: String) -> String? {
    var slug = ""
    for scalar in title.lowercased().unicodeScalars {
      if scalar.isASCII, scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
        slug.unicodeScalars.append(scalar)
      } else if let plain = folded[scalar] {
        slug += plain
      } else if !slug.isEmpty, !slug.hasSuffix("-") {
        slug += "-"
      }
    }
    slug = String(slug.prefix(60))
    while slug.hasSuffix("-") { slug.removeLast() }
    return isOne(slug) ? slug : nil
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
