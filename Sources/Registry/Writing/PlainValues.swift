internal import JSON
internal import SQLite

// What a member of one value takes, and one of a list.
extension Inspection {
  mutating func memberName(_ value: JSONValue) -> Verdict {
    guard case .string(let name) = value else { return refused("This must be a member's name.") }
    if noun.field(name)?.shape != nil { return .taken }
    let names = noun.fields.compactMap { $0.shape == nil ? nil : $0.name }
    return refused("There is no member \(quoted(name)).\(didYouMean(name, names))")
  }

  mutating func text(_ value: JSONValue, most: Int) -> Verdict {
    guard case .string(let text) = value, !text.isBlank else {
      return refused("This must be a text that isn't empty.")
    }
    // A scalar has a byte at least.
    guard text.utf8.count <= most || text.unicodeScalars.count <= most else {
      return refused("This text is longer than \(most) characters.")
    }
    return .taken
  }

  mutating func slug(_ value: JSONValue) -> Verdict {
    guard case .string(let text) = value, Slug.isOne(text) else {
      return refused(
        """
        A slug is 1 to 80 of a-z, 0-9 and -, and begins with a letter or digit; "aggregate", "suggest" and what looks \
        like an id are none.
        """)
    }
    return .taken
  }

  mutating func code(
    _ value: JSONValue, _ domain: Domain, in database: borrowing Connection
  ) throws(SQLiteError) -> Verdict {
    guard case .string(let text) = value else {
      return refused("This must be a string: the code of a \(domain.name).")
    }
    guard let code = try domain.code(text, in: database) else {
      return refused(try domain.refusal(text, in: database))
    }
    return ExactText(code) == ExactText(text) ? .taken : .changed(.string(code))
  }

  mutating func number(_ value: JSONValue, _ range: ClosedRange<Double>) -> Verdict {
    let number: Double? =
      switch value {
      case .integer(let number): Double(number)
      case .number(let number): number
      default: nil
      }
    guard let number, range.contains(number) else {
      let (least, most) = (Int(range.lowerBound), Int(range.upperBound))
      return refused("This must be a number from \(least) to \(most).")
    }
    // 22.0 says what 22 says, and is kept as that.
    if case .number = value, let whole = Int64(exactly: number) { return .changed(.integer(whole)) }
    return .taken
  }

  mutating func integer(_ value: JSONValue, _ range: ClosedRange<Int64>) -> Verdict {
    guard case .integer(let number) = value, range.contains(number) else {
      return refused(
        "This must be a whole number from \(range.lowerBound) to \(range.upperBound).")
    }
    return .taken
  }

  mutating func uri(_ value: JSONValue) -> Verdict {
    guard case .string(let text) = value, isWebURI(text) else {
      return refused("This must be an absolute http or https URI.")
    }
    return withSmallScheme(text).map { .changed(.string($0)) } ?? .taken
  }

  mutating func texts(_ value: JSONValue) -> Verdict {
    guard case .object(let members) = value, members.count <= mostAtOnce else {
      return refused("This must be an object of at most \(mostAtOnce) strings.")
    }
    for member in members {
      guard case .string = member.value else {
        return refused("This must be a string.", at: JSONPointer.to(member.name))
      }
    }
    return .taken
  }
}

extension String {
  /// True where nobody sees anything.
  fileprivate var isBlank: Bool {
    // What is seen in ASCII stands between space and DEL.
    !utf8.contains { $0 > 0x20 && $0 < 0x7F } && allSatisfy(\.isWhitespace)
  }
}
