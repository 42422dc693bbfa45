/// How one measure comes out of a group.
struct Figure {
  private let measure: Measure
  /// The place of the measured column in groups.
  private let index: Int?
  private let view: ValueSets.View?
  /// What the column of what else is stated calls the member.
  private let name: UInt32?

  /// `column` is the measured one, and its place in groups.
  init(_ measure: Measure, _ column: (column: Int, index: Int)?, of columns: Columns) {
    self.measure = measure
    index = column?.index
    view = column.map { columns.sets[$0.column].view }
    if case .other(let name)? = measure.member, let column {
      self.name = columns.sets[column.column].index(of: .text(name))
    } else {
      name = nil
    }
  }

  func value(of group: Group) -> Double? {
    let codes = index.map { group.codes[$0] } ?? []
    switch measure.kind {
    case .count: return Double(group.count)
    case .stated: return Double(stated(codes))
    case .share: return Double(stated(codes)) / Double(group.count)
    case .distinct:
      var values = RowSet()
      for (code, _) in codes {
        for value in view?.members(of: code) ?? [] { values.insert(Int64(value)) }
      }
      return Double(values.count)
    case .sum, .average, .minimum, .maximum, .median:
      return number(numbers(codes))
    }
  }

  private func stated(_ codes: [(code: Int, count: Int)]) -> Int {
    codes.reduce(0) { sum, entry in
      let isStated: Bool =
        if case .other? = measure.member {
          name.map { view?.members(of: entry.code).contains($0) ?? false } ?? false
        } else {
          entry.code != ValueSets.notStated
        }
      return isStated ? sum + entry.count : sum
    }
  }

  /// The numbers that are stated, and how often each.
  private func numbers(_ codes: [(code: Int, count: Int)]) -> [(number: Double, count: Int)] {
    guard let view else { return [] }
    return codes.flatMap { entry in
      view.members(of: entry.code).map { (view.values[Int($0)].middle, entry.count) }
    }
  }

  private func number(_ numbers: [(number: Double, count: Int)]) -> Double? {
    let sum = numbers.reduce(0) { $0 + $1.number * Double($1.count) }
    let count = numbers.reduce(0) { $0 + $1.count }
    guard count > 0 else { return measure.kind == .sum ? 0 : nil }
    switch measure.kind {
    case .sum: return sum
    case .average: return sum / Double(count)
    case .minimum: return numbers.map(\.number).min()
    case .maximum: return numbers.map(\.number).max()
    default:
      let sorted = numbers.sorted { $0.number < $1.number }
      return (nth((count - 1) / 2, sorted) + nth(count / 2, sorted)) / 2
    }
  }

  private func nth(_ place: Int, _ sorted: [(number: Double, count: Int)]) -> Double {
    var rest = place
    for (number, count) in sorted {
      if rest < count { return number }
      rest -= count
    }
    return 0
  }
}
