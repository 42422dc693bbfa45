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

  /// RFC 3986 §2.3.
  var isUnreserved: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  /// RFC 3986 §2.2: sub-delims.
  var isSubDelimiter: Bool {
    switch self {
    case UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&")...UInt8(ascii: ","),
      UInt8(ascii: ";"), UInt8(ascii: "="):
      true
    default: false
    }
  }

  /// RFC 3986 §3.3, §3.4: what a path and a query are made of.
  var isInURI: Bool {
    switch self {
    case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "@"),
      UInt8(ascii: "%"):
      true
    default: isUnreserved || isSubDelimiter
    }
  }

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

extension StringProtocol where SubSequence == Substring {
  /// The members of a list (RFC 9110 §5.6.1), empty ones left out.
  var listMembers: [Substring] { parts(at: ",").filter { !$0.isEmpty } }

  /// The text's parts between `separator`s that stand outside of quoted strings (RFC 9110 §5.6.4), without
  /// the blanks around them.
  ///
  /// By bytes: a combining mark would join a comma or a blank to one character that is neither.
  func parts(at separator: Unicode.Scalar) -> [Substring] {
    var parts: [Substring] = []
    var start = utf8.startIndex
    var (isQuoted, isEscaped) = (false, false)
    for index in utf8.indices {
      switch utf8[index] {
      case _ where isEscaped: isEscaped = false
      case UInt8(ascii: "\\") where isQuoted: isEscaped = true
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: separator) where !isQuoted:
        parts.append(self[start..<index].withoutBlanks)
        start = utf8.index(after: index)
      default: break
      }
    }
    parts.append(self[start...].withoutBlanks)
    return parts
  }
}

extension String {
  /// In lower case by ASCII alone, as the protocol's own words are compared.
  public var lowercasedASCII: String { String(decoding: utf8.map(\.lowercased), as: UTF8.self) }
}

extension Substring {
  /// The same text without the blanks around it (RFC 9110 §5.6.3, OWS).
  var withoutBlanks: Substring {
    var text = utf8
    while text.first?.isBlank == true { text.removeFirst() }
    while text.last?.isBlank == true { text.removeLast() }
    return Substring(text)
  }
}
