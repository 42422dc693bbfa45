/// RFC 3986 §3.2 without userinfo, which RFC 9110 §4.2.4 forbids in a request: a host that isn't empty,
/// and a port if there is one.
func isAuthority(_ bytes: Span<UInt8>) -> Bool {
  var end = bytes.count
  while end > 0, bytes[end - 1].isDigit { end -= 1 }
  if end > 0, bytes[end - 1] == UInt8(ascii: ":") { end -= 1 } else { end = bytes.count }
  guard end > 0 else { return false }
  guard bytes[0] == UInt8(ascii: "[") else { return isRegisteredName(bytes.extracting(0..<end)) }
  guard end > 2, bytes[end - 1] == UInt8(ascii: "]") else { return false }
  let literal = bytes.extracting(1..<(end - 1))
  return isIPv6(literal) || isFutureAddress(literal)
}

// RFC 3986 §3.2.2: reg-name, which an IPv4 address is, too.
private func isRegisteredName(_ bytes: Span<UInt8>) -> Bool {
  var index = 0
  while index < bytes.count {
    if bytes[index] == UInt8(ascii: "%") {
      guard index + 2 < bytes.count, bytes[index + 1].hexadecimal != nil,
        bytes[index + 2].hexadecimal != nil
      else { return false }
      index += 3
    } else {
      guard bytes[index].isUnreserved || bytes[index].isSubDelimiter else { return false }
      index += 1
    }
  }
  return true
}

// RFC 3986 §3.2.2: eight groups of up to four digits; `::` stands for one or more of them, once, and an
// IPv4 address for the last two.
private func isIPv6(_ bytes: Span<UInt8>) -> Bool {
  let colon = UInt8(ascii: ":")
  var groups = 0
  var hasGap = bytes.count >= 2 && bytes[0] == colon && bytes[1] == colon
  var index = hasGap ? 2 : 0
  while index < bytes.count {
    let start = index
    while index < bytes.count, bytes[index].hexadecimal != nil { index += 1 }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      guard isIPv4(bytes.extracting(start..<bytes.count)) else { return false }
      groups += 2
      break
    }
    guard (1...4).contains(index - start) else { return false }
    groups += 1
    if index == bytes.count { break }
    guard bytes[index] == colon, index + 1 < bytes.count else { return false }
    index += 1
    if bytes[index] == colon {
      guard !hasGap else { return false }
      hasGap = true
      index += 1
    }
  }
  return hasGap ? groups < 8 : groups == 8
}

private func isIPv4(_ bytes: Span<UInt8>) -> Bool {
  let parts = array(bytes).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  return parts.count == 4
    && parts.allSatisfy { part in
      guard (1...3).contains(part.count), part.allSatisfy(\.isDigit) else { return false }
      let isPlain = part.count == 1 || part.first != UInt8(ascii: "0")
      return isPlain && part.reduce(0) { $0 * 10 + Int($1 & 15) } <= 255
    }
}

// RFC 3986 §3.2.2: IPvFuture, v1.anything.
private func isFutureAddress(_ bytes: Span<UInt8>) -> Bool {
  guard bytes.count >= 4, bytes[0].lowercased == UInt8(ascii: "v") else { return false }
  var index = 1
  while index < bytes.count, bytes[index].hexadecimal != nil { index += 1 }
  guard index > 1, index + 1 < bytes.count, bytes[index] == UInt8(ascii: ".") else { return false }
  for index in (index + 1)..<bytes.count {
    let byte = bytes[index]
    guard byte.isUnreserved || byte.isSubDelimiter || byte == UInt8(ascii: ":") else {
      return false
    }
  }
  return true
}
