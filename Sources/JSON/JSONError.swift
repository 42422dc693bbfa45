/// Why bytes aren't the JSON that is taken here.
public struct JSONError: Error, Equatable, Sendable {
  /// RFC 6901: the value that was being read.
  public let pointer: String
  /// Bytes from the text's beginning.
  public let offset: Int
  /// A sentence.
  public let reason: String

  /// The same, of a value that stands at `pointer` in another.
  func within(_ pointer: String) -> JSONError {
    JSONError(pointer: pointer + self.pointer, offset: offset, reason: reason)
  }
}
