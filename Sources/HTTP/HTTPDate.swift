#if canImport(Glibc)
  internal import Glibc
#endif

/// RFC 9110 §5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`.
public enum HTTPDate {
  public static func text(secondsSince1970 seconds: Int) -> String {
    var (seconds, parts) = (seconds, unsafe tm())
    unsafe gmtime_r(&seconds, &parts)
    let (day, month) = unsafe (weekdays[Int(parts.tm_wday)], months[Int(parts.tm_mon)])
    let (date, year) = unsafe (two(parts.tm_mday), String(parts.tm_year + 1900))
    let clock = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec]
    let time = clock.map(two).joined(separator: ":")
    let padding = String(repeating: "0", count: max(0, 4 - year.utf8.count))
    return "\(day), \(date) \(month) \(padding)\(year) \(time) GMT"
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
