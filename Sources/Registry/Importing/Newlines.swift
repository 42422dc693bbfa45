#if canImport(Glibc)
  internal import Glibc
#endif

extension [UInt8] {
  /// Where the next newline from `start` on is; nil where there is none.
  func newline(from start: Int) -> Int? {
    unsafe withUnsafeBytes { bytes in
      guard start < bytes.count, let base = bytes.baseAddress else { return nil }
      // The fastest search there is: half of an import's bytes are passed over by it.
      return unsafe memchr(base + start, 10, bytes.count - start).map {
        unsafe base.distance(to: $0)
      }
    }
  }
}
