import HTTP

/// A list of entity tags, written down again, is the same; and no Accept makes up a type.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  if case .tags(let tags) = Precondition(text) {
    let written = tags.map(\.text).joined(separator: ", ")
    precondition(Precondition(written) == .tags(tags), "\(written) is another list.")
  }
  _ = ContentCoding.preferred(text)
  _ = Forwarded.client(text, xForwardedFor: text)
  let type = MediaType(text)
  precondition(type == nil || type.flatMap { MediaType($0.text) } == type)
  let offered = ["application/json", "text/csv"].compactMap { MediaType($0) }
  let best = MediaType.preferred(of: offered, accept: text)
  precondition(best == nil || best.map(offered.contains) == true)
  return 0
}
