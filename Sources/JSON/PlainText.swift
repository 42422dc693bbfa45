extension Span<UInt8> {
  /// Where those bytes from `start` on end that a string has unescaped (RFC 8259 §7), and whether they are ASCII.
  func plainText(from start: Int) -> (end: Int, isASCII: Bool) {
    var index = start
    var seen: UInt64 = 0
    while index + 8 <= count {
      // The first byte is the lowest of the word.
      let word = unsafe UInt64(
        littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
      let special = specialBytes(word)
      if special != 0 {
        let bits = special.trailingZeroBitCount & ~7
        return (index + bits / 8, (seen | word & (1 << bits - 1)) & highBits == 0)
      }
      seen |= word
      index += 8
    }
    while index < count, !isSpecial(self[index]) {
      seen |= UInt64(self[index])
      index += 1
    }
    return (index, seen & highBits == 0)
  }
}

private func isSpecial(_ byte: UInt8) -> Bool {
  byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
}

private let ones: UInt64 = 0x0101_0101_0101_0101
private let highBits: UInt64 = 0x8080_8080_8080_8080

/// Has the high bit of the first special byte, and of none before it.
private func specialBytes(_ word: UInt64) -> UInt64 {
  let control = (word &- 0x20 &* ones) & ~word
  let quote = word ^ UInt64(UInt8(ascii: "\"")) &* ones
  let backslash = word ^ UInt64(UInt8(ascii: "\\")) &* ones
  return (control | zeroBytes(quote) | zeroBytes(backslash)) & highBits
}

private func zeroBytes(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
