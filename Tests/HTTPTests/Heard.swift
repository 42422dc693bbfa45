import HTTP
import HTTPTypes

/// What a server hears in a connection's bytes: each request with its body, and the status of the
/// refusal after which nothing more is believed.
struct Heard {
  /// "POST /a abc", or "400".
  private(set) var said: [String] = []
  private let limits: Limits
  private var parser: RequestParser
  private var kept: [UInt8] = []
  private var body: (head: RequestHead, bytes: [UInt8], chunks: ChunkedDecoder?)?
  private var isOver = false

  init(_ limits: Limits = Limits()) {
    self.limits = limits
    parser = RequestParser(limits)
  }

  /// Hears `bytes` in pieces that end at `cuts`; then "…" where more was to come.
  init(_ bytes: [UInt8], cuts: some Sequence<Int>, _ limits: Limits = Limits()) {
    self.init(limits)
    var start = 0
    for cut in cuts {
      hear(bytes[start..<cut])
      start = cut
    }
    hear(bytes[start...])
    if !isOver, body != nil || !kept.isEmpty { said.append("…") }
  }

  private mutating func hear(_ piece: ArraySlice<UInt8>) {
    kept += piece
    do throws(Refusal) {
      while !isOver, !kept.isEmpty, try step() {}
    } catch {
      said.append(String(error.status.code))
      isOver = true
    }
  }

  /// False where the next bytes must come first.
  private mutating func step() throws(Refusal) -> Bool {
    if body != nil {
      kept.removeFirst(try readBody())
      return body == nil
    }
    let waiting = kept
    guard let (head, length) = try parser.next(in: waiting.span) else { return false }
    kept.removeFirst(length)
    switch head.framing {
    case .none: end(head, [])
    case .length(let length):
      guard length <= limits.body else { throw .bodyTooLarge(most: limits.body) }
      body = (head, [], nil)
    case .chunked: body = (head, [], ChunkedDecoder(limits, most: limits.body))
    }
    return true
  }

  private mutating func readBody() throws(Refusal) -> Int {
    guard var part = body else { return 0 }
    let used: Int
    let isWhole: Bool
    if case .length(let length) = part.head.framing {
      used = min(length - part.bytes.count, kept.count)
      part.bytes += kept[..<used]
      isWhole = part.bytes.count == length
    } else {
      used = try part.chunks?.decode(kept.span, into: &part.bytes) ?? 0
      isWhole = part.chunks?.isDone ?? true
    }
    body = isWhole ? nil : part
    if isWhole { end(part.head, part.bytes) }
    return used
  }

  private mutating func end(_ head: RequestHead, _ body: [UInt8]) {
    let target = head.request.target
    let words = [
      "\(head.request.method)", target.path + (target.query.map { "?\($0)" } ?? ""),
      String(decoding: body, as: UTF8.self),
    ]
    said.append(words.filter { !$0.isEmpty }.joined(separator: " "))
    isOver = !head.isPersistent
  }
}
