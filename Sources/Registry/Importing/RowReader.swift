internal import JSON

/// One row of an import.
struct ImportRow {
  /// Where it begins, from 1.
  let line: Int
  fileprivate let content: Content

  fileprivate enum Content {
    case json(ArraySlice<UInt8>)
    case record(CSVRecord)
    case refused(RegistryError)
  }
}

/// Where in a spool a row begins, and on which line.
struct RowPlace: Equatable {
  var offset: Int
  var line: Int
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
  /// Where the next row begins.
  private(set) var place: RowPlace

  /// A row is kept as a whole, as a request's body is: so it has the same limit.
  private static let longestRow = 1 << 20

  /// Reads the header, where the format has one, and goes on at `place`.
  init(
    _ spool: Spool, _ kind: Writable, _ options: ImportOptions, by role: Key.Role,
    from place: RowPlace
  ) throws(RegistryError) {
    self.spool = spool
    self.options = options
    noun = kind.noun
    self.place = RowPlace(offset: 0, line: 1)
    try Self.refuseOtherKinds(spool)
    switch options.format {
    case .ndjson:
      sheet = nil
      if place.offset == 0 { try Self.refuseOneText(spool) }
    case .csv:
      let head = try spool.read(Self.longestRow, at: 0)
      if !head.contains(0x0A), head.dropLast().contains(0x0D) {
        throw .invalid([
          Violation(.pointer(""), #"Its lines end in CR alone. Save the sheet as "CSV UTF-8"."#)
        ])
      }
      let opening = SheetOpening(head)
      guard
        let record = CSVRecord(
          head, from: opening.header.offset, separator: opening.separator,
          isLast: head.count < Self.longestRow)
      else { throw .invalid([Violation(.pointer(""), "There is no header that names columns.")]) }
      sheet = try Sheet(record, opening.separator, kind.noun, options, by: role)
      self.place = RowPlace(offset: record.end, line: opening.header.line + record.lines)
    }
    if place.offset > 0 { self.place = place }
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
      let more = try spool.read(256 << 10, at: place.offset + buffer.count - start)
      buffer.removeFirst(start)
      start = 0
      buffer += more
      isLast = more.isEmpty
    }
  }

  /// A row that is too long to be kept; where CSV goes on behind it can't be known, so nothing more is read of that.
  private mutating func tooLong() throws(RegistryError) -> ImportRow {
    let number = place.line
    buffer = []
    start = 0
    var end: Int?
    while end == nil, case let bytes = try spool.read(256 << 10, at: place.offset), !bytes.isEmpty {
      if sheet == nil { end = bytes.firstIndex(of: UInt8(ascii: "\n")) }
      place.offset += end.map { $0 + 1 } ?? bytes.count
    }
    place.line += 1
    let detail =
      sheet == nil
      ? "The row is longer than a megabyte."
      : "The row is longer than a megabyte, or a quote in it is never closed: nothing behind it was read."
    return ImportRow(
      line: number, content: .refused(.invalid([Violation(.pointer(""), detail)])))
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
    return record.isBlank ? .blank : .row(ImportRow(line: place.line, content: .record(record)))
  }

  private mutating func nextLine() -> Piece {
    let end = buffer.newline(from: start) ?? buffer.count
    if end == buffer.count, !isLast || start == end { return .cutOff }
    var bytes = buffer[start..<end]
    if place.offset == 0, bytes.starts(with: byteOrderMark) {
      bytes = bytes.dropFirst(byteOrderMark.count)
    }
    defer { pass(to: min(end + 1, buffer.count), lines: 1) }
    if bytes.allSatisfy({ " \t\r".utf8.contains($0) }) { return .blank }
    return .row(ImportRow(line: place.line, content: .json(bytes)))
  }

  private mutating func pass(to end: Int, lines: Int) {
    place.offset += end - start
    start = end
    place.line += lines
  }

  private static func refuseOtherKinds(_ spool: Spool) throws(RegistryError) {
    let head = try spool.read(4, at: 0)
    let kind: String
    switch head {
    case _ where head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]),
      _ where head.prefix(2).contains(0):
      kind = #"This is UTF-16. Save it in UTF-8, which spreadsheets call "CSV UTF-8"."#
    case [0x50, 0x4B, 3, 4], [0xD0, 0xCF, 0x11, 0xE0]:
      kind = #"This is a spreadsheet program's own file. Save the sheet as "CSV UTF-8"."#
    case _ where head.starts(with: [0x1F, 0x8B]):
      kind = "This is gzip, which Content-Encoding: gzip says."
    default: return
    }
    throw .invalid([Violation(.pointer(""), kind)])
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

  /// The row as an item's JSON; throws why it is none.
  func body(of row: ImportRow) throws(RegistryError) -> JSONValue {
    let body: JSONValue
    switch row.content {
    case .json(let bytes): body = try item(bytes)
    case .record(let record):
      guard let sheet else { preconditionFailure("Records are read by a sheet.") }
      body = try sheet.body(of: record).get()
    case .refused(let error): throw error
    }
    if let id = body["id"], !id.isNull, id.string.map(isUUID) != true { throw Self.noID(id) }
    return body
  }

  private static func noID(_ id: JSONValue) -> RegistryError {
    .invalid([
      Violation(
        .pointer("/id"),
        """
        \(quoted(id.string ?? id.text)) is no id that this registry gives. A number of your own is an external_id \
        (map=ID=external_id).
        """)
    ])
  }

  /// The external id that the row says, whatever else is wrong with it.
  func externalID(of row: ImportRow) -> String? {
    switch row.content {
    case .json(let bytes): (try? item(bytes))?.string("external_id")
    case .record(let record): sheet?.externalID(of: record)
    case .refused: nil
    }
  }

  /// What the row changes in `item`, which is there.
  func patch(of row: ImportRow, over item: JSONValue) throws(RegistryError) -> JSONValue {
    guard case .record(let record) = row.content, let sheet else { return try body(of: row) }
    return try sheet.body(of: record, over: item).get()
  }

  private func item(_ bytes: ArraySlice<UInt8>) throws(RegistryError) -> JSONValue {
    do throws(JSONError) { return renamed(try JSONValue(parsing: bytes)) } catch {
      throw .invalid([
        Violation(.pointer(error.pointer), "\(error.reason) (byte \(error.offset))")
      ])
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
public let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
