public import JSON
internal import SQLite

/// A row of an answer, lent to whoever writes it down.
public struct Record: ~Copyable {
  let row: Row
  /// What the row's columns are, from the first on.
  let members: Members
  /// The number of its row, where the noun's key is one and the question asked for it.
  public var number: Int64?
  /// Where the words that were searched for stand in it, when that was asked.
  var highlights: [Highlight]?

  public var fields: [Field] { members.fields }

  /// The whole row as a JSON object; a member that isn't stated is null.
  public func write(to json: inout JSONWriter) {
    json.beginObject()
    writeMembers(to: &json)
    json.endObject()
  }

  /// The same without its braces, for an object that has more in it.
  public func writeMembers(to json: inout JSONWriter) {
    for index in members.kinds.indices {
      json.name(index, of: members.names)
      members.kinds[index].write(index, of: row, to: &json)
    }
    if let highlights {
      json.name("highlights")
      json.beginObject()
      for highlight in highlights {
        json.name(highlight.column)
        json.string(highlight.html)
      }
      json.endObject()
    }
  }

  /// The version of an item that has versions.
  public var version: Int64? {
    fields.firstIndex { $0.name == "version" }.map { row.integer($0) }
  }

  /// One column as a person reads it in a table, empty where it isn't stated.
  ///
  /// A language map shows the first of `languages` that it has, English, or whatever comes first; a
  /// list has "; " between its values, and is "[]" without any; other JSON stays JSON.
  public func cell(_ index: Int, languages: [String] = []) -> String {
    guard !row.isNull(index) else { return "" }
    switch members.kinds[index] {
    case .text, .hidden: return row.text(index)
    case .integer: return String(row.integer(index))
    case .number: return plain(row.real(index))
    case .boolean: return row.integer(index) != 0 ? "true" : "false"
    case .instant: return Instant(milliseconds: row.integer(index)).text
    case .json: return row.text(index)
    case .list: return list(row.text(index))
    case .languageMap: return display(row.text(index), languages)
    }
  }

  private func list(_ text: String) -> String {
    guard case .array(let items)? = try? JSONValue(parsing: Array(text.utf8)) else { return text }
    return listed(items)
  }

  private func display(_ text: String, _ languages: [String]) -> String {
    guard let value = try? JSONValue(parsing: Array(text.utf8)) else { return text }
    for language in languages + ["en"] {
      if case .string(let text)? = value[language] { return text }
    }
    guard case .object(let members) = value, case .string(let first)? = members.first?.value
    else { return text }
    return first
  }

  private func plain(_ number: Double) -> String {
    var json = JSONWriter(capacity: 16)
    json.number(number)
    return String(decoding: json.bytes, as: UTF8.self)
  }
}

extension Field.Kind {
  /// Writes the value at `place` as JSON has it.
  func write(_ place: Int, of cells: borrowing some Cells & ~Copyable, to json: inout JSONWriter) {
    guard !cells.isNull(place) else { return json.null() }
    switch self {
    case .text, .hidden: cells.utf8(place) { json.string($0) }
    case .integer: json.integer(cells.integer(place))
    case .number: json.number(cells.real(place))
    case .boolean: json.bool(cells.integer(place) != 0)
    case .instant: json.string(Instant(milliseconds: cells.integer(place)).text)
    case .json, .list, .languageMap: cells.utf8(place) { json.raw($0) }
    }
  }
}

/// A list's values as a person reads them in a table.
///
/// An empty one is stated, and a blank cell isn't.
func listed(_ items: [JSONValue]) -> String {
  if items.isEmpty { return "[]" }
  return items.map { if case .string(let text) = $0 { text } else { $0.text } }.joined(
    separator: "; ")
}

extension JSONValue {
  var text: String { String(decoding: bytes, as: UTF8.self) }
}
