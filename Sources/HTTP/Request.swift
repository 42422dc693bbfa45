public import HTTPTypes

/// A request whose head and body have been read and found well-formed.
public struct Request: Sendable {
  public let method: HTTPRequest.Method
  public var target: Target
  public let fields: FieldLines
  /// The client's address as text; empty where it has none.
  public var peer = ""
  public var body: [UInt8] = []
  var captures: [String: String] = [:]

  /// A GET of this program's own, without fields.
  public init(get target: Target) {
    self.init(method: .get, target: target, fields: FieldLines(bytes: [], lines: []))
  }

  /// A POST of JSON of this program's own.
  public init(post body: [UInt8], to target: Target) {
    let (name, value) = ("Content-Type", "application/json")
    let middle = Int32(name.utf8.count)
    let line = FieldLines.Line(
      name: 0..<middle, value: middle..<(middle + Int32(value.utf8.count)))
    let fields = FieldLines(bytes: Array((name + value).utf8), lines: [line])
    self.init(method: .post, target: target, fields: fields)
    self.body = body
  }

  init(method: HTTPRequest.Method, target: Target, fields: FieldLines) {
    self.method = method
    self.target = target
    self.fields = fields
  }

  /// The value of the field, several lines joined by ", " (RFC 9110 §5.3).
  public subscript(name: HTTPField.Name) -> String? { fields[name] }

  /// What stands in the path where the route says `{name}`.
  public func path(_ name: String) -> String {
    guard let text = captures[name] else {
      preconditionFailure("The route's template has no {\(name)}.")
    }
    return text
  }
}

/// The field lines of a head, kept as the bytes that came.
public struct FieldLines: Sendable {
  struct Line: Sendable {
    let name: Range<Int32>
    let value: Range<Int32>
  }

  let bytes: [UInt8]
  let lines: [Line]

  public subscript(name: HTTPField.Name) -> String? {
    var joined: String?
    for line in lines where isNamed(line, name) {
      joined = joined.map { "\($0), \(value(of: line))" } ?? value(of: line)
    }
    return joined
  }

  /// How many lines have this name.
  public func count(_ name: HTTPField.Name) -> Int {
    lines.count { isNamed($0, name) }
  }

  private func value(of line: Line) -> String {
    String(decoding: bytes[Int(line.value.lowerBound)..<Int(line.value.upperBound)], as: UTF8.self)
  }

  // RFC 9110 §5.1: names are compared without their case.
  private func isNamed(_ line: Line, _ name: HTTPField.Name) -> Bool {
    let wanted = name.canonicalName.utf8
    guard line.name.count == wanted.count else { return false }
    var index = Int(line.name.lowerBound)
    for byte in wanted {
      guard bytes[index].lowercased == byte else { return false }
      index += 1
    }
    return true
  }
}
