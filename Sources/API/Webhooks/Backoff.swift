/// How long a message waits that wasn't taken.
enum Backoff {
  private static let seconds: [Int64] = [5, 30, 120, 900, 3600, 14_400, 43_200, 86_400]

  /// In milliseconds, after so many attempts; nil where there has been the last one.
  ///
  /// `chance`, any byte, makes it up to a fifth shorter or longer: so receivers that failed together aren't all
  /// tried together.
  static func delay(after attempts: Int, chance: UInt8) -> Int64? {
    guard (1...seconds.count).contains(attempts) else { return nil }
    return seconds[attempts - 1] * (800 + 400 * Int64(chance) / 255)
  }
}
