/// A language of the interface; what the registry holds comes in its own.
enum Language: String, CaseIterable, Sendable {
  case en, fr, de

  /// Its own name.
  var name: String {
    switch self {
    case .en: "English"
    case .fr: "Français"
    case .de: "Deutsch"
    }
  }

  /// The first that `accept`, an Accept-Language field's value, names, by weight (RFC 9110 §12.5.4).
  init(accept: String?) {
    var best: (language: Language, weight: Double)?
    for range in (accept ?? "").split(separator: ",") {
      let parts = range.split(separator: ";").map { $0.filter { $0 != " " } }
      guard let language = parts.first.flatMap({ Language(rawValue: $0.prefix(2).lowercased()) })
      else { continue }
      let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap {
        Double($0.dropFirst(2))
      }
      if weight ?? 1 > best?.weight ?? 0 { best = (language, weight ?? 1) }
    }
    self = best?.language ?? .en
  }

  /// 12,345.5 in English, 12 345,5 in French, 12.345,5 in German; at most `digits` behind the mark.
  func number(_ value: Double, digits: Int = 1) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (value.magnitude * scale).rounded()
    guard scaled < 1e15 else { return String(value) }
    let whole = number(Int(scaled / scale))
    var fraction = String(Int(scaled.truncatingRemainder(dividingBy: scale)))
    fraction = String(repeating: "0", count: max(0, digits - fraction.count)) + fraction
    while fraction.hasSuffix("0") { fraction.removeLast() }
    let sign = value < 0 ? "−" : ""
    return sign + whole + (fraction.isEmpty ? "" : (self == .en ? "." : ",") + fraction)
  }

  func number(_ value: Int) -> String {
    let mark =
      switch self {
      case .en: ","
      case .fr: "\u{202F}"
      case .de: "."
      }
    var text = ""
    for (index, digit) in String(value.magnitude).reversed().enumerated() {
      if index > 0, index.isMultiple(of: 3) { text = mark + text }
      text = String(digit) + text
    }
    return (value < 0 ? "−" : "") + text
  }
}
