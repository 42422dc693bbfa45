/// What a way still costs; what isn't stated weighs more than anything that is.
struct Effort: Comparable {
  /// Steps whose hours, or price, nobody states.
  var unknown = 0
  var amount = 0.0
  var steps = 0

  static let none = Effort()

  static func < (left: Effort, right: Effort) -> Bool {
    if left.unknown != right.unknown { return left.unknown < right.unknown }
    if left.amount != right.amount { return left.amount < right.amount }
    return left.steps < right.steps
  }

  static func + (left: Effort, right: Effort) -> Effort {
    Effort(
      unknown: left.unknown + right.unknown, amount: left.amount + right.amount,
      steps: left.steps + right.steps)
  }
}
