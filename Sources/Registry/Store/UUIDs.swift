internal import Synchronization

/// UUIDs of version 7, each above those before it: so a new row's id stands last in its index.
final class UUIDs: Sendable {
  private let last = Mutex(Place(time: 0, count: 0))

  private struct Place {
    /// In milliseconds since 1970.
    var time: UInt64
    /// How many came in it (RFC 9562 §6.2, method 1).
    var count: UInt16
  }

  /// The next one, of 10 random bytes.
  func next(at instant: Instant, random: ArraySlice<UInt8>) -> String {
    let start = UInt16(random[random.startIndex]) << 3
    let place = last.withLock { last in
      let now = UInt64(bitPattern: instant.milliseconds)
      if now > last.time {
        last = Place(time: now, count: start)
      } else if last.count < 0xFFF {
        last.count += 1
      } else {
        // More than a millisecond has numbers for: the next one's are taken ahead.
        last = Place(time: last.time + 1, count: start)
      }
      return last
    }
    let high = [0x70 | UInt8(place.count >> 8), UInt8(truncatingIfNeeded: place.count)]
    let low = random.dropFirst(2)
    return text(
      (0..<6).map { UInt8(truncatingIfNeeded: place.time >> (40 - 8 * UInt64($0))) } + high
        + [0x80 | low[low.startIndex] & 0x3F] + low.dropFirst())
  }

  /// RFC 9562 §4.
  private func text(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for (place, byte) in bytes.enumerated() {
      if place == 4 || place == 6 || place == 8 || place == 10 { text.append(UInt8(ascii: "-")) }
      text.append(hexDigits[Int(byte >> 4)])
      text.append(hexDigits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

private let hexDigits = Array("0123456789abcdef".utf8)

/// True of a UUID as RFC 9562 §4 writes it.
func isUUID(_ text: String) -> Bool {
  let groups = text.lowercased().utf8.split(
    separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
  return groups.map(\.count) == [8, 4, 4, 4, 12]
    && groups.joined().allSatisfy(hexDigits.contains)
}
