internal import CSQLite

#if canImport(Glibc)
  internal import Glibc
#endif

/// What the texts of a column were found to mean, so that each of few distinct ones is read only once.
public struct TextMemo: Sendable {
  /// Beyond these, a column's texts are hardly alike, and are read each for itself.
  private static let most = 1 << 16

  private struct Entry {
    let hash: UInt64
    let start: Int
    let count: Int
    let meaning: UInt32
  }

  private var entries: [Entry] = []
  private var texts: [UInt8] = []
  // Indices of entries, plus one; open addressing, at most half full.
  private var slots = [UInt32](repeating: 0, count: 64)

  public init() {}

  /// What the column's text means; nil where it wasn't met before.
  public func meaning(of row: borrowing Row, _ column: Int) -> UInt32? {
    let text = row.bytes(column)
    let hash = Self.hash(text)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if entry.hash == hash, isText(entry, text) { return entry.meaning }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Keeps what a text means that `meaning` didn't know.
  public mutating func remember(_ meaning: UInt32, of row: borrowing Row, _ column: Int) {
    guard entries.count < Self.most else { return }
    let text = row.bytes(column)
    entries.append(
      Entry(hash: Self.hash(text), start: texts.count, count: text.count, meaning: meaning))
    texts += text
    if entries.count * 2 > slots.count {
      slots = [UInt32](repeating: 0, count: slots.count * 2)
      for index in entries.indices { place(index) }
    } else {
      place(entries.count - 1)
    }
  }

  private mutating func place(_ index: Int) {
    var slot = Int(truncatingIfNeeded: entries[index].hash) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(index + 1)
  }

  private func isText(_ entry: Entry, _ text: UnsafeRawBufferPointer) -> Bool {
    guard entry.count == text.count else { return false }
    guard let start = text.baseAddress else { return true }
    return texts.withUnsafeBytes { kept in
      guard let first = kept.baseAddress else { return false }
      return memcmp(first + entry.start, start, entry.count) == 0
    }
  }

  // Eight bytes at a time, mixed by multiplication. Texts are compared as well, so a collision costs
  // time and nothing else.
  private static func hash(_ text: UnsafeRawBufferPointer) -> UInt64 {
    var hash = UInt64(text.count) &* 0x9E37_79B9_7F4A_7C15
    var index = 0
    while index + 8 <= text.count {
      mix(text.loadUnaligned(fromByteOffset: index, as: UInt64.self), into: &hash)
      index += 8
    }
    var rest: UInt64 = 0
    while index < text.count {
      rest = rest << 8 | UInt64(text[index])
      index += 1
    }
    mix(rest, into: &hash)
    return hash
  }

  private static func mix(_ word: UInt64, into hash: inout UInt64) {
    hash = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
    hash ^= hash >> 32
  }
}

extension Row {
  /// The column's text where SQLite holds it.
  fileprivate func bytes(_ column: Int) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_text(statement, Int32(column))
    return UnsafeRawBufferPointer(
      start: start, count: Int(sqlite3_column_bytes(statement, Int32(column))))
  }
}
