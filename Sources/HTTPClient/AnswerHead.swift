/// An answer's head as it comes; what stands behind it isn't read.
struct AnswerHead {
  private var bytes: [UInt8] = []
  private static let most = 32_768
  private static let end = Array("\r\n\r\n".utf8)

  /// The final status, once its head is whole (RFC 9112 §4, RFC 9110 §15.2 for those that come before).
  mutating func status(after piece: [UInt8]) throws(CallError) -> Int? {
    guard !piece.isEmpty, bytes.count + piece.count <= Self.most else { throw .noAnswer }
    bytes += piece
    while let end = bytes.indices.first(where: { bytes[$0...].starts(with: Self.end) }) {
      let words =
        String(decoding: bytes[..<end], as: UTF8.self)
        .split(separator: "\r\n", maxSplits: 1).first?.split(separator: " ", maxSplits: 2) ?? []
      guard words.count >= 2, ["HTTP/1.1", "HTTP/1.0"].contains(words[0]), words[1].count == 3,
        let status = Int(words[1]), (100...599).contains(status)
      else { throw .noAnswer }
      if status >= 200 { return status }
      bytes.removeFirst(end + Self.end.count)
    }
    return nil
  }
}
