/// A piece of a page: what is written in it is markup, what is put into it is text, so that nothing that
/// somebody stored becomes markup.
struct HTML: Sendable, ExpressibleByStringInterpolation {
  private(set) var markup: String

  static let nothing = HTML(stringLiteral: "")

  init(stringLiteral markup: String) { self.markup = markup }

  init(stringInterpolation: StringInterpolation) { markup = stringInterpolation.markup }

  var isEmpty: Bool { markup.isEmpty }

  static func += (html: inout HTML, more: HTML) { html.markup += more.markup }

  /// JSON in a script element of a type that no browser runs; `</` would end the element.
  init(dataBlock json: [UInt8]) {
    markup = ""
    for character in String(decoding: json, as: UTF8.self).unicodeScalars {
      if character == "<" { markup += "\\u003C" } else { markup.unicodeScalars.append(character) }
    }
  }

  struct StringInterpolation: StringInterpolationProtocol {
    var markup = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      markup.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    mutating func appendLiteral(_ literal: String) { markup += literal }

    /// Text, in an element or in a quoted attribute; a literal put in is markup, so this comes second.
    @_disfavoredOverload mutating func appendInterpolation(_ text: String) {
      for byte in text.unicodeScalars {
        switch byte {
        case "&": markup += "&amp;"
        case "<": markup += "&lt;"
        case ">": markup += "&gt;"
        case "\"": markup += "&quot;"
        case "'": markup += "&#39;"
        default: markup.unicodeScalars.append(byte)
        }
      }
    }

    mutating func appendInterpolation(_ number: Int) { markup += String(number) }

    mutating func appendInterpolation(_ html: HTML) { markup += html.markup }

    mutating func appendInterpolation(_ pieces: [HTML]) {
      for piece in pieces { markup += piece.markup }
    }
  }
}
