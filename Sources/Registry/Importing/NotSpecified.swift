internal import JSON

/// How a sheet's rows speak of what isn't specified: cell by cell, where JSON has the whole list.
struct NotSpecified {
  /// Members that have a value whatever a row says: of these, NS says no more than a blank cell.
  private let filled: [String]

  /// Nil where items have no such list.
  init?(of noun: Noun, by role: Key.Role) {
    guard noun.field(Self.name) != nil else { return nil }
    var filled = ["id", Self.name, "slug", "kind", "status"]
    // An admin may leave it open whose a credential is.
    if case .provider = role { filled.append("provider") }
    self.filled = filled
  }

  private static let name = "not_specified"

  /// The row with the list of it: the row's own, or else that of the item that is there, without what has a value now,
  /// and with what is NS.
  func settled(_ row: JSONValue, adding unspecified: [String], over item: JSONValue?) -> JSONValue {
    let before: [JSONValue]
    switch row[Self.name] ?? item?[Self.name] {
    case .array(let names)?: before = names
    case nil, .null?: before = []
    // What is no list is refused by its shape.
    default: return row
    }
    if before.isEmpty, unspecified.isEmpty { return row }
    let hasDivision = (row["nace"] ?? item?["nace"] ?? .null) != .null
    func isStated(_ name: String) -> Bool {
      // A division says the sector.
      (row[name] ?? .null) != .null || name == "sector" && hasDivision
    }
    var names = before.filter { name in
      if case .string(let name) = name { !isStated(name) } else { true }
    }
    for name in unspecified
    where !isStated(name) && !filled.contains(name) && !names.contains(.string(name)) {
      names.append(.string(name))
    }
    return names == before
      ? row : row.replacing(Self.name, with: names.isEmpty ? .null : .array(names))
  }
}

extension JSONValue {
  fileprivate func replacing(_ name: String, with value: JSONValue) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { $0.name != name } + [.init(name: name, value: value)])
  }
}
