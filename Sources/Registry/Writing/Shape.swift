internal import JSON
internal import SQLite

/// What a member takes when it is written.
indirect enum Shape: Sendable {
  case text(most: Int)
  case slug
  /// `{"en": "…", "de": "…"}`; a bare string is in the request's language.
  case languageMap
  /// A language map, or "none": stated that there is none.
  case languageMapOrNone
  case code(Domain)
  /// A list without duplicates.
  case codes(Domain)
  case boolean
  case number(ClosedRange<Double>)
  case integer(ClosedRange<Int64>)
  /// yyyy-mm-dd.
  case date
  /// An absolute http or https URI.
  case uri
  case uris
  /// Three capitals, as ISO 4217 has them.
  case currency
  case object([Member])
  case objects([Member])
  /// Names of this noun's own members.
  case memberNames
  /// An object of strings.
  case texts

  struct Member: Sendable {
    let name: String
    let shape: Shape
    let isRequired: Bool
    /// Another name under which older files have it.
    let alias: String?

    init(_ name: String, _ shape: Shape, required: Bool = false, or alias: String? = nil) {
      self.name = name
      self.shape = shape
      self.isRequired = required
      self.alias = alias
    }
  }

  /// Where a fact comes from.
  static let source = Shape.object([
    .init("id", .code(.source)), .init("title", .text(most: 500)),
    .init("publisher", .text(most: 200)), .init("date", .date), .init("url", .uri),
    .init("locator", .text(most: 500)),
  ])
}

/// Reads a posted document member by member and keeps every violation it meets.
struct Inspection {
  private(set) var violations: [Violation] = []
  /// The language of bare strings.
  let language: String
  private let noun: Noun

  init(_ noun: Noun, language: String) {
    self.noun = noun
    self.language = language
  }

  mutating func refuse(_ pointer: String, _ detail: String) {
    violations.append(Violation(.pointer(pointer), detail))
  }

  /// `value` as it is to be stored, or nil after saying what is wrong with it.
  mutating func check(
    _ value: JSONValue, _ shape: Shape, at pointer: String, in database: borrowing Connection
  ) throws(SQLiteError) -> JSONValue? {
    switch shape {
    case .text(let most): return text(value, most: most, at: pointer)
    case .slug: return slug(value, at: pointer)
    case .languageMap: return try languageMap(value, at: pointer, in: database)
    case .languageMapOrNone:
      if value == .string("none") { return value }
      return try languageMap(value, at: pointer, in: database)
    case .code(let domain): return try code(value, domain, at: pointer, in: database)
    case .codes(let domain):
      return try list(value, at: pointer) { (value, pointer, inspection) throws(SQLiteError) in
        try inspection.code(value, domain, at: pointer, in: database)
      }
    case .boolean:
      if case .bool = value { return value }
      return refused(pointer, "This must be true, false or null (not stated).")
    case .number(let range): return number(value, range, at: pointer)
    case .integer(let range): return integer(value, range, at: pointer)
    case .date:
      if case .string(let text) = value, CivilDate(text) != nil { return value }
      return refused(pointer, "This must be a date such as 2026-11-24.")
    case .uri: return uri(value, at: pointer)
    case .uris:
      return try list(value, at: pointer) { (value, pointer, inspection) throws(SQLiteError) in
        inspection.uri(value, at: pointer)
      }
    case .currency:
      if case .string(let text) = value, text.utf8.count == 3,
        text.utf8.allSatisfy({ (65...90).contains($0) })
      {
        return value
      }
      return refused(pointer, "This must be an ISO 4217 code such as EUR.")
    case .object(let members): return try object(value, members, at: pointer, in: database)
    case .objects(let members):
      return try list(value, at: pointer) { (value, pointer, inspection) throws(SQLiteError) in
        try inspection.object(value, members, at: pointer, in: database)
      }
    case .memberNames:
      let names = noun.fields.compactMap { $0.shape == nil ? nil : $0.name }
      return try list(value, at: pointer) { (value, pointer, inspection) throws(SQLiteError) in
        if case .string(let name) = value, names.contains(name) { return value }
        guard case .string(let name) = value else {
          return inspection.refused(pointer, "This must be a member's name.")
        }
        return inspection.refused(
          pointer, "There is no member \(quoted(name)).\(didYouMean(name, names))")
      }
    case .texts: return texts(value, at: pointer)
    }
  }

  private mutating func refused(_ pointer: String, _ detail: String) -> JSONValue? {
    refuse(pointer, detail)
    return nil
  }

  private mutating func text(_ value: JSONValue, most: Int, at pointer: String) -> JSONValue? {
    guard case .string(let text) = value, text.contains(where: { !$0.isWhitespace }) else {
      return refused(pointer, "This must be a text that isn't empty.")
    }
    // A scalar has a byte at least.
    guard text.utf8.count <= most || text.unicodeScalars.count <= most else {
      return refused(pointer, "This text is longer than \(most) characters.")
    }
    return value
  }

  private mutating func slug(_ value: JSONValue, at pointer: String) -> JSONValue? {
    guard case .string(let text) = value, Slug.isOne(text) else {
      return refused(
        pointer, "A slug is 1 to 80 of a-z, 0-9 and -, and begins with a letter or digit.")
    }
    return value
  }

  private mutating func code(
    _ value: JSONValue, _ domain: Domain, at pointer: String, in database: borrowing Connection
  ) throws(SQLiteError) -> JSONValue? {
    guard case .string(let text) = value else {
      return refused(pointer, "This must be a string: the code of a \(domain.name).")
    }
    if let code = try domain.code(text, in: database) { return .string(code) }
    return refused(pointer, try domain.refusal(text, in: database))
  }

  private mutating func number(
    _ value: JSONValue, _ range: ClosedRange<Double>, at pointer: String
  ) -> JSONValue? {
    let number: Double? =
      switch value {
      case .integer(let number): Double(number)
      case .number(let number): number
      default: nil
      }
    guard let number, range.contains(number) else {
      let (least, most) = (Int(range.lowerBound), Int(range.upperBound))
      return refused(pointer, "This must be a number from \(least) to \(most).")
    }
    return value
  }

  private mutating func integer(
    _ value: JSONValue, _ range: ClosedRange<Int64>, at pointer: String
  ) -> JSONValue? {
    guard case .integer(let number) = value, range.contains(number) else {
      return refused(
        pointer, "This must be a whole number from \(range.lowerBound) to \(range.upperBound).")
    }
    return value
  }

  private mutating func uri(_ value: JSONValue, at pointer: String) -> JSONValue? {
    guard case .string(let text) = value, isWebURI(text) else {
      return refused(pointer, "This must be an absolute http or https URI.")
    }
    return value
  }

  private mutating func texts(_ value: JSONValue, at pointer: String) -> JSONValue? {
    guard case .object(let members) = value else {
      return refused(pointer, "This must be an object of strings.")
    }
    for member in members {
      guard case .string = member.value else {
        return refused(JSONPointer.appending(member.name, to: pointer), "This must be a string.")
      }
    }
    return value
  }

  private mutating func languageMap(
    _ value: JSONValue, at pointer: String, in database: borrowing Connection
  ) throws(SQLiteError) -> JSONValue? {
    if case .string = value {
      guard let text = text(value, most: 20_000, at: pointer) else { return nil }
      return .object([.init(name: language, value: text)])
    }
    guard case .object(let members) = value, !members.isEmpty else {
      return refused(pointer, #"This must be a text, or texts by language: {"en": "…"}."#)
    }
    let before = violations.count
    for member in members {
      let place = JSONPointer.appending(member.name, to: pointer)
      let base = member.name.split(separator: "-").first.map(String.init) ?? ""
      if try Domain.language.code(base, in: database) == nil {
        refuse(place, try Domain.language.refusal(member.name, in: database))
      }
      _ = text(member.value, most: 20_000, at: place)
    }
    return violations.count == before ? value : nil
  }

  private mutating func list(
    _ value: JSONValue, at pointer: String,
    _ each: (JSONValue, String, inout Inspection) throws(SQLiteError) -> JSONValue?
  ) throws(SQLiteError) -> JSONValue? {
    guard case .array(let items) = value, items.count <= 1000 else {
      return refused(pointer, "This must be a list of at most 1000.")
    }
    var checked: [JSONValue] = []
    let before = violations.count
    for (index, item) in items.enumerated() {
      let place = JSONPointer.appending(index, to: pointer)
      guard let item = try each(item, place, &self) else { continue }
      if checked.contains(item) { refuse(place, "This stands in the list already.") }
      checked.append(item)
    }
    return violations.count == before ? .array(checked) : nil
  }

  private mutating func object(
    _ value: JSONValue, _ known: [Shape.Member], at pointer: String,
    in database: borrowing Connection
  ) throws(SQLiteError) -> JSONValue? {
    guard case .object(let members) = value else {
      let names = known.map(\.name).joined(separator: ", ")
      return refused(pointer, "This must be an object with \(names).")
    }
    let before = violations.count
    var checked: [JSONValue.Member] = []
    for member in members {
      let place = JSONPointer.appending(member.name, to: pointer)
      guard let rule = known.first(where: { $0.name == member.name || $0.alias == member.name })
      else {
        let hint = didYouMean(member.name, known.map(\.name))
        refuse(place, "There is no member \(quoted(member.name)) here.\(hint)")
        continue
      }
      if member.value == .null { continue }
      guard let value = try check(member.value, rule.shape, at: place, in: database) else {
        continue
      }
      checked.append(.init(name: rule.name, value: value))
    }
    let names = Set(members.filter { $0.value != .null }.map(\.name))
    for rule in known where rule.isRequired {
      let isThere = names.contains(rule.name) || rule.alias.map(names.contains) == true
      if !isThere {
        refuse(JSONPointer.appending(rule.name, to: pointer), "The member \(rule.name) is missing.")
      }
    }
    if checked.isEmpty, violations.count == before {
      return refused(pointer, "This object states nothing: leave it out or make it null.")
    }
    return violations.count == before ? .object(checked) : nil
  }
}

/// RFC 3986 §3, as far as a link in a page needs it: http or https, a host, no space or control.
private func isWebURI(_ text: String) -> Bool {
  guard text.utf8.count <= 2000, text.utf8.allSatisfy({ $0 > 32 && $0 != 127 }) else {
    return false
  }
  guard !text.utf8.contains(where: { "\"<>\\^`{|}".utf8.contains($0) }) else { return false }
  for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
    let host = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
    return !host.isEmpty && !host.contains("@")
  }
  return false
}
