/// A path and a query, as they stand in a link.
struct Address: Sendable, Equatable {
  var path: String
  var parameters: [(name: String, value: String)] = []

  init(_ path: String, _ parameters: [(name: String, value: String)] = []) {
    self.path = path
    self.parameters = parameters
  }

  /// The path with names out of the registry in it, each one segment.
  init(_ segments: String..., with parameters: [(name: String, value: String)] = []) {
    self.init(segments.map { "/" + encoded($0) }.joined(), parameters)
  }

  static func == (one: Address, other: Address) -> Bool { one.text == other.text }

  subscript(name: String) -> String? {
    get { parameters.first { $0.name == name }?.value }
    set {
      let index = parameters.firstIndex { $0.name == name }
      parameters.removeAll { $0.name == name }
      guard let newValue else { return }
      parameters.insert((name, newValue), at: min(index ?? .max, parameters.count))
    }
  }

  /// The same with this parameter, or without it.
  func with(_ name: String, _ value: String?) -> Address {
    var address = self
    address[name] = value
    return address
  }

  var text: String {
    guard !parameters.isEmpty else { return path }
    return path + "?"
      + parameters.map { "\(encoded($0.name))=\(encoded($0.value, leaving: ",:*!/"))" }
      .joined(separator: "&")
  }
}

/// RFC 3986 §2.1: all but unreserved characters, and those of `also`, as `%41`.
private func encoded(_ text: String, leaving also: String = "") -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var bytes: [UInt8] = []
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      bytes.append(byte)
    case _ where also.utf8.contains(byte): bytes.append(byte)
    default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
