/// Any JSON value; an object keeps the order of its members.
public enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  /// A number without fraction and exponent that fits.
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  public struct Member: Equatable, Sendable {
    public var name: String
    public var value: JSONValue

    public init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  public var isNull: Bool { if case .null = self { true } else { false } }

  /// The member of an object with this name.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The value as compact JSON text.
  public var bytes: [UInt8] {
    var writer = JSONWriter(capacity: 256)
    writer.value(self)
    return writer.bytes
  }

  /// RFC 7396: this value after a merge patch.
  public func merged(with patch: JSONValue) -> JSONValue {
    guard case .object(let changes) = patch else { return patch }
    var members: [Member] = if case .object(let members) = self { members } else { [] }
    // Names are looked up one after another until there are many.
    var places: [String: Int]?
    if members.count * changes.count > 4096 {
      places = Dictionary(
        members.indices.lazy.map { (members[$0].name, $0) }, uniquingKeysWith: { first, _ in first }
      )
    }
    var new: [Member] = []
    var gone: Set<Int> = []
    for change in changes {
      let index = places.map { $0[change.name] } ?? members.firstIndex { $0.name == change.name }
      switch (change.value, index) {
      case (.null, let index?): gone.insert(index)
      case (.null, nil): break
      case (let value, let index?): members[index].value = members[index].value.merged(with: value)
      case (let value, nil):
        new.append(Member(name: change.name, value: JSONValue.null.merged(with: value)))
      }
    }
    if !gone.isEmpty {
      members = members.indices.lazy.filter { !gone.contains($0) }.map { members[$0] }
    }
    return .object(members + new)
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral
{
  public init(stringLiteral text: String) { self = .string(text) }
  public init(integerLiteral number: Int64) { self = .integer(number) }
  public init(booleanLiteral bool: Bool) { self = .bool(bool) }
}

/// RFC 6901 pointers, as text.
public enum JSONPointer {
  /// From an object to its member with this name.
  public static func to(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
      return "/" + name
    }
    var escaped = "/"
    for character in name.unicodeScalars {
      switch character {
      case "~": escaped += "~0"
      case "/": escaped += "~1"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  /// From an array to its item at this index.
  public static func to(_ index: Int) -> String { "/\(index)" }
}
