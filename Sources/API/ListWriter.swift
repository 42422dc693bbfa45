internal import JSON
internal import Registry

/// The record as a line of NDJSON.
func line(_ record: borrowing Record) -> [UInt8] {
  var json = JSONWriter()
  record.write(to: &json)
  json.endLine()
  return json.bytes
}

/// The record of CSV that says what stands in the others.
func csvHeader(_ fields: [Field]) -> [UInt8] {
  var csv = CSVWriter()
  for field in fields { csv.cell(field.name) }
  csv.endRecord()
  return csv.bytes
}

extension CSVWriter {
  mutating func record(_ record: borrowing Record, _ languages: [String]) {
    for (index, field) in record.fields.enumerated() {
      cell(
        record.cell(index, languages: languages),
        isText: field.kind != .integer && field.kind != .number)
    }
    endRecord()
  }
}

/// A page ends with the item that brings it to so many bytes, whatever its limit is.
private let fullPage = 8 << 20

/// Writes a list's records in a format.
struct ListWriter: Sendable {
  let format: Format
  /// Those to prefer where one text stands for a language map.
  private let languages: [String]
  private let inclusions: [Inclusion]

  init(_ format: Format, _ languages: [String], _ inclusions: [Inclusion]) {
    self.format = format
    self.languages = languages
    self.inclusions = inclusions
  }

  func beginning(_ fields: [Field]) -> [UInt8] {
    switch format {
    case .json: return Array("{\"items\":".utf8)
    case .ndjson: return []
    case .csv: return csvHeader(fields)
    }
  }

  /// Appends one page, and says what comes behind it.
  func append(
    _ query: Query, of noun: Noun, for viewer: Viewer, from registry: Registry,
    to output: inout [UInt8]
  ) throws -> PageEnd {
    switch format {
    case .json:
      var json = JSONWriter(capacity: 4096)
      var numbers: [Int64] = []
      json.beginArray()
      let end = try registry.list(
        noun, query, for: viewer, while: { json.bytes.count < fullPage }
      ) { record in
        record.write(to: &json)
        if let number = record.number { numbers.append(number) }
      }
      json.endArray()
      if !inclusions.isEmpty {
        json.name("included")
        try registry.write(inclusions, of: numbers, to: &json)
      }
      output += json.bytes
      return end
    case .ndjson:
      var lines: [UInt8] = []
      let end = try registry.list(
        noun, query, for: viewer, while: { lines.count < fullPage }
      ) { record in
        lines += line(record)
      }
      output += lines
      return end
    case .csv:
      var csv = CSVWriter()
      let end = try registry.list(
        noun, query, for: viewer, while: { csv.bytes.count < fullPage }
      ) { record in
        csv.record(record, languages)
      }
      output += csv.bytes
      return end
    }
  }

  func ending(_ end: PageEnd) -> [UInt8] {
    guard format == .json else { return [] }
    var next = JSONWriter()
    if let cursor = end.next { next.string(cursor) } else { next.null() }
    let total = end.total.map { ",\"total\":\($0)" } ?? ""
    var more = JSONWriter()
    if let text = end.didYouMean {
      more.name("did_you_mean")
      more.string(text)
    }
    if !end.facets.isEmpty { write(end.facets, to: &more) }
    let others = more.bytes.isEmpty ? [] : ",".utf8 + more.bytes
    return ",\"next\":".utf8 + next.bytes + total.utf8 + others + "}".utf8
  }
}
