// The character classes of RFC 9110 §5.5 and §5.6.2 and RFC 3986, by octet.
extension UInt8 {
  /// RFC 9110 §5.6.2: tchar.
  var isToken: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "!"),
      UInt8(ascii: "#")...UInt8(ascii: "'"),
      UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "^")...UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  /// RFC 9110 §5.5: field-vchar, SP or HTAB.
  var isFieldContent: Bool { self == 0x09 || (0x20...0x7E).contains(self) || self >= 0x80 }

  var isBlank: Bool { self == 0x20 || self == 0x09 }

  var isDigit: Bool { (0x30...0x39).contains(self) }

  /// What the digit stands for in hexadecimal, or nil.
  var hexadecimal: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}

extension String {
  /// The same text without the blanks around it (RFC 9110 §5.6.3, OWS).
  var withoutBlanks: Substring {
    var text = self[...]
    while let first = text.utf8.first, first.isBlank { text = text.dropFirst() }
    while let last = text.utf8.last, last.isBlank { text = text.dropLast() }
    return text
  }

  /// The members of a list (RFC 9110 §5.6.1), empty ones left out; quoted strings aren't looked into.
  var listMembers: [Substring] {
    split(separator: ",").map { String($0).withoutBlanks }.filter { !$0.isEmpty }
  }

  /// In lower case by ASCII alone, as the protocol's own words are compared.
  public var lowercasedASCII: String { String(decoding: utf8.map(\.lowercased), as: UTF8.self) }
}
