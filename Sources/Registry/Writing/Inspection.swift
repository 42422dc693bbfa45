internal import JSON
internal import SQLite

/// So many violations are told, and so many items or members has a list or an object.
public let mostAtOnce = 1000

/// What became of a value that was checked.
enum Verdict {
  case refused
  /// It is stored as it is.
  case taken
  /// This is stored instead.
  case changed(JSONValue)
}

/// Reads a posted document member by member and keeps every violation it meets.
struct Inspection {
  private(set) var violations: [Violation] = []
  /// True once so much is wrong that nothing further is looked at: a megabyte has room for a hundred thousand mistakes.
  var isFull: Bool { violations.count >= mostAtOnce }
  /// The language of bare strings.
  let language: String
  let noun: Noun

  init(_ noun: Noun, language: String) {
    self.noun = noun
    self.language = language
  }

  mutating func refuse(_ pointer: String, _ detail: String) {
    if isFull { return }
    violations.append(Violation(.pointer(pointer), detail))
  }

  /// Refuses the value that is being checked, or one at `pointer` in it.
  mutating func refused(_ detail: String, at pointer: String = "") -> Verdict {
    refuse(pointer, detail)
    return .refused
  }

  /// Has what was refused since there were `count` stand at `pointer`, where the value is in which it was met.
  private mutating func move(from count: Int, to pointer: @autoclosure () -> String) {
    for index in count..<violations.count {
      violations[index] = violations[index].within(pointer())
    }
  }

  /// `value` as it is to be stored, or nil after saying what is wrong with it.
  mutating func check(
    _ value: JSONValue, _ shape: Shape, at pointer: @autoclosure () -> String = "",
    in database: borrowing Connection
  ) throws(SQLiteError) -> JSONValue? {
    let before = violations.count
    let verdict = try verdict(value, shape, in: database)
    move(from: before, to: pointer())
    return switch verdict {
    case .refused: nil
    case .taken: value
    case .changed(let other): other
    }
  }

  private mutating func verdict(
    _ value: JSONValue, _ shape: Shape, in database: borrowing Connection
  ) throws(SQLiteError) -> Verdict {
    switch shape {
    case .text(let most): return text(value, most: most)
    case .slug: return slug(value)
    case .languageMap: return try languageMap(value, in: database)
    case .languageMapOrNone:
      return value == .string("none") ? .taken : try languageMap(value, in: database)
    case .code(let domain): return try code(value, domain, in: database)
    case .word(let known):
      if case .string(let text) = value, known.contains(text) { return .taken }
      return refused("This must be \(known.joined(separator: " or ")).")
    case .codes(let domain):
      return try list(value) { (value, inspection) throws(SQLiteError) in
        try inspection.code(value, domain, in: database)
      }
    case .boolean:
      if case .bool = value { return .taken }
      return refused("This must be true, false or null (not stated).")
    case .number(let range): return number(value, range)
    case .integer(let range): return integer(value, range)
    case .date:
      if case .string(let text) = value, CivilDate(text) != nil { return .taken }
      return refused("This must be a date such as 2026-11-24.")
    case .uri: return uri(value)
    case .uris: return try list(value) { (value, inspection) in inspection.uri(value) }
    case .currency:
      if case .string(let text) = value, text.utf8.count == 3,
        text.utf8.allSatisfy({ (65...90).contains($0) })
      {
        return .taken
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

  private mutating func languageMap(
    _ value: JSONValue, in database: borrowing Connection
  ) throws(SQLiteError) -> Verdict {
    if case .string = value {
      guard case .taken = text(value, most: 20_000) else { return .refused }
      if try !isLanguage(language, in: database) {
        return refused(
          "The language of this text is said to be \(quoted(language)). "
            + (try Domain.language.refusal(language, in: database)))
      }
      return .changed(.object([.init(name: language, value: value)]))
    }
    guard case .object(let members) = value, (1...mostAtOnce).contains(members.count) else {
      return refused(#"This must be a text, or texts by language: {"en": "…"}."#)
    }
    let before = violations.count
    for member in members where !isFull {
      let first = violations.count
      let language = primaryLanguage(ofTag: member.name) ?? ""
      if try !isLanguage(language, in: database) {
        refuse("", try Domain.language.refusal(member.name, in: database))
      }
      _ = text(member.value, most: 20_000)
      move(from: first, to: JSONPointer.to(member.name))
    }
    return violations.count == before && !isFull ? .taken : .refused
  }

  /// English is what is said where nothing is, of registries without reference data as well.
  private func isLanguage(
    _ code: String, in database: borrowing Connection
  ) throws(SQLiteError) -> Bool {
    if code == "en" { return true }
    return try Domain.language.code(code, in: database) != nil
  }

  private mutating func list(
    _ value: JSONValue, _ each: (JSONValue, inout Inspection) throws(SQLiteError) -> Verdict
  ) throws(SQLiteError) -> Verdict {
    guard case .array(let items) = value, items.count <= mostAtOnce else {
      return refused("This must be a list of at most \(mostAtOnce).")
    }
    // As they are to be stored; the same array as long as none is to be stored otherwise.
    var checked = items
    var ordered: [JSONValue] = []
    let before = violations.count
    for (index, item) in items.enumerated() where !isFull {
      let first = violations.count
      let verdict = try each(item, &self)
      if case .changed(let other) = verdict { checked[index] = other }
      if violations.count == first, isTwice(checked[index], behind: checked[..<index], &ordered) {
        refuse("", "This stands in the list already.")
      }
      move(from: first, to: JSONPointer.to(index))
    }
    guard violations.count == before, !isFull else { return .refused }
    return checked == items ? .taken : .changed(.array(checked))
  }

  /// True where an item says what one before it does; `ordered` has those before it from the first on whose members
  /// stand in another order than that of their names.
  private func isTwice(
    _ item: JSONValue, behind items: ArraySlice<JSONValue>, _ ordered: inout [JSONValue]
  ) -> Bool {
    if ordered.isEmpty {
      if item.isOrdered { return items.contains(item) }
      ordered = items.map(\.ordered)
    }
    let item = item.ordered
    defer { ordered.append(item) }
    return ordered.contains(item)
  }

  private mutating func object(
    _ value: JSONValue, _ known: [Shape.Member], in database: borrowing Connection
  ) throws(SQLiteError) -> Verdict {
    guard case .object(let members) = value else {
      let names = known.map(\.name).joined(separator: ", ")
      return refused("This must be an object with \(names).")
    }
    let before = violations.count
    // What is stated, as it is to be stored; the same array as long as none is to be stored otherwise.
    var checked = members
    for (index, member) in members.enumerated() where !isFull {
      let first = violations.count
      if let rule = known.first(where: { $0.isNamed(member.name) }) {
        if member.value.isNull { continue }
        if case .changed(let other) = try verdict(member.value, rule.shape, in: database) {
          checked[index].value = other
        }
        if member.name != rule.name { checked[index].name = rule.name }
        if let alias = rule.alias,
          checked[..<index].contains(where: { $0.name == rule.name && !$0.value.isNull })
        {
          refuse("", "The member \(rule.name) stands twice: \(alias) is another name of it.")
        }
      } else {
        let hint = didYouMean(member.name, known.map(\.name))
        refuse("", "There is no member \(quoted(member.name)) here.\(hint)")
      }
      move(from: first, to: JSONPointer.to(member.name))
    }
    for rule in known where rule.isRequired {
      let isThere = members.contains { !$0.value.isNull && rule.isNamed($0.name) }
      if !isThere { refuse(JSONPointer.to(rule.name), "The member \(rule.name) is missing.") }
    }
    if checked.contains(where: \.value.isNull) { checked.removeAll(where: \.value.isNull) }
    if checked.isEmpty, violations.count == before {
      return refused("This object states nothing: leave it out or make it null.")
    }
    guard violations.count == before, !isFull else { return .refused }
    return checked == members ? .taken : .changed(.object(checked))
  }
}
