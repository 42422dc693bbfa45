/// A member's name as it stands before its value: quoted, escaped, with its colon.
public struct JSONName: Sendable {
  let bytes: [UInt8]

  public init(_ name: String) {
    var writer = JSONWriter(capacity: name.utf8.count + 3)
    writer.name(name)
    bytes = writer.bytes
  }
}
