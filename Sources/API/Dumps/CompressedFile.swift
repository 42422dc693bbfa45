internal import Compression
internal import Registry

/// A file of a dump whose bytes are put in plain and kept as gzip (RFC 1952).
final class CompressedFile {
  private let draft: DumpDraft
  private let file: DumpFile
  private let deflater: Deflater
  private var plain: [UInt8] = []
  private var rows = 0

  init(_ name: String, in draft: DumpDraft) throws {
    self.draft = draft
    file = try draft.file(name)
    deflater = try Deflater(.gzip)
  }

  func append(_ bytes: [UInt8]) throws(RegistryError) {
    plain += bytes
    if plain.count >= 64 << 10 { try flush(isLast: false) }
  }

  func append(row bytes: [UInt8]) throws(RegistryError) {
    rows += 1
    try append(bytes)
  }

  func finish() throws {
    try flush(isLast: true)
    // RFC 6713.
    try draft.add(file, mediaType: "application/gzip", rows: rows)
  }

  private func flush(isLast: Bool) throws(RegistryError) {
    var smaller: [UInt8] = []
    do throws(CompressionError) {
      try deflater.append(plain, to: &smaller, isLast: isLast)
    } catch {
      throw .unavailable("zlib said \(error.code).")
    }
    plain.removeAll(keepingCapacity: true)
    try file.append(smaller)
  }
}
