internal import JSON
internal import SQLite

/// So many violations are told, and so many items or members has a list or an object.
public let mostAtOnce = 1000

/// Reads a posted document member by member and keeps every violation it meets.
struct Inspection {
  private(set) var violations: [Violation] = []
  /// True once so much is wrong that nothing further is looked at: a megabyte has room for a hundred thousand mistakes.
  var isFull: Bool { violations.count >= mostAtOnce }
  /// The language of bare strings.
  let language: String
  private let noun: Noun
  /// Where in the document the value that is being checked stands.
  private var path: [JSONPointer.Step] = []

  init(_ noun: Noun, language: String) {
    self.noun = noun
    self.language = language
  }

  mutating func refuse(_ pointer: String, _ detail: String) {
    if isFull { return }
    violations.append(Violation(.pointer(pointer), detail))
  }

  /// Refuses the value that is being checked, or one in it.
  private mutating func refuseHere(_ detail: String, at step: JSONPointer.Step? = nil) {
    refuse(JSONPointer.text(path + (step.map { [$0] } ?? [])), detail)
  }

  private mutating func refused(_ detail: String) -> JSONValue? {
    refuseHere(detail)
    return nil
  }

  /// The value of the member `name` of what is being checked as it is to be stored, or nil after saying what
  /// is wrong with it.
  mutating func check(
    _ value: JSONValue, _ shape: Shape, of name: String, in database: borrowing Connection
  ) throws(SQLiteError) -> JSONValue? {
    path.append(.name(name))
    defer { path.removeLast() }
    return try check(value, shape, in: database)
  }

  /// `value` as it is to be stored, or nil after saying what is wrong with it.
  mutating func check(
    _ value: JSONValue, _ shape: Shape, in database: borrowing Connection
  ) throws(SQLiteError) -> JSONValue? {
    switch shape {
    case .text(let most): return text(value, most: most)
    case .slug: return slug(value)
    case .languageMap: return try languageMap(value, in: database)
    case .languageMapOrNone:
      return value == .string("none") ? value : try languageMap(value, in: database)
    case .code(let domain): return try code(value, domain, in: database)
    case .codes(let domain):
      return try list(value) { (value, inspection) throws(SQLiteError) in
        try inspection.code(value, domain, in: database)
      }
    case .boolean:
      if case .bool = value { return value }
      return refused("This must be true, false or null (not stated).")
    case .number(let range): return number(value, range)
    case .integer(let range): return integer(value, range)
    case .date:
      if case .string(let text) = value, CivilDate(text) != nil { return value }
      return refused("This must be a date such as 2026-11-24.")
    case .uri: return uri(value)
    case .uris: return try list(value) { (value, inspection) in inspection.uri(value) }
    case .currency:
      if case .string(let text) = value, text.utf8.count == 3,
        text.utf8.allSatisfy({ (65...90).contains($0) })
      {
        return value
      }
      return refused("This must be an ISO 4217 code such as EUR.")
    case .object(let members): return try object(value, members, in: database)
    case .objects(let members):
      return try list(value) { (value, inspection) throws(SQLiteError) in
        try inspection.object(value, members, in: database)
      }
    case .memberNames:
      return try list(value) { (value, inspection) in inspection.memberName(value) }
    case .texts: return texts(value)
    }
  }

  private mutating func memberName(_ value: JSONValue) -> JSONValue? {
    guard case .string(let name) = value else { return refused("This must be a member's name.") }
    if noun.field(name)?.shape != nil { return value }
    let names = noun.fields.compactMap { $0.shape == nil ? nil : $0.name }
    return refused("There is no member \(quoted(name)).\(didYouMean(name, names))")
  }

  private mutating func text(_ value: JSONValue, most: Int) -> JSONValue? {
    guard case .string(let text) = value, !text.isBlank else {
      return refused("This must be a text that isn't empty.")
    }
    // A scalar has a byte at least.
    guard text.utf8.count <= most || text.unicodeScalars.count <= most else {
      return refused("This text is longer than \(most) characters.")
    }
    return value
  }

  private mutating func slug(_ value: JSONValue) -> JSONValue? {
    guard case .string(let text) = value, Slug.isOne(text) else {
      return refused(
        """
        A slug is 1 to 80 of a-z, 0-9 and -, and begins with a letter or digit; "aggregate", "suggest" and what looks \
        like an id are none.
        """)
    }
    return value
  }

  private mutating func code(
    _ value: JSONValue, _ domain: Domain, in database: borrowing Connection
  ) throws(SQLiteError) -> JSONValue? {
    guard case .string(let text) = value else {
      return refused("This must be a string: the code of a \(domain.name).")
    }
    if let code = try domain.code(text, in: database) { return .string(code) }
    return refused(try domain.refusal(text, in: database))
  }

  private mutating func number(_ value: JSONValue, _ range: ClosedRange<Double>) -> JSONValue? {
    let number: Double? =
      switch value {
      case .integer(let number): Double(number)
      case .number(let number): number
      default: nil
      }
    guard let number, range.contains(number) else {
      let (least, most) = (Int(range.lowerBound), Int(range.upperBound))
      return refused("This must be a number from \(least) to \(most).")
    }
    return value
  }

  private mutating func integer(_ value: JSONValue, _ range: ClosedRange<Int64>) -> JSONValue? {
    guard case .integer(let number) = value, range.contains(number) else {
      return refused(
        "This must be a whole number from \(range.lowerBound) to \(range.upperBound).")
    }
    return value
  }

  private mutating func uri(_ value: JSONValue) -> JSONValue? {
    guard case .string(let text) = value, isWebURI(text) else {
      return refused("This must be an absolute http or https URI.")
    }
    return value
  }

  private mutating func texts(_ value: JSONValue) -> JSONValue? {
    guard case .object(let members) = value, members.count <= mostAtOnce else {
      return refused("This must be an object of at most \(mostAtOnce) strings.")
    }
    for member in members {
      guard case .string = member.value else {
        refuseHere("This must be a string.", at: .name(member.name))
        return nil
      }
    }
    return value
  }

  private mutating func languageMap(
    _ value: JSONValue, in database: borrowing Connection
  ) throws(SQLiteError) -> JSONValue? {
    if case .string = value {
      return text(value, most: 20_000).map { .object([.init(name: language, value: $0)]) }
    }
    guard case .object(let members) = value, (1...mostAtOnce).contains(members.count) else {
      return refused(#"This must be a text, or texts by language: {"en": "…"}."#)
    }
    let before = violations.count
    for member in members where !isFull {
      path.append(.name(member.name))
      defer { path.removeLast() }
      let base = isLanguageTag(member.name) ? String(member.name.prefix { $0 != "-" }) : ""
      if try Domain.language.code(base, in: database) == nil {
        refuseHere(try Domain.language.refusal(member.name, in: database))
      }
      _ = text(member.value, most: 20_000)
    }
    return violations.count == before && !isFull ? value : nil
  }

  private mutating func list(
    _ value: JSONValue, _ each: (JSONValue, inout Inspection) throws(SQLiteError) -> JSONValue?
  ) throws(SQLiteError) -> JSONValue? {
    guard case .array(let items) = value, items.count <= mostAtOnce else {
      return refused("This must be a list of at most \(mostAtOnce).")
    }
    var checked: [JSONValue] = []
    checked.reserveCapacity(items.count)
    let before = violations.count
    for (index, item) in items.enumerated() where !isFull {
      path.append(.index(index))
      defer { path.removeLast() }
      guard let item = try each(item, &self) else { continue }
      if checked.contains(item) { refuseHere("This stands in the list already.") }
      checked.append(item)
    }
    return violations.count == before && !isFull ? .array(checked) : nil
  }

  private mutating func object(
    _ value: JSONValue, _ known: [Shape.Member], in database: borrowing Connection
  ) throws(SQLiteError) -> JSONValue? {
    guard case .object(let members) = value else {
      let names = known.map(\.name).joined(separator: ", ")
      return refused("This must be an object with \(names).")
    }
    let before = violations.count
    var checked: [JSONValue.Member] = []
    checked.reserveCapacity(members.count)
    for member in members where !isFull {
      guard let rule = known.first(where: { $0.isNamed(member.name) }) else {
        let hint = didYouMean(member.name, known.map(\.name))
        refuseHere(
          "There is no member \(quoted(member.name)) here.\(hint)", at: .name(member.name))
        continue
      }
      if member.value == .null { continue }
      guard let value = try check(member.value, rule.shape, of: member.name, in: database) else {
        continue
      }
      checked.append(.init(name: rule.name, value: value))
    }
    for rule in known where rule.isRequired {
      let isThere = members.contains { $0.value != .null && rule.isNamed($0.name) }
      if !isThere { refuseHere("The member \(rule.name) is missing.", at: .name(rule.name)) }
    }
    if checked.isEmpty, violations.count == before {
      return refused("This object states nothing: leave it out or make it null.")
    }
    return violations.count == before && !isFull ? .object(checked) : nil
  }
}

extension String {
  /// True where nobody sees anything.
  fileprivate var isBlank: Bool {
    // What is seen in ASCII stands between space and DEL.
    !utf8.contains { $0 > 0x20 && $0 < 0x7F } && allSatisfy(\.isWhitespace)
  }
}
