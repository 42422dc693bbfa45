/// A statement's text: literals and what is made of literals, never a string that came from outside.
public struct SQL: ExpressibleByStringLiteral, Sendable {
  let text: String
  // A statement of a thousand bytes is looked up for each item that is read or written: its length and its end tell
  // statements apart well enough to hash by, and are looked at only once.
  private let ending: UInt64

  public init(stringLiteral literal: StaticString) {
    self.init(text: literal.description)
  }

  fileprivate init(text: String) {
    self.text = text
    let bytes = text.utf8.span
    var ending: UInt64 = 0
    for index in max(0, bytes.count - 8)..<bytes.count {
      ending = ending << 8 | UInt64(bytes[index])
    }
    self.ending = ending
  }

  public static func + (left: SQL, right: SQL) -> SQL {
    SQL(text: left.text + " " + right.text)
  }

  public static func += (left: inout SQL, right: SQL) {
    left = left + right
  }

  /// A whole number, which can say nothing else.
  public static func number(_ number: Int64) -> SQL { SQL(text: String(number)) }

  /// The first so many columns of the table `lent`.
  public static func lent(_ count: Int) -> SQL {
    SQL(text: (0..<count).map { "v\($0)" }.joined(separator: ", "))
  }

  /// As many `?` as there are values, with commas between.
  public static func placeholders(_ count: Int) -> SQL {
    SQL(text: Array(repeating: "?", count: count).joined(separator: ", "))
  }
}

extension SQL: Hashable {
  public static func == (one: SQL, other: SQL) -> Bool {
    one.ending == other.ending && one.text == other.text
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(ending ^ UInt64(text.utf8.count))
  }
}

extension Sequence<SQL> {
  /// The parts in order with `separator` between them.
  public func joined(_ separator: SQL) -> SQL {
    SQL(text: map(\.text).joined(separator: " " + separator.text + " "))
  }
}
