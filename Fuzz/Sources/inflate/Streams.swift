import Compression

/// The first byte says how it is wrapped, the second where the others are cut: what they come to is the same
/// however they arrive.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard input.count >= 2 else { return 0 }
  let wrapping = input[0] & 1 == 0 ? Wrapping.gzip : .zlib
  let sent = Array(input.dropFirst(2))
  let cut = Int(input[1]) % (sent.count + 1)
  let whole = inflated([sent], wrapping)
  let parts = inflated([Array(sent[..<cut]), Array(sent[cut...])], wrapping)
  precondition(parts == whole, "Cut at \(cut) it is another body.")
  return 0
}

private struct TooMuch: Error {}

/// Nil where it isn't a whole stream, or more than 256 KiB.
private func inflated(_ pieces: [[UInt8]], _ wrapping: Wrapping) -> [UInt8]? {
  var body: [UInt8] = []
  guard let inflater = try? Inflater(wrapping) else { return nil }
  do {
    for piece in pieces {
      try inflater.each(of: piece) { part in
        body += part
        if body.count > 256 << 10 { throw TooMuch() }
      }
    }
  } catch {
    return nil
  }
  return inflater.isDone ? body : nil
}
