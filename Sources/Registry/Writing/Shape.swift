internal import JSON

/// What a member takes when it is written.
indirect enum Shape: Sendable {
  case text(most: Int)
  case slug
  /// `{"en": "…", "de": "…"}`; a bare string is in the request's language.
  case languageMap
  /// A language map, or "none": stated that there is none.
  case languageMapOrNone
  case code(Domain)
  /// One of these, which need no vocabulary to be known.
  case word([String])
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

    func isNamed(_ name: String) -> Bool { name == self.name || name == alias }
  }

  /// Where a fact comes from.
  static let source = Shape.object([
    .init("id", .code(.source)), .init("title", .text(most: 500)),
    .init("publisher", .text(most: 200)), .init("date", .date), .init("url", .uri),
    .init("locator", .text(most: 500)),
  ])
}

extension Noun {
  /// A merge patch whose members have the names that they are stored by.
  func named(_ patch: JSONValue) -> JSONValue {
    guard case .object(var members) = patch else { return patch }
    for index in members.indices {
      guard case .object(let rules)? = field(members[index].name)?.shape,
        case .object(var parts) = members[index].value
      else { continue }
      for rule in rules {
        guard let alias = rule.alias, !parts.contains(where: { $0.name == rule.name }),
          let part = parts.firstIndex(where: { $0.name == alias })
        else { continue }
        parts[part].name = rule.name
      }
      members[index].value = .object(parts)
    }
    return .object(members)
  }
}
