internal import Resources

/// The interface's words in one language, from Web/messages.
///
/// A line is `key = text`, with `{name}` where a value goes; `#` begins a remark. Where a number decides,
/// `key.one` and `key.other` are two keys.
struct Messages: Sendable {
  private let texts: [String: String]

  init(_ file: String) {
    var texts: [String: String] = [:]
    for line in file.split(separator: "\n") where !line.hasPrefix("#") {
      guard let equals = line.firstRange(of: " = ") else { continue }
      texts[String(line[..<equals.lowerBound])] = String(line[equals.upperBound...])
    }
    self.texts = texts
  }

  var keys: Set<String> { Set(texts.keys) }

  subscript(key: String) -> String? { texts[key] }

  static let all: [Language: Messages] = Dictionary(
    uniqueKeysWithValues: Language.allCases.map { language in
      guard let file = Resources.web.first(where: { $0.name == "messages/\(language).txt" }) else {
        preconditionFailure("Web/messages has no \(language).txt.")
      }
      return (language, Messages(file.text))
    })
}
