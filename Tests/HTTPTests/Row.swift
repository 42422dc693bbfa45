import HTTP
import Testing

/// A row of a table of the protocol's rules.
struct Row: CustomTestStringConvertible {
  let clause: String
  /// `|` is CR LF, every other character its one byte.
  let sent: String
  let heard: [String]

  init(_ clause: String, _ sent: String, _ heard: [String]) {
    self.clause = clause
    self.sent = sent
    self.heard = heard
  }

  var testDescription: String { "\(clause): \(sent)" }

  /// Holds the row at once, cut at every byte, and byte by byte: the same is heard.
  func check(_ limits: Limits = Limits(), at location: SourceLocation = #_sourceLocation) {
    let bytes = sent.unicodeScalars.flatMap {
      $0 == "|" ? [0x0D, 0x0A] : [UInt8(truncatingIfNeeded: $0.value)]
    }
    let deliveries = [[]] + bytes.indices.map { [$0] } + [Array(bytes.indices)]
    let said = deliveries.map { Heard(bytes, cuts: $0, limits).said }
    #expect(said[0] == heard, "\(clause)", sourceLocation: location)
    let other = said.firstIndex { $0 != said[0] }
    #expect(
      other == nil, "\(clause): cut at \(deliveries[other ?? 0]) it is another request",
      sourceLocation: location)
  }
}
