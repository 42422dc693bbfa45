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

    public static func == (one: Member, other: Member) -> Bool {
      one.name.isSame(as: other.name) && one.value == other.value
    }
  }

  /// True of values that are written alike: texts by their bytes, members in their order.
  public static func == (one: JSONValue, other: JSONValue) -> Bool {
    switch (one, other) {
    case (.null, .null): true
    case (.bool(let one), .bool(let other)): one == other
    case (.integer(let one), .integer(let other)): one == other
    case (.number(let one), .number(let other)): one == other
    case (.string(let one), .string(let other)): one.isSame(as: other)
    case (.array(let one), .array(let other)): one == other
    case (.object(let one), .object(let other)): one == other
    default: false
    }
  }

  public var isNull: Bool { if case .null = self { true } else { false } }

  /// The member of an object with this name.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name.isSame(as: name) }?.value
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
    var places: [[UInt8]: Int]?
    if members.count * changes.count > 4096 {
      places = Dictionary(
        members.indices.lazy.map { (Array(members[$0].name.utf8), $0) },
        uniquingKeysWith: { first, _ in first })
    }
    var new: [Member] = []
    var gone: Set<Int> = []
    for change in changes {
      let index =
        places.map { $0[Array(change.name.utf8)] }
        ?? members.firstIndex { $0.name.isSame(as: change.name) }
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

extension JSONValue {
  /// The same with the members of every object by their names, since their order says nothing (RFC 8259 §1).
  public var ordered: JSONValue {
    switch self {
    case _ where isOrdered: self
    case .array(let items): .array(items.map(\.ordered))
    case .object(let members):
      .object(
        members.map { Member(name: $0.name, value: $0.value.ordered) }
          .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
    default: self
    }
  }

  /// True where that is the order they have.
  public var isOrdered: Bool {
    switch self {
    case .array(let items): items.allSatisfy(\.isOrdered)
    case .object(let members):
      members.indices.allSatisfy { index in
        members[index].value.isOrdered
          && (index == 0
            || members[index - 1].name.utf8.lexicographicallyPrecedes(members[index].name.utf8))
      }
    default: true
    }
  }
}

extension String {
  /// True of the same bytes: to `==`, é is what e with an accent behind it is.
  func isSame(as other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    let (one, other) = (utf8.span, other.utf8.span)
    return one.indices.allSatisfy { one[$0] == other[$0] }
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
