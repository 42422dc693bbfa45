internal import JSON

extension Sheet {
  /// What a column's cells speak of.
  enum Column {
    case leftOut
    /// Says which item the row is of, where that is there.
    case id(Field)
    case member(Field)
    case language(Field, String)
    case part(Field, Shape.Member)
  }
}

extension Sheet.Column {
  /// Nil for what names neither a member of `noun` nor a part of one.
  init?(_ name: String, of noun: Noun) {
    if name == "-" || name.isEmpty {
      self = .leftOut
    } else if let field = noun.field(name) {
      self = name == "id" ? .id(field) : field.shape == nil ? .leftOut : .member(field)
    } else {
      guard let dot = name.lastIndex(of: "."), let field = noun.field(String(name[..<dot])) else {
        return nil
      }
      let part = String(name[name.index(after: dot)...])
      switch field.shape {
      case .languageMap, .languageMapOrNone: self = .language(field, part)
      case .object(let members):
        guard let member = members.first(where: { $0.name == part }) else { return nil }
        self = .part(field, member)
      default: return nil
      }
    }
  }

  /// The members of `noun` that a row may say, and their parts.
  static func names(of noun: Noun) -> [String] {
    noun.members.flatMap { member -> [String] in
      guard let shape = member.shape else { return [] }
      guard case .object(let parts) = shape else { return [member.name] }
      return [member.name] + parts.map { "\(member.name).\($0.name)" }
    }
  }

  var field: Field? {
    switch self {
    case .leftOut: nil
    case .id(let field), .member(let field), .language(let field, _), .part(let field, _): field
    }
  }

  var isPart: Bool {
    switch self {
    case .leftOut, .id, .member: false
    case .language, .part: true
    }
  }

  /// What it says, where bare texts are in `language`; nil where it says nothing.
  func place(_ language: String) -> String? {
    switch self {
    case .leftOut: return nil
    case .id(let field): return field.name
    case .member(let field):
      guard field.shape?.isLanguageMap == true else { return field.name }
      return "\(field.name).\(language)"
    case .language(let field, let language): return "\(field.name).\(language)"
    case .part(let field, let member): return "\(field.name).\(member.name)"
    }
  }

  /// True where `text` says all that its member is, as `value`: not of a part or of one language.
  func says(_ value: JSONValue, whole text: String) -> Bool {
    guard case .member(let field) = self, case .object = value else { return false }
    return field.shape?.isLanguageMap != true || text.first == "{"
  }

  /// True where `cell` is how Cairn's own CSV shows the member's value; of a text in several languages it may show any.
  ///
  /// Such a cell says nothing new, also where its words would be read as something else.
  func shows(_ value: JSONValue, as cell: [UInt8]) -> Bool {
    guard case .member(let field) = self, !cell.isEmpty, let shape = field.shape else {
      return false
    }
    switch (shape, value) {
    case (_, .string(let text)): return isShown(text, in: cell)
    case (.languageMap, .object(let texts)), (.languageMapOrNone, .object(let texts)):
      return texts.contains { member in
        if case .string(let text) = member.value { isShown(text, in: cell) } else { false }
      }
    case (.uris, .array(let items)): return isShown(listed(items), in: cell)
    default: return false
    }
  }

  private func isShown(_ text: String, in cell: [UInt8]) -> Bool {
    if text.utf8.elementsEqual(cell) { return true }
    return cell[0] == UInt8(ascii: "'") && text.utf8.first.map(isFormula) == true
      && text.utf8.elementsEqual(cell.dropFirst())
  }
}

/// True of what a spreadsheet would run a text for that begins with it: Cairn's own CSV puts an apostrophe before it.
func isFormula(_ byte: UInt8) -> Bool { "=+-@\t\r".utf8.contains(byte) }
