import API
import Compression
import Foundation
import Registry
import Testing
import Wire

/// A file of rows that is gzip, as `cairn import` takes it.
@Suite struct GzipFileTests {
  @Test func `a little that stands for more than is taken is refused, and no more is written`()
    throws
  {
    let folder = try temporaryFolder()
    var bytes: [UInt8] = []
    try Deflater(.gzip).append([UInt8](repeating: 10, count: 8 << 20), to: &bytes, isLast: true)
    let path = folder.appending(path: "rows.gz").path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let file = try Spool(path: path, .reading)
    let (small, large) = (
      try Spool(path: path + "-small", .new), try Spool(path: path + "-large", .new)
    )
    #expect(throws: GzipError.self) { try file.inflate(into: small, most: 1 << 20) { _ in } }
    #expect(small.count <= 1 << 20)
    var done = 0
    try file.inflate(into: large, most: 8 << 20) { done = $0 }
    #expect(large.count == 8 << 20 && done == bytes.count)
  }
}
