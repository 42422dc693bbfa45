/// What a request is for: RFC 9112 §3.2, with the path brought to normal form (RFC 3986 §6.2.2).
public struct Target: Sendable, Equatable {
  /// The path's segments, decoded and without dot-segments; `["v1", "countries"]` for /v1/countries,
  /// with an empty last one where the path ends in a slash.
  public let segments: [String]
  /// The path as it was sent.
  public let path: String
  /// What follows the question mark as it was sent; nil without one.
  public let query: String?
  /// True for `*`, which stands for the server as a whole.
  public let isAsterisk: Bool

  /// A target of this program's own making; nil where it isn't a path and a query in their normal form.
  public init?(_ text: String) {
    guard text.utf8.first == UInt8(ascii: "/") else { return nil }
    try? self.init(Array(text.utf8).span, isSecure: false)
  }

  private init(segments: [String], path: String, query: String?, isAsterisk: Bool) {
    self.segments = segments
    self.path = path
    self.query = query
    self.isAsterisk = isAsterisk
  }

  /// Reads the target of a request that isn't CONNECT's, already known to be printable ASCII.
  init(_ bytes: Span<UInt8>, isSecure: Bool) throws(Refusal) {
    if bytes.count == 1, bytes[0] == UInt8(ascii: "*") {
      (segments, path, query, isAsterisk) = ([], "*", nil, true)
      return
    }
    let start = try Self.pathStart(in: bytes, isSecure: isSecure)
    var question = bytes.count
    for index in start..<bytes.count {
      if bytes[index] == UInt8(ascii: "#") {
        throw .malformed("A request target has no fragment (RFC 9112 §3.2).")
      }
      // What must be encoded breaks out of <> and quotes where a target is said again.
      guard bytes[index].isInURI else {
        throw .malformed(
          "The target has a character that must be percent-encoded (RFC 3986 §2): one of \"<>[]\\^`{|}."
        )
      }
      if bytes[index] == UInt8(ascii: "?"), question == bytes.count { question = index }
    }
    query = question < bytes.count ? text(bytes.extracting((question + 1)..<bytes.count)) : nil
    path = start < question ? text(bytes.extracting(start..<question)) : "/"
    segments = try Self.segments(of: path)
    isAsterisk = false
  }

  // RFC 9112 §3.2.2: the absolute form names the server, too; which one it is doesn't matter here.
  private static func pathStart(
    in bytes: Span<UInt8>, isSecure: Bool
  ) throws(Refusal) -> Int {
    if bytes[0] == UInt8(ascii: "/") { return 0 }
    for scheme in ["http://", "https://"] where starts(bytes, with: scheme) {
      var index = scheme.utf8.count
      let authority = index
      while index < bytes.count, bytes[index] != UInt8(ascii: "/"),
        bytes[index] != UInt8(ascii: "?")
      {
        index += 1
      }
      guard isAuthority(bytes.extracting(authority..<index)) else { break }
      // RFC 9110 §7.4: who asks for https must have asked over TLS.
      guard scheme == "http://" || isSecure else { throw .misdirected }
      return index
    }
    throw .malformed("The request target must be a path or an http URI (RFC 9112 §3.2).")
  }

  private static func segments(of path: String) throws(Refusal) -> [String] {
    var segments: [String] = []
    let parts = path.utf8.dropFirst().split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isPlain = !path.utf8.contains { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: ".") }
    if isPlain { return parts.map { String(Substring($0)) } }
    for (index, part) in parts.enumerated() {
      guard let segment = percentDecoded(part) else {
        throw .malformed(
          "The path has a percent sign without two hexadecimal digits, or bytes that aren't UTF-8 (RFC 3986 §2.1)."
        )
      }
      let isLast = index == parts.count - 1
      switch segment {
      case ".": if isLast { segments.append("") }
      case "..":
        if !segments.isEmpty { segments.removeLast() }
        if isLast { segments.append("") }
      default: segments.append(segment)
      }
    }
    return segments
  }

  /// The same target asked for in a format: what `/v1/sectors.csv?q=x` means as `/v1/sectors?q=x&format=csv`;
  /// nil where the path doesn't end with `.` and that format.
  public func asking(for format: String) -> Target? {
    guard let last = segments.last?.utf8, last.count > format.utf8.count + 1,
      last.reversed().starts(with: format.utf8.reversed()),
      let name = String(last.dropLast(format.utf8.count)), name.utf8.last == UInt8(ascii: ".")
    else { return nil }
    return Target(
      segments: segments.dropLast() + [String(name.dropLast())], path: path,
      query: (query.map { $0 + "&" } ?? "") + "format=" + format, isAsterisk: false)
  }

  /// The query's parameters in their order, decoded as forms are: `+` is a space.
  public func parameters() throws(Refusal) -> [(name: String, value: String)] {
    var parameters: [(String, String)] = []
    for pair in (query ?? "").utf8.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = percentDecoded(parts[0], plusIsSpace: true),
        let value = parts.count == 2 ? percentDecoded(parts[1], plusIsSpace: true) : ""
      else {
        throw .malformed(
          "The query has a percent sign without two hexadecimal digits, or bytes that aren't UTF-8 (RFC 3986 §2.1)."
        )
      }
      parameters.append((name, value))
    }
    return parameters
  }
}

private func starts(_ bytes: Span<UInt8>, with scheme: String) -> Bool {
  guard bytes.count >= scheme.utf8.count else { return false }
  var index = 0
  for byte in scheme.utf8 {
    if bytes[index].lowercased != byte { return false }
    index += 1
  }
  return true
}

/// The text with `%41` read as A, or nil where a percent sign stands alone, the bytes aren't UTF-8 or
/// one of them is NUL, which no name here has.
func percentDecoded(
  _ text: some Collection<UInt8>, plusIsSpace: Bool = false
) -> String? {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.count)
  var rest = text.makeIterator()
  while let byte = rest.next() {
    switch byte {
    case UInt8(ascii: "%"):
      guard let high = rest.next()?.hexadecimal, let low = rest.next()?.hexadecimal,
        high << 4 | low != 0
      else { return nil }
      bytes.append(high << 4 | low)
    case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
    default: bytes.append(byte)
    }
  }
  return String(validating: bytes, as: UTF8.self)
}

// Here alone bytes are taken by their address: a whole span at once, not byte by byte.
func text(_ bytes: Span<UInt8>) -> String {
  unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
}

func array(_ bytes: Span<UInt8>) -> [UInt8] {
  unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
}
