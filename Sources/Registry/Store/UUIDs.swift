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
    // RFC 9562 §4.
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for index in 0..<16 {
      if index == 4 || index == 6 || index == 8 || index == 10 { text.append(UInt8(ascii: "-")) }
      let byte =
        switch index {
        case 0..<6: UInt8(truncatingIfNeeded: place.time >> (40 - 8 * UInt64(index)))
        case 6: 0x70 | UInt8(place.count >> 8)
        case 7: UInt8(truncatingIfNeeded: place.count)
        case 8: 0x80 | random[random.startIndex + 2] & 0x3F
        default: random[random.startIndex + index - 6]
        }
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
