/// What a way still costs; what isn't stated weighs more than anything that is.
struct Effort: Comparable {
  /// Steps whose hours, or price, nobody states.
  var unknown = 0.0
  var amount = 0.0
  /// Decides between equals: the hours, or the steps where hours are what counts.
  var rest = 0.0

  static let none = Effort()

  static func < (left: Effort, right: Effort) -> Bool {
    if left.unknown != right.unknown { return left.unknown < right.unknown }
    if left.amount != right.amount { return left.amount < right.amount }
    return left.rest < right.rest
  }

  static func + (left: Effort, right: Effort) -> Effort {
    Effort(
      unknown: left.unknown + right.unknown, amount: left.amount + right.amount,
      rest: left.rest + right.rest)
  }

  static func * (left: Effort, part: Double) -> Effort {
    Effort(unknown: left.unknown * part, amount: left.amount * part, rest: left.rest * part)
  }

  /// This as a bound from below of a plan's effort, whose unknown steps are a whole number: parts of one are
  /// rounded up, and then nothing is known of the rest; what calculation blurs is rounded down.
  var asBound: Effort {
    let blur = 1e-6
    let whole = max(0, (unknown - blur).rounded(.up))
    guard abs(whole - unknown) < blur else { return Effort(unknown: whole) }
    return Effort(unknown: whole, amount: amount - blur, rest: rest - blur)
  }
}
