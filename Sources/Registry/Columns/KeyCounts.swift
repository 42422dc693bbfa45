/// Counts by key, for keys too many to have a counter each.
struct KeyCounts: Sendable {
  // A count of 0 is an empty slot; open addressing, at most half full.
  private var keys = [UInt64](repeating: 0, count: 1024)
  private var counts = [UInt32](repeating: 0, count: 1024)
  private var used = 0

  mutating func add(_ key: UInt64, _ count: UInt32 = 1) {
    var slot = first(key)
    while counts[slot] != 0, keys[slot] != key { slot = (slot + 1) & (keys.count - 1) }
    if counts[slot] == 0 {
      keys[slot] = key
      used += 1
    }
    counts[slot] += count
    if used * 2 > keys.count { grow() }
  }

  func each(_ visit: (UInt64, UInt32) -> Void) {
    for slot in keys.indices where counts[slot] != 0 { visit(keys[slot], counts[slot]) }
  }

  // Fibonacci hashing: keys are close to one another, and the multiplier spreads them.
  private func first(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (keys.count - 1)
  }

  private mutating func grow() {
    let old = self
    keys = [UInt64](repeating: 0, count: old.keys.count * 2)
    counts = [UInt32](repeating: 0, count: keys.count)
    used = 0
    old.each { add($0, $1) }
  }
}
