import JSON

/// What is read and written is read again, and written the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = Array(UnsafeBufferPointer(start: start, count: count))
  guard let value = try? JSONValue(parsing: text) else { return 0 }
  let written = value.bytes
  guard let again = try? JSONValue(parsing: written) else {
    preconditionFailure("\(String(decoding: written, as: UTF8.self)) isn't read again.")
  }
  precondition(again.bytes == written, "It is written in another way the second time.")
  // RFC 7396: a patch applied twice changes nothing more.
  let patched = JSONValue.null.merged(with: value)
  precondition(patched.merged(with: value) == patched, "The patch isn't idempotent.")
  return 0
}
