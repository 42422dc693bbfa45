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

  init(_ order: [Query.Order], on noun: Noun) {
    var keys: [Key] = []
    for order in order {
      guard let column = order.field.sort else { continue }
      keys.append(Key(name: order.field.name, column: column, isDescending: order.isDescending))
    }
    keys.append(Key(name: "", column: noun.key, isDescending: keys.first?.isDescending ?? false))
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

  /// What holds of the rows after the one that `cursor` names, in parts of which each is a walk along one
  /// stretch of the first key's index; the order of the parts is the list's.
  func clauses(after cursor: String?) throws(RegistryError) -> [(SQL, [Value])] {
    guard let cursor else { return [("TRUE", [])] }
    guard let values = values(of: cursor) else { throw Self.strange }
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

  /// The first key and the number of the row that `cursor` names.
  func place(of cursor: String?) throws(RegistryError) -> (key: Value, number: Int64)? {
    guard let cursor else { return nil }
    guard let values = values(of: cursor), case .integer(let number)? = values.last else {
      throw Self.strange
    }
    return (values[0], number)
  }

  /// The number that `cursor` names in a list whose only key is a number.
  func number(of cursor: String?) throws(RegistryError) -> Int64? {
    guard let cursor else { return nil }
    guard keys.count == 1, case .integer(let number)? = values(of: cursor)?[0],
      Self.numbers.contains(number)
    else { throw Self.strange }
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

  private func values(of cursor: String) -> [Value]? {
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
