/// An answer as it came over the wire.
public struct Answer: Sendable, Equatable {
  public let status: Int
  /// By name in lower case; several lines joined by ", ".
  public let fields: [String: String]
  public let body: [UInt8]

  public var text: String { String(decoding: body, as: UTF8.self) }

  public subscript(field: String) -> String? { fields[field.lowercased()] }

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
    let length = isForHEAD || status < 200 ? 0 : fields["content-length"].flatMap { Int($0) } ?? 0
    let first = start + end.count
    guard bytes.count >= first + length else { return nil }
    self.status = status
    self.fields = fields
    body = Array(bytes[first..<(first + length)])
    bytes.removeFirst(first + length)
  }
}
