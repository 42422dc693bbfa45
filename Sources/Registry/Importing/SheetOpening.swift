/// Where in a table's first bytes its header is.
///
/// Before it a spreadsheet may have a byte order mark, the line `sep=;`, and rows without anything in them.
struct SheetOpening {
  let separator: UInt8
  /// Where the header begins, and on which line.
  let header: RowPlace

  init(_ head: [UInt8]) {
    var header = RowPlace(
      offset: head.starts(with: byteOrderMark) ? byteOrderMark.count : 0, line: 1)
    let stated = CSVRecord.statedSeparator(head[header.offset...])
    if let stated { header = RowPlace(offset: stated.end, line: 2) }
    while let end = head.newline(from: header.offset),
      head[header.offset..<end].allSatisfy({
        isWhiteSpace($0) || $0 == stated?.separator || ",;\"".utf8.contains($0)
      })
    {
      header = RowPlace(offset: end + 1, line: header.line + 1)
    }
    separator =
      stated?.separator ?? CSVRecord.separator(inHeader: Array(head[header.offset...]))
    self.header = header
  }
}

/// True of the bytes of white space, a no-break space's two (C2 A0) among them, which make no other letter.
func isWhiteSpace(_ byte: UInt8) -> Bool {
  byte == 0x20 || (0x09...0x0D).contains(byte) || byte == 0xC2 || byte == 0xA0
}
