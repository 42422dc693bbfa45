/// Finds a name among a few that are known.
///
/// They differ by their lengths and a few letters, so that this takes less than to hash them as a whole.
struct NameTable: Sendable {
  private let names: [String]
  /// By the letters' sum: a name's place, or -1.
  private var slots: [Int]

  /// `names` has none twice but the empty one, which isn't found.
  init(_ names: [String]) {
    self.names = names
    var size = 16
    while size < 4 * names.count { size *= 2 }
    slots = Array(repeating: -1, count: size)
    for (place, name) in names.enumerated() where !name.isEmpty {
      var slot = slot(of: name)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = place
    }
  }

  /// The place of `name` among the names.
  func place(of name: String) -> Int? {
    if name.isEmpty { return nil }
    var slot = slot(of: name)
    while slots[slot] >= 0 {
      if names[slots[slot]] == name { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func slot(of name: String) -> Int {
    let bytes = name.utf8.span
    let (last, middle) = (bytes.count - 1, bytes.count / 2)
    let sum = bytes.count + 7 * Int(bytes[0]) + 31 * Int(bytes[last]) + 3 * Int(bytes[middle])
    return sum & (slots.count - 1)
  }
}
