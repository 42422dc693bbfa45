/// True where `bytes`, what follows a chunk's size, are extensions or nothing (RFC 9112 §7.1.1).
///
/// None is known here, so all are passed over. Only well-formed ones are: where a quoted string might
/// end elsewhere for someone else, so might the chunk.
func areChunkExtensions(_ bytes: ArraySlice<UInt8>) -> Bool {
  var rest = bytes
  while !rest.isEmpty {
    rest = rest.drop(while: \.isBlank)
    guard rest.first == UInt8(ascii: ";") else { return false }
    rest = rest.dropFirst().drop(while: \.isBlank)
    guard rest.takeToken() else { return false }
    let value = rest.drop(while: \.isBlank)
    guard value.first == UInt8(ascii: "=") else { continue }
    rest = value.dropFirst().drop(while: \.isBlank)
    guard rest.first == UInt8(ascii: "\"") ? rest.takeQuotedString() : rest.takeToken() else {
      return false
    }
  }
  return true
}

extension ArraySlice<UInt8> {
  /// False, and nothing taken, where no token begins here.
  fileprivate mutating func takeToken() -> Bool {
    let rest = drop(while: \.isToken)
    defer { self = rest }
    return rest.count < count
  }

  /// RFC 9110 §5.6.4; false where the quotation marks don't close or hold a control byte.
  fileprivate mutating func takeQuotedString() -> Bool {
    var isEscaped = false
    for (index, byte) in zip(indices, self).dropFirst() {
      guard byte.isFieldContent else { return false }
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        self = self[(index + 1)...]
        return true
      }
    }
    return false
  }
}
