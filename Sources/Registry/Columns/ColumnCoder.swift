internal import JSON
internal import SQLite

/// Turns what rows say of one member into codes.
struct ColumnCoder {
  private let source: ColumnLayout.Source
  private let sets: ValueSets
  private let links: EQFLinks
  private var texts = TextMemo()
  private var numbers: [Numbers: ValueSets.Code] = [:]

  /// The numbers of a range, or bits.
  private struct Numbers: Hashable {
    let first: UInt64
    let second: UInt64
  }

  init(_ source: ColumnLayout.Source, _ sets: ValueSets, _ links: EQFLinks) {
    self.source = source
    self.sets = sets
    self.links = links
  }

  mutating func code(_ row: borrowing Row) -> ValueSets.Code {
    switch source {
    case .text(let column):
      if row.isNull(column) { return ValueSets.notStated }
      if let known = texts.meaning(of: row, column) { return known }
      return remember([.text(row.text(column))], row, column)
    case .json(let column, let terms):
      if row.isNull(column) { return ValueSets.notStated }
      if let known = texts.meaning(of: row, column) { return known }
      // The schema's CHECKs let nothing in that isn't JSON.
      let json = (try? JSONValue(parsing: Array(row.text(column).utf8))) ?? .null
      return remember(terms.values(of: json, links).map(ColumnValue.text), row, column)
    case .flag(let column):
      if row.isNull(column) { return ValueSets.notStated }
      let flag = row.integer(column) != 0
      return code(Numbers(first: flag ? 1 : 0, second: 0)) { [.flag(flag)] }
    case .integer(let column):
      if row.isNull(column) { return ValueSets.notStated }
      let number = row.integer(column)
      return code(Numbers(first: UInt64(bitPattern: number), second: 0)) { [.integer(number)] }
    case .range(let least, let most):
      if row.isNull(least) { return ValueSets.notStated }
      let (low, high) = (row.real(least), row.real(most))
      return code(Numbers(first: low.bitPattern, second: high.bitPattern)) { [.range(low, high)] }
    case .stated(let members):
      var bits: UInt64 = 0
      for index in members.indices where !row.isNull(members[index].column) {
        bits |= 1 << UInt64(index)
      }
      return code(Numbers(first: bits, second: 0)) {
        members.indices.filter { bits & 1 << UInt64($0) != 0 }.map { .text(members[$0].name) }
      }
    }
  }

  private mutating func remember(
    _ values: [ColumnValue], _ row: borrowing Row, _ column: Int
  ) -> ValueSets.Code {
    let code = sets.code(of: values)
    texts.remember(code, of: row, column)
    return code
  }

  private mutating func code(
    _ key: Numbers, _ values: () -> [ColumnValue]
  ) -> ValueSets.Code {
    if let known = numbers[key] { return known }
    let code = sets.code(of: values())
    // Numbers that are hardly alike aren't worth remembering.
    if numbers.count < 1 << 16 { numbers[key] = code }
    return code
  }
}
