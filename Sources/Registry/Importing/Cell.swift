internal import JSON

/// Why a cell says nothing that a member takes.
struct CellError: Error {
  let detail: String
}

/// What someone wrote into a cell, read as a member's value.
///
/// A value that a text can't hold (learning outcomes with ESCO URIs, say) may be JSON. What is wrong with a
/// value that could be read is said by the rules that a posted one meets, too.
struct Cell {
  let text: String

  init(_ text: String) { self.text = text }

  func value(of member: String, _ shape: Shape) throws(CellError) -> JSONValue {
    if let first = text.first, first == "{" || first == "[", !shape.isText {
      let value = try? JSONValue(parsing: Array(text.utf8))
      if let value, !shape.isLanguageMap || first == "{" { return value }
      // "[Online] First aid" is a title.
      guard shape.isLanguageMap || Self.ofTexts.contains(member) else {
        throw CellError(detail: "\(quoted(text)) begins like JSON and isn't.")
      }
    }
    switch shape {
    case .text, .slug, .code, .word, .uri, .date, .languageMap: return .string(text)
    case .currency: return .string(text.uppercased())
    case .languageMapOrNone:
      // The last is how Cairn's own CSV says it.
      return ["no", "none", "\"none\""].contains(text.lowercased()) ? "none" : .string(text)
    case .codes, .memberNames: return list(";|,\n")
    case .uris: return list("; \n")
    case .boolean: return try truth()
    case .number, .integer:
      let quantity = Quantity(text)
      guard quantity.numbers.count == 1, quantity.word.isEmpty else {
        throw CellError(detail: "\(quoted(text)) isn't a number.")
      }
      return quantity.numbers[0]
    case .object: return try object(member)
    case .objects: return try objects(member)
    case .texts: throw CellError(detail: "Write this as JSON, or leave it out.")
    }
  }

  /// Members of objects that may be said by a text alone.
  private static let ofTexts = ["learning_outcomes", "awarding_bodies"]

  private func list(_ separators: String) -> JSONValue {
    .array(parts(separators).map(JSONValue.string))
  }

  private func parts(_ separators: String) -> [String] {
    text.split { separators.contains($0) }.map { String($0).trimmed }.filter { !$0.isEmpty }
  }

  private func truth() throws(CellError) -> JSONValue {
    switch text.lowercased() {
    case "yes", "true", "1": return true
    case "no", "false", "0": return false
    default: throw CellError(detail: "\(quoted(text)) is neither yes nor no.")
    }
  }

  /// "22,5 hours", "5 ECTS", "120 EUR", "24 months", "41".
  private func object(_ member: String) throws(CellError) -> JSONValue {
    let quantity = Quantity(text)
    let word = quantity.word.lowercased()
    switch (member, quantity.numbers.count) {
    case ("workload", 1...2):
      guard let value = workload(quantity) else { break }
      return value
    case ("credit", 1) where quantity.hasUnit:
      return .members(["system": .string(word), "points": quantity.numbers[0]])
    case ("credit", 0): return .members(["system": .string(word == "no" ? "none" : word)])
    case ("price", 1) where quantity.hasUnit:
      let currency =
        ["€": "EUR", "£": "GBP", "$": "USD"][quantity.word] ?? quantity.word.uppercased()
      return .members(["amount": quantity.numbers[0], "currency": .string(currency)])
    case ("validity", 1) where ["month", "months"].contains(word):
      return .members(["months": quantity.numbers[0]])
    case ("validity", 1) where ["year", "years"].contains(word):
      guard case .integer(let years) = quantity.numbers[0],
        case (let months, false) = years.multipliedReportingOverflow(by: 12)
      else { break }
      return .members(["months": .integer(months)])
    case ("international", 1) where ["", "countries"].contains(word):
      return .members(["countries_count": quantity.numbers[0]])
    default: break
    }
    throw CellError(detail: "\(quoted(text)) can't be read as \(member). \(Self.hint(member))")
  }

  private func workload(_ quantity: Quantity) -> JSONValue? {
    let unit: String
    switch quantity.word.lowercased() {
    case "", "h", "hour", "hours", "hrs", "hr": unit = "hours"
    case "d", "day", "days": unit = "days"
    case "month", "months": unit = "months"
    case "module", "modules": unit = "modules"
    default: return nil
    }
    let numbers = quantity.numbers
    if numbers.count == 1 { return .members([unit: numbers[0]]) }
    return unit == "hours" ? .members(["hours_min": numbers[0], "hours_max": numbers[1]]) : nil
  }

  private func objects(_ member: String) throws(CellError) -> JSONValue {
    switch member {
    case "levels":
      var levels: [JSONValue] = []
      for part in parts(";|\n") {
        // The framework's code may have hyphens of its own: IE-NFQ-6.
        guard let cut = part.lastIndex(where: { $0 == "-" || $0 == " " }) else {
          throw CellError(detail: "\(quoted(part)) isn't a level such as EQF-4 or IE-NFQ-6.")
        }
        levels.append(
          .members([
            "framework": .string(String(part[..<cut])),
            "level": .string(String(part[part.index(after: cut)...])),
          ]))
      }
      return .array(levels)
    case "learning_outcomes": return .array(parts("|\n").map { .members(["text": .string($0)]) })
    case "awarding_bodies": return .array(parts(";|\n").map { .members(["name": .string($0)]) })
    case "identifiers":
      return .array(
        parts(";|\n").map { part in
          let halves = part.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
          guard halves.count == 2 else { return .string(part) }
          return .members(["scheme": .string(halves[0].lowercased()), "value": .string(halves[1])])
        })
    default:
      throw CellError(detail: "\(quoted(text)) can't be read as \(member): write it as JSON.")
    }
  }

  private static func hint(_ member: String) -> String {
    switch member {
    case "workload": "Write 22.5 hours, 60-70 hours, 3 days, 1 month or 4 modules."
    case "credit": "Write 5 ECTS."
    case "price": "Write 1350 EUR or 1350,50 EUR."
    case "validity": "Write 24 months."
    case "international": "Write the number of countries."
    default: "Write it as JSON."
    }
  }
}

/// One or two numbers and what they count: "60-70 hours".
struct Quantity {
  private(set) var numbers: [JSONValue] = []
  let word: String

  /// True where the word may be a unit, or a currency's sign.
  var hasUnit: Bool {
    !word.isEmpty && word.allSatisfy { $0.isLetter || "€£$_".contains($0) }
  }

  /// Reads numbers whose decimals may have a comma, as most of Europe writes them.
  ///
  /// What could be read in two ways ("1 500", "1,500") leaves something in `word` that is no unit.
  init(_ text: String) {
    var word = ""
    var digits = ""
    var numbers: [JSONValue] = []
    var (isRange, afterHyphen) = (false, false)
    func end() {
      while digits.last == "." { digits.removeLast() }
      if hasThousands(digits) { word.append("?") }
      if let whole = Int64(digits) {
        numbers.append(.integer(whole))
      } else if let number = Double(digits) {
        numbers.append(.number(number))
      }
      digits = ""
    }
    for character in text {
      defer { afterHyphen = character == "-" || character == "–" }
      switch character {
      case "0"..."9":
        if digits.isEmpty, !numbers.isEmpty, !isRange { word.append("?") }
        digits.append(character)
      case ".", ",":
        if digits.isEmpty || digits.contains(".") {
          word.append(character)
        } else {
          digits.append(".")
        }
      case "-", "–":
        end()
        if numbers.isEmpty || isRange { word.append(character) }
        isRange = true
      case _ where character.isWhitespace: end()
      default:
        end()
        // "60-hour" is no range.
        if afterHyphen { isRange = false }
        word.append(character)
      }
    }
    end()
    if isRange, numbers.count == 1 { word.append("-") }
    self.numbers = numbers
    self.word = word
  }
}

/// True where what stands before three digits may be thousands, or a whole number.
private func hasThousands(_ digits: String) -> Bool {
  let parts = digits.split(separator: ".")
  return parts.count == 2 && parts[1].utf8.count == 3 && parts[0].utf8.count <= 3
    && parts[0].utf8.first != UInt8(ascii: "0")
}

extension JSONValue {
  fileprivate static func members(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
    .object(members.map { .init(name: $0.key, value: $0.value) })
  }
}

extension Shape {
  var isLanguageMap: Bool {
    switch self {
    case .languageMap, .languageMapOrNone: true
    default: false
    }
  }

  fileprivate var isText: Bool {
    switch self {
    case .text, .slug, .code, .word, .uri, .date, .currency: true
    default: false
    }
  }
}

extension String {
  /// Without white space at either end; a no-break space is white space, too.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
