import HTTP

/// The first two bytes say where the others are cut: a chunked body and where it ends are the same however
/// its bytes arrive.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard input.count >= 2 else { return 0 }
  let sent = Array(input.dropFirst(2))
  let cuts = input.prefix(2).map { Int($0) % (sent.count + 1) }.sorted()
  let whole = Decoded(sent, cuts: [])
  precondition(Decoded(sent, cuts: cuts) == whole, "Cut at \(cuts) it is another body.")
  precondition(Decoded(sent, cuts: sent.indices) == whole, "Byte by byte it is another body.")
  return 0
}

private struct Decoded: Equatable {
  var body: [UInt8] = []
  var used = 0
  var isDone = false
  var refusal: Refusal?

  init(_ sent: [UInt8], cuts: some Collection<Int>) {
    // Small, so that a few bytes reach them.
    var limits = Limits()
    limits.head = 48
    limits.body = 64
    var decoder = ChunkedDecoder(limits, most: limits.body)
    var from = 0
    do throws(Refusal) {
      for cut in Array(cuts) + [sent.count] where !decoder.isDone {
        used += try decoder.decode(sent.span.extracting(from..<cut), into: &body)
        from = cut
      }
      isDone = decoder.isDone
    } catch {
      // How much came before the mistake depends on the cut; nobody uses it.
      (body, used, refusal) = ([], 0, error)
    }
    precondition(body.count <= limits.body, "The body is larger than its limit.")
  }
}
