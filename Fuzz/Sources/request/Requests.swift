import HTTP

/// The first byte says where the others are cut: what is heard of a connection's bytes, and the refusal
/// that ends it, is the same however they arrive.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let first = input.first else { return 0 }
  let sent = Array(input.dropFirst())
  // Small, so that a few bytes reach them.
  var limits = Limits()
  limits.requestLine = 48
  limits.head = 160
  limits.fieldCount = 6
  limits.body = 64
  let said = Heard(sent, cuts: [], limits).said
  let cut = Heard(sent, cuts: [Int(first) % (sent.count + 1)], limits).said
  precondition(cut == said, "Cut, it is \(cut); at once, it is \(said).")
  let dribbled = Heard(sent, cuts: sent.indices, limits).said
  precondition(dribbled == said, "Byte by byte, it is \(dribbled); at once, it is \(said).")
  return 0
}
