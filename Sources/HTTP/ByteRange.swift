internal import HTTPTypes

/// How much of a representation is asked for (RFC 9110 §14.2).
public enum ByteRange: Sendable, Equatable {
  case whole
  case part(Range<Int>)
  /// 416: nothing of it is there.
  case unsatisfiable
}

extension Request {
  /// What the request wants of a representation of `count` bytes that has this tag.
  ///
  /// One range is answered; several are passed over as a range that can't be read is, so the whole is (§14.2). So it
  /// is where If-Range names another tag, or a date, which isn't strong enough to say that bytes are the same (§13.1.5).
  public func range(of count: Int, at tag: EntityTag) -> ByteRange {
    guard method == .get, let text = self[.range] else { return .whole }
    if let condition = self[.ifRange] {
      guard condition != "*", Precondition(condition)?.matchesStrongly(tag) == true else {
        return .whole
      }
    }
    let parts = text.parts(at: "=")
    guard parts.count == 2, String(parts[0]).lowercasedASCII == "bytes" else { return .whole }
    let ends = parts[1].split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2 else { return .whole }
    switch (position(ends[0]), position(ends[1])) {
    case (let first?, let last?) where first <= last:
      return part(first, min(last, count - 1), count)
    case (let first?, nil) where ends[1].isEmpty: return part(first, count - 1, count)
    // The last so many bytes, or all that there are.
    case (nil, let length?) where ends[0].isEmpty:
      return length == 0 ? .unsatisfiable : part(max(0, count - length), count - 1, count)
    default: return .whole
    }
  }
}

private func part(_ first: Int, _ last: Int, _ count: Int) -> ByteRange {
  first < count ? .part(first..<last + 1) : .unsatisfiable
}

// A number that doesn't fit lies behind the end of anything.
private func position(_ text: Substring) -> Int? {
  guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
  return Int(text) ?? .max
}
