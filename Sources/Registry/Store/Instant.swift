#if canImport(Glibc)
  internal import Glibc
#endif

/// A moment of UTC, in milliseconds since 1970.
public struct Instant: Sendable, Comparable {
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  public static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }

  public static func current() -> Instant {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  /// RFC 3339, with milliseconds only where there are any.
  public var text: String {
    let (days, rest) = milliseconds.quotientAndRemainder(flooringBy: 86_400_000)
    let date = CivilDate(daysSince1970: days)
    let (seconds, fraction) = rest.quotientAndRemainder(dividingBy: 1000)
    var bytes = date.bytes
    bytes.append(seconds / 3600, after: "T", digits: 2)
    bytes.append(seconds / 60 % 60, after: ":", digits: 2)
    bytes.append(seconds % 60, after: ":", digits: 2)
    if fraction != 0 { bytes.append(fraction, after: ".", digits: 3) }
    bytes.append(UInt8(ascii: "Z"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// An RFC 3339 time, or a date, which is its first moment.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 10, let date = CivilDate(String(decoding: bytes[..<10], as: UTF8.self))
    else { return nil }
    var milliseconds = date.daysSince1970 * 86_400_000
    if bytes.count > 10 {
      guard bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
        let time = Self.timeOfDay(bytes[11...])
      else { return nil }
      milliseconds += time
    }
    self.init(milliseconds: milliseconds)
  }

  // RFC 3339 §5.6: hh:mm:ss, a fraction if there is one, and Z or an offset.
  private static func timeOfDay(_ bytes: ArraySlice<UInt8>) -> Int64? {
    let bytes = Array(bytes)
    func number(_ start: Int, below: Int64) -> Int64? {
      guard bytes.count >= start + 2,
        bytes[start..<start + 2].allSatisfy({ (48...57).contains($0) })
      else { return nil }
      let value = Int64(bytes[start] - 48) * 10 + Int64(bytes[start + 1] - 48)
      return value < below ? value : nil
    }
    guard bytes.count >= 9, bytes[2] == 58, bytes[5] == 58, let hours = number(0, below: 24),
      let minutes = number(3, below: 60), let seconds = number(6, below: 61)
    else { return nil }
    var milliseconds = ((hours * 60 + minutes) * 60 + seconds) * 1000
    var index = 8
    if bytes[index] == UInt8(ascii: ".") {
      let digits = bytes[(index + 1)...].prefix { (48...57).contains($0) }
      guard !digits.isEmpty else { return nil }
      for (place, digit) in zip([Int64(100), 10, 1], digits) {
        milliseconds += Int64(digit - 48) * place
      }
      index += 1 + digits.count
    }
    guard index < bytes.count else { return nil }
    switch bytes[index] {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"):
      return index == bytes.count - 1 ? milliseconds : nil
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      guard bytes.count == index + 6, bytes[index + 3] == 58,
        let hours = number(index + 1, below: 24),
        let minutes = number(index + 4, below: 60)
      else { return nil }
      let offset = (hours * 60 + minutes) * 60_000
      return milliseconds + (bytes[index] == UInt8(ascii: "-") ? offset : -offset)
    default: return nil
    }
  }
}

/// A day of the Gregorian calendar.
struct CivilDate {
  let daysSince1970: Int64

  init(daysSince1970: Int64) { self.daysSince1970 = daysSince1970 }

  /// A date written yyyy-mm-dd that the calendar has.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let year = Int64(parts[0]), let month = Int64(parts[1]), let day = Int64(parts[2]),
      (1...12).contains(month), day >= 1
    else { return nil }
    // Counting years from March puts the leap day last; eras are the calendar's 400-year cycles.
    let shifted = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = shifted.quotientAndRemainder(flooringBy: 400)
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(daysSince1970: era * 146_097 + dayOfEra - 719_468)
    guard self.text == text else { return nil }
  }

  /// Whole months from this day to another.
  func months(until day: CivilDate) -> Int {
    let (from, to) = (text.split(separator: "-"), day.text.split(separator: "-"))
    let numbers = zip(to, from).map { (Int($0) ?? 0) - (Int($1) ?? 0) }
    return numbers[0] * 12 + numbers[1] - (numbers[2] < 0 ? 1 : 0)
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  fileprivate var bytes: [UInt8] {
    let (era, dayOfEra) = (daysSince1970 + 719_468).quotientAndRemainder(flooringBy: 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    bytes.append(year, digits: 4)
    bytes.append(month, after: "-", digits: 2)
    bytes.append(day, after: "-", digits: 2)
    return bytes
  }
}

extension [UInt8] {
  /// The number in so many digits, or in more where it takes more.
  fileprivate mutating func append(
    _ number: Int64, after separator: Unicode.Scalar? = nil, digits: Int
  ) {
    if let separator { append(UInt8(ascii: separator)) }
    let text = String(number).utf8
    for _ in 0..<Swift.max(0, digits - text.count) { append(UInt8(ascii: "0")) }
    append(contentsOf: text)
  }
}

extension Int64 {
  fileprivate func quotientAndRemainder(flooringBy divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
