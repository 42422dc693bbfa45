internal import JSON
internal import SQLite

/// A provider or credential as it is to be stored: each written member that is stated, by name.
struct Document: Equatable {
  private(set) var members: [String: JSONValue] = [:]

  init() {}

  /// What a row of `noun` says, which was checked when it was written.
  init(stored row: JSONValue, of noun: Noun) {
    guard case .object(let members) = row else { return }
    for member in members where member.value != .null && noun.field(member.name)?.shape != nil {
      self.members[member.name] = member.value
    }
  }

  subscript(name: String) -> JSONValue? {
    get { members[name] }
    set { members[name] = newValue }
  }

  func text(_ name: String) -> String? {
    if case .string(let text)? = members[name] { text } else { nil }
  }

  func items(_ name: String) -> [JSONValue] {
    if case .array(let items)? = members[name] { items } else { [] }
  }

  /// Reads `body` by the shapes of `noun`'s members; what is wrong goes to `inspection`.
  ///
  /// Members that the registry writes itself (`id`, `version`, …) are passed over, so that what was
  /// got can be put.
  init(
    _ body: JSONValue, of noun: Noun, _ inspection: inout Inspection,
    in database: borrowing Connection
  ) throws(SQLiteError) {
    guard case .object(let members) = body else {
      inspection.refuse("", "The body must be a JSON object: one \(noun.name).")
      return
    }
    self.members.reserveCapacity(members.count + 4)
    for member in members where !inspection.isFull {
      guard let field = noun.field(member.name) else {
        let known = noun.members.filter { $0.shape != nil }.map(\.name)
        let hint = didYouMean(member.name, known)
        inspection.refuse(
          JSONPointer.appending(member.name, to: ""),
          "A \(noun.name) has no member \(quoted(member.name)).\(hint)")
        continue
      }
      guard let shape = field.shape, member.value != .null else { continue }
      self.members[member.name] = try inspection.check(
        member.value, shape, of: member.name, in: database)
    }
  }

  /// The members in the columns of `noun`, in the order of its fields.
  func values(for noun: Noun) -> [(column: SQL, value: Value)] {
    noun.written.map { ($0.column, value(of: $0)) }
  }

  /// Packs the value of the column of `field`.
  func pack(_ field: Field, into values: inout PackedValues) {
    switch (field.kind, members[field.name]) {
    case (.text, .string), (.boolean, .bool), (_, nil), (_, .null?): values.append(value(of: field))
    case (_, let value?):
      values.appendText { bytes in JSONWriter.append(to: &bytes) { $0.value(value) } }
    }
  }

  private func value(of field: Field) -> Value {
    switch (field.kind, members[field.name]) {
    case (_, nil), (_, .null?): .null
    case (.text, .string(let text)?): .text(text)
    case (.boolean, .bool(let bool)?): .integer(bool ? 1 : 0)
    case (_, let value?): .text(value.text)
    }
  }
}
