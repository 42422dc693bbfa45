/// One record of RFC 4180 text, from whatever a spreadsheet makes of it.
struct CSVRecord {
  var cells: [[UInt8]] = []
  /// Where the next record begins.
  var end = 0
  /// Lines that it takes, those in quotes among them.
  var lines = 0
  /// What is wrong with it.
  var fault: String?

  /// The record that begins at `start`; nil where its end isn't in `bytes`, which are all there are if `isLast`.
  init?(_ bytes: [UInt8], from start: Int, separator: UInt8, isLast: Bool) {
    var cell: [UInt8] = []
    var (isQuoted, afterQuote) = (false, false)
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == newline { lines += 1 }
      if isQuoted {
        if byte == quote { (isQuoted, afterQuote) = (false, true) } else { cell.append(byte) }
      } else if byte == quote, afterQuote {
        // Two quotes inside quotes are one.
        cell.append(byte)
        (isQuoted, afterQuote) = (true, false)
      } else if byte == quote, cell.isEmpty {
        isQuoted = true
      } else if byte == separator {
        cells.append(cell)
        cell = []
        afterQuote = false
      } else if byte == newline {
        cells.append(cell)
        end = index
        return
      } else if byte != carriageReturn {
        if afterQuote { fault = "Text after a closing quote: a quote inside quotes is doubled." }
        cell.append(byte)
      }
    }
    guard isLast, start < bytes.count else { return nil }
    if isQuoted { fault = "A quote is never closed." }
    cells.append(cell)
    end = index
    lines += 1
  }

  /// True where no cell has anything in it.
  var isBlank: Bool { cells.allSatisfy(Self.isBlank) }

  static func isBlank(_ cell: [UInt8]) -> Bool { cell.allSatisfy(isWhiteSpace) }

  /// The separator that Excel's line before the header states, as `sep=;`, and where the header begins; nil where
  /// there is no such line.
  static func statedSeparator(_ bytes: ArraySlice<UInt8>) -> (separator: UInt8, end: Int)? {
    guard let end = bytes.prefix(8).firstIndex(of: newline) else { return nil }
    let line = bytes[..<end].filter { $0 != carriageReturn }
    guard line.count == 5, line.starts(with: "sep=".utf8) else { return nil }
    return (line[4], end + 1)
  }

  /// The one of comma, semicolon and tab that stands most often in the header.
  ///
  /// Of as many it is a tab or a semicolon: names have commas.
  static func separator(inHeader bytes: [UInt8]) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes {
      if byte == quote { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == newline { break }
      if ",;\t".utf8.contains(byte) { counts[byte, default: 0] += 1 }
    }
    let most = counts.values.max()
    return "\t;,".utf8.first { counts[$0] == most } ?? UInt8(ascii: ",")
  }
}

private let quote = UInt8(ascii: "\"")
private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
