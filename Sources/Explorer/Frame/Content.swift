internal import JSON

// What the registry holds, as it is shown: text in its own language, "not stated" as such.
extension Visit {
  /// The text of a language map in the page's language, or in English, or in the first it has, marked with
  /// the language where it isn't the page's (WCAG 3.1.2); nil where nothing is stated.
  func text(_ map: JSONValue?) -> HTML? {
    guard let (language, text) = chosen(map) else { return nil }
    return language == self.language.rawValue
      ? "\(text)" : "<span lang=\"\(language)\">\(text)</span>"
  }

  /// The same without markup, for titles and attributes.
  func plain(_ map: JSONValue?) -> String? { chosen(map)?.text }

  private func chosen(_ map: JSONValue?) -> (language: String, text: String)? {
    guard case .object(let members)? = map else { return nil }
    for language in [language.rawValue, "en"] {
      if let text = map?[language]?.string { return (language, text) }
    }
    return members.first.flatMap { first in first.value.string.map { (first.name, $0) } }
  }

  var notStated: HTML { "<span class=\"not-stated\">\(say("not_stated"))</span>" }

  /// A link to a page of somebody else's; only the web's schemes become one.
  func outward(_ url: String) -> HTML {
    guard url.hasPrefix("https://") || url.hasPrefix("http://") else { return "\(url)" }
    return "<a href=\"\(url)\" rel=\"nofollow noopener external\">\(url)</a>"
  }

  /// A day as the language writes it; `day` begins as RFC 3339 has it.
  func date(_ day: String) -> HTML {
    let parts = day.prefix(10).split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, (1...12).contains(parts[1]) else { return "\(day)" }
    let month = say("month.\(parts[1])")
    let text =
      switch language {
      case .en: "\(parts[2]) \(month) \(parts[0])"
      case .fr: "\(parts[2] == 1 ? "1er" : String(parts[2])) \(month) \(parts[0])"
      case .de: "\(parts[2]). \(month) \(parts[0])"
      }
    return "<time datetime=\"\(day)\">\(text)</time>"
  }
}

extension JSONValue {
  var string: String? { if case .string(let text) = self { text } else { nil } }
  var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }
  var members: [Member] { if case .object(let members) = self { members } else { [] } }
  var isTrue: Bool { self == .bool(true) }

  var integer: Int? { if case .integer(let number) = self { Int(number) } else { nil } }

  var double: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }
}
