internal import JSON
internal import SQLite

/// A provider or credential as it is to be stored: each written member that is stated.
struct Document: Equatable {
  private let noun: Noun
  /// In the order of the noun's fields; nil where it isn't stated.
  private var members: [JSONValue?]

  /// Nothing yet.
  init(of noun: Noun) {
    self.noun = noun
    members = Array(repeating: nil, count: noun.fields.count)
  }

  /// What a row of `noun` says, which was checked when it was written.
  init(stored row: JSONValue, of noun: Noun) {
    self.init(of: noun)
    guard case .object(let members) = row else { return }
    for member in members where !member.value.isNull {
      guard let place = noun.place(of: member.name), noun.fields[place].shape != nil else {
        continue
      }
      self.members[place] = member.value
    }
  }

  static func == (one: Document, other: Document) -> Bool { one.members == other.members }

  /// The member `name`, which the noun has.
  subscript(name: String) -> JSONValue? {
    get { noun.place(of: name).flatMap { members[$0] } }
    set {
      guard let place = noun.place(of: name) else {
        preconditionFailure("A \(noun.name) has no member \(name).")
      }
      members[place] = newValue
    }
  }

  func text(_ name: String) -> String? {
    if case .string(let text)? = self[name] { text } else { nil }
  }

  func items(_ name: String) -> [JSONValue] {
    if case .array(let items)? = self[name] { items } else { [] }
  }

  /// Reads `body` by the shapes of `noun`'s members; what is wrong goes to `inspection`.
  ///
  /// Members that the registry writes itself (`id`, `version`, …) are passed over, so that what was
  /// got can be put. What stands as it is in `before` was checked when it was written, or is what the registry
  /// itself gives where nothing is stated.
  init(
    _ body: JSONValue, of noun: Noun, over before: Document? = nil, _ inspection: inout Inspection,
    in database: borrowing Connection
  ) throws(SQLiteError) {
    self.init(of: noun)
    guard case .object(let members) = body else {
      inspection.refuse("", "The body must be a JSON object: one \(noun.name).")
      return
    }
    for member in members where !inspection.isFull {
      guard let place = noun.place(of: member.name) else {
        let known = noun.members.filter { $0.shape != nil }.map(\.name)
        let hint = didYouMean(member.name, known)
        inspection.refuse(
          JSONPointer.to(member.name),
          "A \(noun.name) has no member \(quoted(member.name)).\(hint)")
        continue
      }
      guard let shape = noun.fields[place].shape, !member.value.isNull else { continue }
      if let before, before.members[place] == member.value {
        self.members[place] = member.value
        continue
      }
      self.members[place] = try inspection.check(
        member.value, shape, at: JSONPointer.to(member.name), in: database)
    }
  }

  /// The members in the columns of the noun, in the order of its fields.
  var values: [(column: SQL, value: Value)] {
    noun.written.map { (noun.fields[$0].column, value(at: $0)) }
  }

  /// Packs the value of the column of the field at `place`.
  func pack(_ place: Int, into values: inout PackedValues) {
    switch (noun.fields[place].kind, members[place]) {
    case (.text, .string), (.boolean, .bool), (.integer, .integer), (_, nil), (_, .null?):
      values.append(value(at: place))
    case (_, let value?):
      values.appendText { bytes in JSONWriter.append(to: &bytes) { $0.value(value) } }
    }
  }

  private func value(at place: Int) -> Value {
    switch (noun.fields[place].kind, members[place]) {
    case (_, nil), (_, .null?): .null
    case (.text, .string(let text)?): .text(text)
    case (.boolean, .bool(let bool)?): .integer(bool ? 1 : 0)
    case (.integer, .integer(let number)?): .integer(number)
    case (_, let value?): .text(value.text)
    }
  }
}
