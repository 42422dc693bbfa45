/// An answer as it came over the wire.
public struct Answer: Sendable, Equatable {
  public let status: Int
  /// By name in lower case; several lines joined by ", ".
  public let fields: [String: String]
  public let body: [UInt8]

  public var text: String { String(decoding: body, as: UTF8.self) }

  public subscript(field: String) -> String? { fields[field.lowercased()] }

  /// The target of its Link (RFC 8288), which is a list's next page.
  public var next: String? { self["Link"].map { String($0.dropFirst().prefix { $0 != ">" }) } }

  /// Takes the first answer off `bytes`; nil while it isn't whole.
  public init?(takenFrom bytes: inout [UInt8], isForHEAD: Bool = false) {
    let end = Array("\r\n\r\n".utf8)
    guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: end) }) else {
      return nil
    }
    let lines = String(decoding: bytes[..<start], as: UTF8.self).split(separator: "\r\n")
    let words = lines[0].split(separator: " ", maxSplits: 2)
    guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else { return nil }
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      let value = parts.count == 2 ? parts[1].drop { $0 == " " } : ""
      let name = parts[0].lowercased()
      fields[name] = fields[name].map { "\($0), \(value)" } ?? String(value)
    }
    let first = start + end.count
    let framed: (body: [UInt8], end: Int)?
    if !isForHEAD, fields["transfer-encoding"] == "chunked" {
      framed = unchunked(bytes, from: first)
    } else {
      let length = isForHEAD || status < 200 ? 0 : fields["content-length"].flatMap { Int($0) } ?? 0
      let end = first + length
      framed = bytes.count >= end ? (Array(bytes[first..<end]), end) : nil
    }
    guard let framed else { return nil }
    self.status = status
    self.fields = fields
    body = framed.body
    bytes.removeFirst(framed.end)
  }
}

/// A body in chunks without extensions or trailers, and where it ends; nil while it isn't whole.
private func unchunked(_ bytes: [UInt8], from start: Int) -> (body: [UInt8], end: Int)? {
  var body: [UInt8] = []
  var index = start
  while true {
    guard let lineEnd = bytes[index...].firstIndex(of: UInt8(ascii: "\r")),
      let size = Int(String(decoding: bytes[index..<lineEnd], as: UTF8.self), radix: 16),
      bytes.count >= lineEnd + 2 + size + 2
    else { return nil }
    body += bytes[(lineEnd + 2)..<(lineEnd + 2 + size)]
    index = lineEnd + 2 + size + 2
    if size == 0 { return (body, index) }
  }
}
