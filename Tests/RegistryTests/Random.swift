/// Numbers that are the same for the same seed.
struct Random {
  private var state: UInt64
  init(_ seed: Int) { state = UInt64(seed) }

  mutating func below(_ bound: Int) -> Int {
    // A linear congruential generator, with Knuth's constants for MMIX.
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
}
