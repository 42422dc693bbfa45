import HTTP

/// A target that is taken has no dot-segments, and its segments, written down again, are the same target.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = Array(UnsafeBufferPointer(start: start, count: count))
  guard let target = target(text), !target.isAsterisk else { return 0 }
  precondition(!target.segments.isEmpty, "A path has a segment.")
  precondition(!target.segments.contains { $0 == "." || $0 == ".." || $0.contains("\0") })
  let written = target.segments.map { "/" + encoded($0) }.joined()
  precondition(segments(written) == target.segments, "\(written) isn't \(target.segments).")
  _ = target.asking(for: "csv")
  _ = try? target.parameters()
  return 0
}

private func segments(_ path: String) -> [String]? { target(Array(path.utf8))?.segments }

private func target(_ text: [UInt8]) -> Target? {
  var parser = RequestParser(Limits())
  let head = Array("OPTIONS ".utf8) + text + Array(" HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
  return try? parser.next(in: head.span)?.head.request.target
}

private func encoded(_ segment: String) -> String {
  segment.utf8.map { "%" + String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}
