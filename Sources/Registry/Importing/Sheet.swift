internal import JSON

/// The columns of a table that people made, and how its rows become items.
///
/// A column is named after a member (`title`, `countries`), a part of one (`workload.hours`), or one of its
/// languages (`title.de`).
struct Sheet {
  let separator: UInt8
  private let noun: Noun
  private let language: String
  private let columns: [Column]
  /// The columns that have no name.
  private let nameless: [Int]
  private let notSpecified: NotSpecified?

  init(
    _ header: CSVRecord, _ separator: UInt8, _ noun: Noun, _ options: ImportOptions,
    by role: Key.Role
  ) throws(RegistryError) {
    self.separator = separator
    self.noun = noun
    language = options.language
    notSpecified = NotSpecified(of: noun, by: role)
    var columns: [Column] = []
    var nameless: [Int] = []
    var names: Set<String> = []
    var seen: Set<String> = []
    var violations: [Violation] = []
    for (index, cell) in header.cells.enumerated() where violations.count < mostAtOnce {
      guard let text = String(validating: cell, as: UTF8.self) else {
        violations.append(Violation(.pointer("/\(index)"), Self.notUTF8(cell)))
        continue
      }
      let printed = text.trimmed
      names.insert(printed)
      let name = options.name(printed) { Column($0, of: noun) != nil }
      if let column = Column(name, of: noun) {
        columns.append(column)
        if name.isEmpty, options.unknown == nil { nameless.append(index) }
        if let place = column.place(options.language), !seen.insert(place).inserted {
          violations.append(
            Violation(.pointer("/\(index)"), "The column \(quoted(printed)) stands twice."))
        }
      } else {
        violations.append(
          Violation(.pointer("/\(index)"), Self.unknown(name, printed, of: noun)))
      }
    }
    if violations.count < mostAtOnce { violations += options.unmet(among: names) }
    // Each row is put together column by column.
    if violations.isEmpty, columns.count(where: { $0.field != nil }) > mostAtOnce {
      violations.append(
        Violation(.pointer(""), "More than \(mostAtOnce) columns are too many: leave some out."))
    }
    guard violations.isEmpty else { throw .invalid(violations) }
    self.columns = columns
    self.nameless = nameless
  }

  /// What is wrong with the column `printed`, which stands for `name`.
  private static func unknown(_ name: String, _ printed: String, of noun: Noun) -> String {
    let meant = didYouMean(name, Column.names(of: noun))
    if name != printed {
      return """
        \(quoted(name)), for which the column \(quoted(printed)) stands, is no member of a \(noun.name).\(meant)
        """
    }
    return """
      The column \(quoted(printed)) names no member of a \(noun.name).\(meant) Say what it stands for \
      (map=\(printed)=MEMBER), or that it is left out (map=\(printed)=-).
      """
  }

  /// The item that a record says, or what it changes in an `item` that is there.
  ///
  /// A blank cell is not stated, and so is one that says NS, which `not_specified` then names. A blank one for a part or a
  /// language of a member says nothing.
  func body(
    of record: CSVRecord, over item: JSONValue? = nil
  ) -> Result<JSONValue, RegistryError> {
    if let fault = record.fault { return refused("", fault) }
    guard record.cells.dropFirst(columns.count).allSatisfy(CSVRecord.isBlank) else {
      return refused("", "There are \(record.cells.count) cells under \(columns.count) columns.")
    }
    let stray = nameless.first { $0 < record.cells.count && !CSVRecord.isBlank(record.cells[$0]) }
    if let stray {
      return refused("", "There is something in column \(stray + 1), which has no name.")
    }
    var row = JSONValue.object([])
    var saidAnew: [String] = []
    var unspecified: [String] = []
    var violations: [Violation] = []
    for (cell, column) in zip(record.cells, columns) {
      guard let field = column.field else { continue }
      if let value = item?[field.name], column.shows(value, as: cell) {
        row = row.setting(field.name, under: value)
        continue
      }
      do throws(CellError) {
        let text = try text(of: cell)
        let value = try value(unescaped(text), column)
        // Nothing is said of the part, and nothing of the rest of its member.
        if column.isPart, text.isEmpty { continue }
        if value.isNull, text == "NS" { unspecified.append(field.name) }
        if column.says(value, whole: text) { saidAnew.append(field.name) }
        row = row.setting(field.name, to: value)
      } catch {
        violations.append(Violation(.pointer(JSONPointer.to(field.name)), error.detail))
      }
    }
    guard violations.isEmpty else { return .failure(.invalid(violations)) }
    for name in saidAnew { row = row.withdrawing(item?[name], from: name) }
    return .success(notSpecified?.settled(row, adding: unspecified, over: item) ?? row)
  }

  /// What the record has under `external_id`.
  func externalID(of record: CSVRecord) -> String? {
    let place = columns.firstIndex { $0.field?.name == "external_id" }
    guard let place, place < record.cells.count,
      let text = try? text(of: record.cells[place]), !text.isEmpty
    else { return nil }
    return unescaped(text)
  }

  private func text(of cell: [UInt8]) throws(CellError) -> String {
    guard let text = String(validating: cell, as: UTF8.self) else {
      throw CellError(detail: Self.notUTF8(cell))
    }
    if let damage = spreadsheetDamage(in: cell) { throw CellError(detail: damage) }
    // Nor does JSON have one in a text.
    if cell.contains(0) { throw CellError(detail: "NUL isn't taken in a text.") }
    return text.trimmed
  }

  private func value(_ text: String, _ column: Column) throws(CellError) -> JSONValue {
    if text.isEmpty || text == "NS" { return .null }
    switch column {
    case .leftOut: return .null
    case .id: return .string(text)
    case .member(let field):
      guard let shape = field.shape else { return .null }
      let value = try Cell(text).value(of: field.name, shape)
      // A text stands beside those of other languages that columns may have.
      if case .languageMap = shape, case .string = value { return .one(language, value) }
      if case .languageMapOrNone = shape, case .string = value, value != "none" {
        return .one(language, value)
      }
      return value
    case .language(_, let language): return .one(language, .string(text))
    case .part(_, let member):
      return .one(member.name, try Cell(text).value(of: member.name, member.shape))
    }
  }

  // What Cairn's own CSV puts before what a spreadsheet would run.
  private func unescaped(_ text: String) -> String {
    guard text.hasPrefix("'"), let next = text.utf8.dropFirst().first, isFormula(next) else {
      return text
    }
    return String(text.dropFirst())
  }

  private static func notUTF8(_ cell: [UInt8]) -> String {
    let start = String(decoding: cell.prefix(40), as: UTF8.self)
    return """
      "\(start)" isn't UTF-8. Spreadsheets write Windows-1252 unless they are asked for "CSV UTF-8": \
      save it as that.
      """
  }

  private func refused(_ pointer: String, _ detail: String) -> Result<JSONValue, RegistryError> {
    .failure(.invalid([Violation(.pointer(pointer), detail)]))
  }
}

extension JSONValue {
  fileprivate static func one(_ name: String, _ value: JSONValue) -> JSONValue {
    .object([.init(name: name, value: value)])
  }

  /// This object with a member; an object that is there already takes the new one's members.
  fileprivate func setting(_ name: String, to value: JSONValue) -> JSONValue {
    guard case .object(var members) = self else { return self }
    guard let index = members.firstIndex(where: { $0.name == name }) else {
      return .object(members + [.init(name: name, value: value)])
    }
    if !value.isNull { members[index].value = members[index].value.merged(with: value) }
    return .object(members)
  }

  /// Takes back those members of `before`, which its member `name` was, that it has no longer.
  fileprivate func withdrawing(_ before: JSONValue?, from name: String) -> JSONValue {
    guard case .object(let old)? = before, case .object(var new)? = self[name],
      case .object(var members) = self, let index = members.firstIndex(where: { $0.name == name })
    else { return self }
    new += old.filter { part in !new.contains { $0.name == part.name } }
      .map { .init(name: $0.name, value: .null) }
    members[index].value = .object(new)
    return .object(members)
  }

  /// The same for a value that was there: what other cells say of it counts more.
  fileprivate func setting(_ name: String, under value: JSONValue) -> JSONValue {
    setting(name, to: self[name].map { value.merged(with: $0) } ?? value)
  }
}
