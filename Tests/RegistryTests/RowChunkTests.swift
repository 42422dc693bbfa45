import Foundation
import Testing
import Wire

@testable import Registry

/// Rows are read ahead by the thousand, but not a thousand megabytes.
@Suite struct RowChunkTests {
  @Test func `long rows come a few at a time, and all of them do`() throws {
    let file = try temporaryFolder().appending(path: "rows.ndjson")
    let title = String(repeating: "welding ", count: 110_000)
    let rows = (1...20).map { #"{"external_id": "\#($0)", "title": "\#(title)"}"# }
    try rows.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    var reader = try RowReader(
      Spool(path: file.path, .reading), .credential, ImportOptions(format: .ndjson), by: .admin,
      from: RowPlace(offset: 0, line: 1))
    var counts: [Int] = []
    while true {
      let chunk = try RowChunk(from: reader)
      counts.append(chunk.items.count)
      if chunk.isLast { break }
      reader = chunk.reader
    }
    #expect(counts.allSatisfy { $0 <= 5 }, "\(counts)")
    #expect(counts.reduce(0, +) == 20)
  }
}
