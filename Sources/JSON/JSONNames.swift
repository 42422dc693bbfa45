/// The names of an object's members as they stand before their values: quoted, escaped, with their colons.
public struct JSONNames: Sendable {
  private let bytes: [UInt8]
  private let ends: [Int]

  public init(_ names: [String]) {
    var (bytes, ends): ([UInt8], [Int]) = ([], [])
    for name in names {
      var writer = JSONWriter(capacity: name.utf8.count + 3)
      writer.name(name)
      bytes += writer.bytes
      ends.append(bytes.count)
    }
    (self.bytes, self.ends) = (bytes, ends)
  }

  /// Lends the name at `index`; all lie in one array, whose references are counted once for all of them.
  func lend(_ index: Int, _ write: (Span<UInt8>) -> Void) {
    write(bytes.span.extracting((index == 0 ? 0 : ends[index - 1])..<ends[index]))
  }
}
