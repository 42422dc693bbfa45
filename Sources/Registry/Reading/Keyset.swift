internal import Crypto
internal import JSON
internal import SQLite

/// The order of a list, and the place in it where a page ended.
///
/// A page begins after the sort keys of the item before it, not after a number of rows, so it neither
/// repeats nor loses an item when others come and go. NULL sorts first, as in SQLite.
struct Keyset {
  private struct Key {
    let name: String
    let column: SQL
    let isDescending: Bool
  }

  private let keys: [Key]

  /// Of rows that all of `order` has alike, those with the greatest key come first where `keyDescends`; else the
  /// first key tells.
  init(_ order: [Query.Order], on noun: Noun, keyDescends: Bool? = nil) {
    var keys: [Key] = []
    for order in order {
      guard let column = order.field.sort else { continue }
      keys.append(Key(name: order.field.name, column: column, isDescending: order.isDescending))
    }
    let isDescending = keyDescends ?? keys.first?.isDescending ?? false
    keys.append(Key(name: "", column: noun.key, isDescending: isDescending))
    self.keys = keys
  }

  var columns: [SQL] { keys.map(\.column) }

  var order: SQL { keys.map { $0.isDescending ? $0.column + "DESC" : $0.column }.joined(",") }

  private var signature: String {
    keys.map { ($0.isDescending ? "-" : "") + $0.name }.joined(separator: ",")
  }

  func cursor(after values: [Value]) -> String {
    let parts = values.map { value -> JSONValue in
      switch value {
      case .null, .blob: .null
      case .integer(let number): .integer(number)
      case .real(let number): .number(number)
      case .text(let text): .string(text)
      }
    }
    return Self.cursor(of: [.string(signature)] + parts)
  }

  /// What a cursor carries, as text that needs no escaping in a URI.
  static func cursor(of parts: [JSONValue]) -> String {
    Base64URL.encode(JSONValue.array(parts).bytes)
  }

  static func parts(of cursor: String) -> [JSONValue]? {
    guard let bytes = Base64URL.decode(cursor),
      case .array(let parts)? = try? JSONValue(parsing: bytes)
    else { return nil }
    return parts
  }

  /// What a row's number can be, so that the next one is a number, too.
  static let numbers = 0..<Int64.max

  /// What is said of a cursor that another question gave, or nobody.
  static let strange = RegistryError.badQuery([
    Violation(
      .parameter("cursor"),
      "This cursor belongs to no list with this sort: take it from `next`, and keep `sort` as it was."
    )
  ])

  /// The values of the row that `cursor` names, key by key.
  func values(of cursor: String?) throws(RegistryError) -> [Value]? {
    guard let cursor else { return nil }
    guard let values = row(of: cursor) else { throw Self.strange }
    return values
  }

  /// The same where the last key is a row's number.
  func rowValues(of cursor: String?) throws(RegistryError) -> [Value]? {
    let values = try values(of: cursor)
    if let values {
      guard case .integer(let number)? = values.last, Self.numbers.contains(number) else {
        throw Self.strange
      }
    }
    return values
  }

  /// What holds of the rows after the one with these values, in parts of which each is a walk along one stretch of
  /// the first key's index; the order of the parts is the list's.
  func clauses(after values: [Value]?) -> [(SQL, [Value])] {
    guard let values else { return [("TRUE", [])] }
    let (after, bound) = rows(after: values)
    guard keys.count > 1 else { return [(after, bound)] }
    let first = keys[0]
    // NULLs are a stretch of their own, the first of an ascending list and the last of a descending one.
    switch (first.isDescending, values[0]) {
    case (false, .null):
      return [
        (first.column + "IS NULL AND (" + after + ")", bound), (first.column + "IS NOT NULL", []),
      ]
    case (true, .null): return [(first.column + "IS NULL AND (" + after + ")", bound)]
    case (false, let value):
      return [(first.column + ">= ? AND (" + after + ")", [value] + bound)]
    case (true, let value):
      return [
        (first.column + "<= ? AND (" + after + ")", [value] + bound),
        (first.column + "IS NULL", []),
      ]
    }
  }

  /// The number that `cursor` names in a list whose only key is a number.
  func number(of cursor: String?) throws(RegistryError) -> Int64? {
    guard let values = try rowValues(of: cursor) else { return nil }
    guard keys.count == 1, case .integer(let number) = values[0] else { throw Self.strange }
    return number
  }

  private func rows(after values: [Value]) -> (SQL, [Value]) {
    var alternatives: [SQL] = []
    var bound: [Value] = []
    for (index, key) in keys.enumerated() {
      var clause: [SQL] = []
      for (key, value) in zip(keys, values).prefix(index) {
        clause.append(key.column + "IS ?")
        bound.append(value)
      }
      switch (key.isDescending, values[index]) {
      case (false, .null): clause.append(key.column + "IS NOT NULL")
      case (true, .null): clause.append("FALSE")
      case (false, let value):
        clause.append(key.column + "> ?")
        bound.append(value)
      case (true, let value):
        clause.append("(" + key.column + "< ? OR" + key.column + "IS NULL)")
        bound.append(value)
      }
      alternatives.append("(" + clause.joined("AND") + ")")
    }
    return (alternatives.joined("OR"), bound)
  }

  private func row(of cursor: String) -> [Value]? {
    guard let parts = Self.parts(of: cursor), parts.count == keys.count + 1,
      parts[0] == .string(signature)
    else { return nil }
    var values: [Value] = []
    for part in parts.dropFirst() {
      switch part {
      case .null: values.append(.null)
      case .integer(let number): values.append(.integer(number))
      case .number(let number): values.append(.real(number))
      case .string(let text): values.append(.text(text))
      default: return nil
      }
    }
    return values
  }
}
