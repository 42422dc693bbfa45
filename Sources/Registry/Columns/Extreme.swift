internal import SQLite

extension Scan {
  /// The first value of a sort key that one of `rows` has, in ascending or descending order, so that a walk
  /// along the key's index can begin there; nil where it begins at the index's end, or the columns can't say.
  func first(of field: Field, in rows: RowSet, isDescending: Bool) -> Value? {
    switch field.filter {
    case .range: firstNumber(field, rows, isDescending)
    case .instant: firstMoment(field, rows, isDescending)
    default: nil
    }
  }

  private func firstNumber(_ field: Field, _ rows: RowSet, _ isDescending: Bool) -> Value? {
    guard let column = columns.layout.index(field.parameter) else { return nil }
    let view = columns.sets[column].view
    var found: Double?
    var hasNull = false
    Tally([column], of: columns, rows).each { code, _ in
      if Int(code) == ValueSets.notStated { hasNull = true }
      for member in view.members(of: Int(code)) {
        guard case .range(let low, _) = view.values[Int(member)] else { continue }
        found = found.map { isDescending ? max($0, low) : min($0, low) } ?? low
      }
    }
    // NULL sorts first.
    return hasNull && !isDescending ? nil : found.map(Value.real)
  }

  private func firstMoment(_ field: Field, _ rows: RowSet, _ isDescending: Bool) -> Value? {
    guard let column = columns.layout.moments.firstIndex(where: { $0.field.name == field.name })
    else { return nil }
    var found: Int64?
    // Only a filter of the same member leaves what is far from the index's end.
    guard tests.contains(where: { $0.member == field.parameter }) else { return nil }
    for number in rows.numbers {
      let (place, index) = Int(number).quotientAndRemainder(dividingBy: Columns.segmentSize)
      let moment = columns.segments[place].moments[column][index]
      found = found.map { isDescending ? max($0, moment) : min($0, moment) } ?? moment
    }
    return found == .min ? nil : found.map(Value.integer)
  }
}
