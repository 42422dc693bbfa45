internal import SQLite

// What a filter's range means in the words of columns.

extension Conditions {
  mutating func range(
    _ field: Field, _ low: String?, _ high: String?, on noun: Noun
  ) -> (SQL, [Value])? {
    switch field.filter {
    case .range(let least, let most):
      guard let bounds = bounds(field, low, high, { finite($0).map(Value.real) }, "a number")
      else { return nil }
      return overlap(least, most, bounds)
    case .integer:
      guard
        let bounds = bounds(field, low, high, { Int64($0).map(Value.integer) }, "a whole number")
      else { return nil }
      return overlap(field.column, field.column, bounds)
    case .instant:
      let read: (String) -> Value? = { Instant($0).map { .integer($0.milliseconds) } }
      let name = "a date (2026-11-24) or an RFC 3339 time"
      guard bounds(field, low, high, read, name) != nil else { return nil }
      let bounds = momentBounds(low, high)
      return overlap(
        field.column, field.column, (bounds.low.map(Value.integer), bounds.high.map(Value.integer)))
    case .term(let member, _, ordered: true, _):
      guard
        let bounds = bounds(
          field, low, high, { Int64($0).map { .text(String($0)) } }, "a whole number")
      else { return nil }
      guard let terms = noun.terms else { return ("FALSE", []) }
      let (between, values) = overlap("value", "value", bounds)
      let rows: SQL = "(SELECT item FROM" + terms + "WHERE member =" + member
      return (noun.key + "IN" + rows + "AND" + between + ")", values)
    default:
      refuse(field, "This member has no order, so it takes no range.")
      return nil
    }
  }

  private mutating func bounds(
    _ field: Field, _ low: String?, _ high: String?, _ read: (String) -> Value?, _ what: String
  ) -> (Value?, Value?)? {
    for text in [low, high].compactMap(\.self) where read(text) == nil {
      refuse(field, "\(quoted(text)) isn't \(what).")
      return nil
    }
    return (low.flatMap(read), high.flatMap(read))
  }

  private func overlap(
    _ least: SQL, _ most: SQL, _ bounds: (Value?, Value?)
  ) -> (SQL, [Value]) {
    switch bounds {
    case (let low?, let high?): (most + ">= ? AND" + least + "<= ?", [low, high])
    case (let low?, nil): (most + ">= ?", [low])
    case (nil, let high?): (least + "<= ?", [high])
    case (nil, nil): (least + "IS NOT NULL", [])
    }
  }
}

/// The number that the text is; nil for what is none, too, though a `Double` may hold it: nan, inf, 1e999.
public func finite(_ text: String) -> Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }

/// The first and the last millisecond that two bounds mean: a date as the upper one means the whole of
/// that day.
func momentBounds(_ low: String?, _ high: String?) -> (low: Int64?, high: Int64?) {
  let last = high.flatMap { Instant($0)?.milliseconds }
  return (
    low.flatMap { Instant($0)?.milliseconds },
    last.map { high?.utf8.count == 10 ? $0 + 86_399_999 : $0 }
  )
}
