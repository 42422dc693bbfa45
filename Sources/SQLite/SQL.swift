/// A statement's text: literals and what is made of literals, never a string that came from outside.
public struct SQL: ExpressibleByStringLiteral, Sendable, Hashable {
  let text: String

  public init(stringLiteral literal: StaticString) {
    text = literal.description
  }

  private init(text: String) { self.text = text }

  public static func + (left: SQL, right: SQL) -> SQL {
    SQL(text: left.text + " " + right.text)
  }

  public static func += (left: inout SQL, right: SQL) {
    left = left + right
  }

  /// As many `?` as there are values, with commas between.
  public static func placeholders(_ count: Int) -> SQL {
    SQL(text: Array(repeating: "?", count: count).joined(separator: ", "))
  }
}

extension Sequence<SQL> {
  /// The parts in order with `separator` between them.
  public func joined(_ separator: SQL) -> SQL {
    var all: SQL?
    for part in self { all = all.map { $0 + separator + part } ?? part }
    return all ?? ""
  }
}
