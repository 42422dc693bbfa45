/// RFC 4180 text with a header row.
struct CSVTable {
  let name: String
  let rows: [Row]

  struct Row {
    let line: Int
    fileprivate let cells: [String: String]

    /// The cell in this column; nil where it is empty or the column isn't there.
    subscript(column: String) -> String? {
      guard let cell = cells[column], !cell.isEmpty else { return nil }
      return cell
    }
  }

  /// Reads `text`; throws a sentence that names the line where it isn't CSV.
  init(_ name: String, _ text: String) throws(RegistryError) {
    var records = try Self.records(of: text, name)
    guard !records.isEmpty else {
      throw .unusable("\(name) is empty: its first line names columns.")
    }
    var header = records.removeFirst().cells
    // A byte order mark is what spreadsheets put before UTF-8, not part of the first name.
    if header[0].hasPrefix("\u{FEFF}") { header[0].removeFirst() }
    var rows: [Row] = []
    for record in records {
      guard record.cells.count == header.count else {
        throw .unusable(
          """
          \(name), line \(record.line): \(record.cells.count) cells under \(header.count) columns.
          """)
      }
      let cells = Dictionary(zip(header, record.cells)) { first, _ in first }
      rows.append(Row(line: record.line, cells: cells))
    }
    self.name = name
    self.rows = rows
  }

  private static func records(
    of text: String, _ name: String
  ) throws(RegistryError) -> [(line: Int, cells: [String])] {
    var records: [(Int, [String])] = []
    var cells: [String] = []
    var cell: [UInt8] = []
    var (line, start) = (1, 1)
    var isQuoted = false
    var afterQuote = false
    func end(_ cells: inout [String], _ cell: inout [UInt8]) {
      cells.append(String(decoding: cell, as: UTF8.self))
      cell.removeAll(keepingCapacity: true)
    }
    for byte in text.utf8 {
      if byte == 10 { line += 1 }
      switch byte {
      case UInt8(ascii: "\"") where isQuoted: (isQuoted, afterQuote) = (false, true)
      case UInt8(ascii: "\"") where afterQuote:
        // Two quotes inside quotes are one.
        cell.append(byte)
        (isQuoted, afterQuote) = (true, false)
      case _ where isQuoted: cell.append(byte)
      case UInt8(ascii: "\"") where cell.isEmpty: isQuoted = true
      case UInt8(ascii: ","):
        end(&cells, &cell)
        afterQuote = false
      case 13: break
      case 10:
        end(&cells, &cell)
        if cells != [""] { records.append((start, cells)) }
        cells = []
        (start, afterQuote) = (line, false)
      case _ where afterQuote:
        throw .unusable("\(name), line \(line): text after a closing quote.")
      default: cell.append(byte)
      }
    }
    guard !isQuoted else { throw .unusable("\(name), line \(start): a quote is never closed.") }
    if !cell.isEmpty || !cells.isEmpty {
      end(&cells, &cell)
      records.append((start, cells))
    }
    return records
  }
}
