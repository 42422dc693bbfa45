extension Spool {
  /// How many rows it has.
  func rows(_ format: ImportOptions.Format) throws(RegistryError) -> Int {
    var count: RowCount
    var offset = 0
    switch format {
    case .ndjson: count = RowCount(separator: nil)
    case .csv:
      let opening = SheetOpening(try read(256 << 10, at: 0))
      offset = opening.header.offset
      count = RowCount(separator: opening.separator)
    }
    while case let bytes = try read(256 << 10, at: offset), !bytes.isEmpty {
      count.add(bytes)
      offset += bytes.count
    }
    count.end()
    return max(0, count.rows)
  }
}

/// Counts a file's rows, a buffer at a time, as `RowReader` will find them; it reads none of them.
struct RowCount {
  private(set) var rows = 0
  private let separator: UInt8?
  /// Something of the row is there that isn't blank.
  private var hasContent = false
  /// Of a cell: nothing has come, it is in quotes, its last byte was a closing quote.
  private var (isEmpty, isQuoted, afterQuote) = (true, false, false)

  /// `separator` is that of CSV, whose header is no row.
  init(separator: UInt8?) {
    self.separator = separator
    if separator != nil { rows = -1 }
  }

  mutating func add(_ bytes: [UInt8]) {
    if let separator {
      for byte in bytes { addCell(byte, separator) }
    } else {
      var index = 0
      while index < bytes.count {
        if hasContent {
          index = bytes.newline(from: index) ?? bytes.count
          if index < bytes.count { end() }
        } else {
          hasContent = !" \t\r\n".utf8.contains(bytes[index])
        }
        index += 1
      }
    }
  }

  /// Behind the last byte: a row needs no line's end.
  mutating func end() {
    if hasContent { rows += 1 }
    hasContent = false
  }

  private mutating func addCell(_ byte: UInt8, _ separator: UInt8) {
    if isQuoted {
      if byte == UInt8(ascii: "\"") {
        (isQuoted, afterQuote) = (false, true)
      } else {
        hold(byte)
      }
    } else if byte == UInt8(ascii: "\""), afterQuote || isEmpty {
      // Two quotes inside quotes are one.
      if afterQuote { hold(byte) }
      (isQuoted, afterQuote) = (true, false)
    } else if byte == separator {
      (isEmpty, afterQuote) = (true, false)
    } else if byte == UInt8(ascii: "\n") {
      end()
      (isEmpty, afterQuote) = (true, false)
    } else if byte != UInt8(ascii: "\r") {
      hold(byte)
    }
  }

  private mutating func hold(_ byte: UInt8) {
    isEmpty = false
    if !isWhiteSpace(byte) { hasContent = true }
  }
}
