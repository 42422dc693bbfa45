/// Appends RFC 4180 records, safe to open in a spreadsheet.
struct CSVWriter {
  private(set) var bytes: [UInt8] = []
  private var isFirst = true

  /// A cell; with `isText`, one that a spreadsheet would take for a formula begins with an apostrophe.
  mutating func cell(_ text: String, isText: Bool = true) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    let isFormula = isText && text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
    let text = isFormula ? "'" + text : text
    guard text.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else {
      bytes += text.utf8
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func endRecord() {
    bytes += "\r\n".utf8
    isFirst = true
  }
}
