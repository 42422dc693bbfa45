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
}
