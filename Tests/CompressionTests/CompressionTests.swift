import Compression
import Testing

@Suite struct CompressionTests {
  private func deflated(_ pieces: [[UInt8]], _ wrapping: Wrapping) throws -> [UInt8] {
    let deflater = try Deflater(wrapping)
    var bytes: [UInt8] = []
    for piece in pieces { try deflater.append(piece, to: &bytes, isLast: false) }
    try deflater.append([], to: &bytes, isLast: true)
    return bytes
  }

  private func inflated(_ bytes: [UInt8], _ wrapping: Wrapping, step: Int) throws -> [UInt8] {
    let inflater = try Inflater(wrapping)
    var all: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: step) {
      try inflater.each(of: Array(bytes[start..<min(start + step, bytes.count)])) { all += $0 }
    }
    #expect(inflater.isDone)
    return all
  }

  @Test(arguments: [Wrapping.gzip, .zlib], [1, 7, 100_000])
  func `what was compressed comes back, however it is cut`(wrapping: Wrapping, step: Int) throws {
    let pieces = (0..<40).map { number in [UInt8](repeating: UInt8(number), count: number * 100) }
    let bytes = try deflated(pieces, wrapping)
    #expect(bytes.count < 2000)
    #expect(try inflated(bytes, wrapping, step: step) == pieces.flatMap { $0 })
  }

  @Test func `a little that stands for much comes in pieces`() throws {
    let bytes = try deflated([[UInt8](repeating: 0, count: 10 << 20)], .gzip)
    #expect(bytes.count < 100_000)
    var largest = 0
    var total = 0
    try Inflater(.gzip).each(of: bytes) { piece in
      largest = max(largest, piece.count)
      total += piece.count
    }
    #expect(largest <= 64 << 10)
    #expect(total == 10 << 20)
  }

  // RFC 1952 §2.2: a gzip file is a series of members.
  @Test(arguments: [1, 7, 100_000])
  func `several streams behind each other are one body, and nothing else may follow`(step: Int)
    throws
  {
    let bytes = try deflated([[1, 2]], .gzip) + deflated([], .gzip) + deflated([[3]], .gzip)
    #expect(try inflated(bytes, .gzip, step: step) == [1, 2, 3])
    #expect(throws: CompressionError.self) {
      try inflated(bytes + Array("more".utf8), .gzip, step: step)
    }
  }

  @Test func `what isn't compressed is an error`() throws {
    let inflater = try Inflater(.gzip)
    #expect(throws: CompressionError.self) {
      try inflater.each(of: Array("not gzip".utf8)) { _ in }
    }
  }
}
