internal import JSON

/// One row of an import, as an item's JSON or why it is none.
struct ImportRow {
  /// Where it begins, from 1.
  let line: Int
  let body: Result<JSONValue, RegistryError>
}

/// Reads a spool's rows from any row on, a buffer at a time.
struct RowReader {
  private let spool: Spool
  private let sheet: Sheet?
  private let noun: Noun
  private let options: ImportOptions
  private var buffer: [UInt8] = []
  /// Where in the buffer the next row begins.
  private var start = 0
  private var isLast = false
  /// Where in the spool the next row begins, and on which line.
  private(set) var offset: Int
  private(set) var line: Int

  /// A row is kept as a whole, as a request's body is: so it has the same limit.
  private static let longestRow = 1 << 20

  /// Reads the header, where the format has one, and goes on at `offset`; from the beginning where that is 0.
  init(
    _ spool: Spool, _ kind: Writable, _ options: ImportOptions, offset: Int = 0, line: Int = 1
  ) throws(RegistryError) {
    self.spool = spool
    self.options = options
    noun = kind.noun
    (self.offset, self.line) = (0, 1)
    switch options.format {
    case .ndjson:
      sheet = nil
      if offset == 0 { try Self.refuseOneText(spool) }
    case .csv:
      let head = try spool.read(Self.longestRow, at: 0)
      let mark = head.starts(with: byteOrderMark) ? byteOrderMark.count : 0
      let separator = CSVRecord.separator(inHeader: Array(head[mark...]))
      guard
        let record = CSVRecord(
          head, from: mark, separator: separator, isLast: head.count < Self.longestRow)
      else { throw .invalid([Violation(.pointer(""), "There is no header that names columns.")]) }
      sheet = try Sheet(record, separator, kind.noun, options)
      (self.offset, self.line) = (record.end, 1 + record.lines)
    }
    if offset > 0 { (self.offset, self.line) = (offset, line) }
  }

  /// The next row; nil behind the last.
  mutating func next() throws(RegistryError) -> ImportRow? {
    while true {
      switch nextInBuffer() {
      case .row(let row): return row
      case .blank: continue
      case .cutOff where isLast: return nil
      case .cutOff: break
      }
      guard buffer.count - start < Self.longestRow else {
        return try tooLong()
      }
      let more = try spool.read(256 << 10, at: offset + buffer.count - start)
      buffer.removeFirst(start)
      start = 0
      buffer += more
      isLast = more.isEmpty
    }
  }

  /// A row that is too long to be kept; where CSV goes on behind it can't be known, so nothing more is read of that.
  private mutating func tooLong() throws(RegistryError) -> ImportRow {
    let number = line
    buffer = []
    start = 0
    var end: Int?
    while end == nil, case let bytes = try spool.read(256 << 10, at: offset), !bytes.isEmpty {
      if sheet == nil { end = bytes.firstIndex(of: UInt8(ascii: "\n")) }
      offset += end.map { $0 + 1 } ?? bytes.count
    }
    line += 1
    let detail =
      sheet == nil
      ? "The row is longer than a megabyte."
      : "The row is longer than a megabyte, or a quote in it is never closed: nothing behind it was read."
    return ImportRow(line: number, body: .failure(.invalid([Violation(.pointer(""), detail)])))
  }

  private enum Piece {
    case row(ImportRow)
    case blank
    /// Its end isn't in the buffer.
    case cutOff
  }

  private mutating func nextInBuffer() -> Piece {
    guard let sheet else { return nextLine() }
    guard
      let record = CSVRecord(buffer, from: start, separator: sheet.separator, isLast: isLast)
    else { return .cutOff }
    defer { pass(to: record.end, lines: record.lines) }
    return record.isBlank ? .blank : .row(ImportRow(line: line, body: sheet.body(of: record)))
  }

  private mutating func nextLine() -> Piece {
    let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n"))
    guard let end = end ?? (isLast && start < buffer.count ? buffer.count : nil) else {
      return .cutOff
    }
    var bytes = buffer[start..<end]
    if offset == 0, bytes.starts(with: byteOrderMark) {
      bytes = bytes.dropFirst(byteOrderMark.count)
    }
    defer { pass(to: min(end + 1, buffer.count), lines: 1) }
    if bytes.allSatisfy({ " \t\r".utf8.contains($0) }) { return .blank }
    return .row(ImportRow(line: line, body: item(Array(bytes))))
  }

  private mutating func pass(to end: Int, lines: Int) {
    offset += end - start
    start = end
    line += lines
  }

  /// What programs write as JSON is mostly one text, of which no line is an item: better said once than of each line.
  private static func refuseOneText(_ spool: Spool) throws(RegistryError) {
    let head = try spool.read(4096, at: 0)
    let text = head.dropFirst(head.starts(with: byteOrderMark) ? byteOrderMark.count : 0)
      .drop { " \t\r\n".utf8.contains($0) }
    let line = text.prefix { $0 != UInt8(ascii: "\n") }.filter { !" \t\r".utf8.contains($0) }
    guard line.first == UInt8(ascii: "[") || line == [UInt8(ascii: "{")] else { return }
    throw .invalid([
      Violation(
        .pointer(""),
        """
        This is one JSON text; NDJSON has each item as an object on a line of its own. `jq -c '.[]'` makes it of a list, \
        `jq -c .` of an object.
        """)
    ])
  }

  private func item(_ bytes: [UInt8]) -> Result<JSONValue, RegistryError> {
    do throws(JSONError) {
      return .success(renamed(try JSONValue(parsing: bytes)))
    } catch {
      return .failure(
        .invalid([Violation(.pointer(error.pointer), "\(error.reason) (byte \(error.offset))")]))
    }
  }

  private func renamed(_ item: JSONValue) -> JSONValue {
    guard !options.columns.isEmpty, case .object(let members) = item else { return item }
    return .object(
      members.compactMap { member in
        let name =
          options.columns[member.name]
          ?? (noun.field(member.name) == nil ? options.unknown : nil) ?? member.name
        return name == "-" ? nil : .init(name: name, value: member.value)
      })
  }
}

/// What Windows puts before UTF-8.
let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
